// SPDX-License-Identifier: MIT
#include "filesystemlock.h"

#include <QLockFile>

#include <utility>

namespace deferscope {

using namespace Qt::StringLiterals;

struct DeferredFilesystemLock::State : std::enable_shared_from_this<State>
{
    State(const QString &path, Clock &usedClock, Engine *usedEngine)
        : file(path)
        , clock(usedClock)
        , engine(usedEngine)
    {
        file.setStaleLockTime(0); // who holds it may hold it for long
    }

    Deferred wait(std::optional<double> timeout);
    void attempt(Deferred deferred);
    void giveUp(Deferred deferred, const Failure &reason);

    QLockFile file;
    Clock &clock;
    Engine *engine;
    std::optional<DelayedCall> nextAttempt = {};
    std::optional<DelayedCall> timeLimit = {};
};

Deferred DeferredFilesystemLock::State::wait(std::optional<double> timeout)
{
    if (nextAttempt)
        return fail(Failure(exceptions::alreadyTryingToLockError(),
                            u"%1 is being waited for already"_s.arg(file.fileName())),
                    engine);
    const auto cancel = [self = weak_from_this()](const Deferred &deferred) {
        if (const auto state = self.lock())
            state->giveUp(deferred, Failure(exceptions::cancelledError()));
    };
    Deferred deferred(Canceller{cancel, {u"deferUntilLocked.cancel"_s, {}}}, engine);
    attempt(deferred);
    if (timeout && nextAttempt) {
        const auto expire = [self = shared_from_this(), deferred, seconds = *timeout] {
            self->giveUp(deferred,
                         Failure(exceptions::timeoutError(),
                                 u"%1 was not free within %2 s"_s.arg(self->file.fileName()).arg(seconds)));
        };
        timeLimit = clock.callLater(*timeout, {expire, {u"deferUntilLocked.timeout"_s, {}}, {}});
    }
    return deferred;
}

void DeferredFilesystemLock::State::attempt(Deferred deferred)
{
    nextAttempt.reset();
    if (file.tryLock(0)) {
        if (auto limit = std::exchange(timeLimit, {}))
            limit->cancel();
        deferred.callback();
        return;
    }
    constexpr double Interval = 1;
    const auto again = [self = shared_from_this(), deferred] { self->attempt(deferred); };
    nextAttempt = clock.callLater(Interval, {again, {u"deferUntilLocked.try"_s, {}}, {}});
}

void DeferredFilesystemLock::State::giveUp(Deferred deferred, const Failure &reason)
{
    if (auto attempt = std::exchange(nextAttempt, {}))
        attempt->cancel();
    if (auto limit = std::exchange(timeLimit, {}); limit && limit->isActive())
        limit->cancel();
    if (file.tryLock(0))
        deferred.callback();
    else
        deferred.errback(reason);
}

DeferredFilesystemLock::DeferredFilesystemLock(const QString &path, Clock &clock, Engine *engine)
    : m_state(std::make_shared<State>(path, clock, engine))
{
}

bool DeferredFilesystemLock::lock() { return m_state->file.tryLock(0); }
void DeferredFilesystemLock::unlock() { m_state->file.unlock(); }
bool DeferredFilesystemLock::isLocked() const { return m_state->file.isLocked(); }

Deferred DeferredFilesystemLock::deferUntilLocked(std::optional<double> timeout)
{
    return m_state->wait(timeout);
}

} // namespace deferscope
