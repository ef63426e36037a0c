// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

#include <memory>

namespace deferscope {

/// A lock that is a file, for programs that share a folder: Twisted's DeferredFilesystemLock, by QLockFile.
/// Copies share identity; the last one unlocks.
class DeferredFilesystemLock
{
public:
    /// Tries again every second of \a clock.
    DeferredFilesystemLock(const QString &path, Clock &clock, Engine *engine = nullptr);

    bool lock();           ///< false: somebody holds it
    void unlock();         ///< does nothing unless this holds it
    bool isLocked() const; ///< whether this holds it

    /// Fires with None once the lock is held. After \a timeout seconds, when that is given, it fails with
    /// TimeoutError, but tries once more first; so does cancel(). A second wait at the same time fails with
    /// AlreadyTryingToLockError.
    Deferred deferUntilLocked(std::optional<double> timeout = {});

private:
    struct State;
    std::shared_ptr<State> m_state;
};

} // namespace deferscope
