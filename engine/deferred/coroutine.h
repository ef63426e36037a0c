// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

#include <memory>

namespace deferscope {

/// Where a suspended function has come to.
struct Progress
{
    /// Set aside, or at its end.
    enum class Kind : quint8 { Yielded, Returned, Raised };
    Kind kind;   ///< how
    Value value; ///< what it yielded, returned, or the Failure it raised
};

/// A function that can be set aside and gone on with: a generator or a coroutine, of a script or of C++.
class Suspendable
{
public:
    virtual ~Suspendable() = default;

    /// Goes on until the next yield. \a sent is what the yield gives; a Failure is raised there.
    virtual Progress resume(const Value &sent) = 0;
    virtual Label label() const = 0; ///< its name, for people
};

/// Twisted's inlineCallbacks and Deferred.fromCoroutine (R96): runs \a function at once, up to its first
/// Deferred that has no result, and goes on whenever one that it yielded has fired. The Deferred that this
/// gives fires with what the function returns or raises; cancelling it cancels the one that is waited for
/// (R97).
///
/// A yielded Deferred gives its result away and is left with None; anything else that is yielded comes
/// straight back.
Deferred runCoroutine(const std::shared_ptr<Suspendable> &function, Engine *engine = nullptr);

/// The same in two steps, for a function that cannot run before its Deferred is there.
class CoroutineRun;
/// One that is ready to run.
struct PreparedCoroutine
{
    Deferred outcome;                  ///< fires when it ends
    std::shared_ptr<CoroutineRun> run; ///< for beginCoroutine()
};
/// Makes the Deferred.
PreparedCoroutine prepareCoroutine(const std::shared_ptr<Suspendable> &function, Engine *engine = nullptr);
/// Runs the function up to its first Deferred that has no result.
void beginCoroutine(std::shared_ptr<CoroutineRun> run);

} // namespace deferscope
