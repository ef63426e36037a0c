// SPDX-License-Identifier: MIT
#pragma once

#include "engine/bridge/turnqueue.h"
#include "engine/clock/clock.h"
#include "engine/deferred/deferred.h"

#include <QFuture>
#include <QFutureWatcher>
#include <QPointer>
#include <QProcess>
#include <QThreadPool>

#include <type_traits>

/// Qt's own ways to say "later", as Deferreds. Each fires through a TurnQueue, never inside the signal that
/// it was told by; cancelling one stops what it waits for, where that can be stopped.
namespace deferscope {

namespace bridge {

template <typename T> Value toValue(const T &value)
{
    if constexpr (std::is_enum_v<T>)
        return static_cast<qint64>(value);
    else
        return Value(value);
}

/// What a signal carried: None, its only argument, or a tuple of all.
template <typename... Arguments> Value carried(const Arguments &...arguments)
{
    if constexpr (sizeof...(Arguments) == 0)
        return {};
    else if constexpr (sizeof...(Arguments) == 1)
        return (toValue(arguments), ...);
    else
        return tupleOf({toValue(arguments)...});
}

/// One wait for one thing: fires once, through the queue, and takes its helper objects with it.
class Watch
{
public:
    /// \a stop is called when the Deferred is cancelled.
    explicit Watch(TurnQueue &queue, std::function<void()> stop = {});

    Deferred deferred() const { return m_deferred; } ///< what it fires
    QObject *context() const { return m_context; }   ///< for connections: gone when this has fired
    void fire(Value value) const;                    ///< a Failure fails it
    bool isOver() const { return !m_context; }       ///< whether it has fired or was cancelled

private:
    TurnQueue *m_queue;
    QPointer<QObject> m_context;
    Deferred m_deferred;
};

} // namespace bridge

/// Fires when \a sender emits \a signal, with what the signal carries; fails when \a sender is destroyed
/// before.
template <typename Sender, typename Class, typename... Arguments>
Deferred fromSignal(Sender *sender, void (Class::*signal)(Arguments...), TurnQueue &queue)
{
    const bridge::Watch watch(queue);
    QObject::connect(sender, signal, watch.context(), [watch](Arguments... arguments) {
        watch.fire(bridge::carried<std::remove_cvref_t<Arguments>...>(arguments...));
    });
    QObject::connect(sender, &QObject::destroyed, watch.context(), [watch] {
        watch.fire(Failure(exceptions::runtimeError(), QStringLiteral("the sender was destroyed")));
    });
    return watch.deferred();
}

/// Fires with the future's result, or with what it was ended by; cancel() cancels the future.
template <typename T> Deferred fromFuture(QFuture<T> future, TurnQueue &queue)
{
    const bridge::Watch watch(queue, [future]() mutable { future.cancel(); });
    auto *watcher = new QFutureWatcher<T>(watch.context());
    QObject::connect(watcher, &QFutureWatcherBase::finished, watch.context(), [watch, future]() mutable {
        try {
            if (future.isCanceled() && !future.isRunning()) {
                future.waitForFinished(); // throws what the other side threw
                watch.fire(Failure(exceptions::cancelledError()));
            } else if constexpr (std::is_void_v<T>) {
                watch.fire({});
            } else {
                watch.fire(bridge::toValue(future.result()));
            }
        } catch (...) {
            watch.fire(Failure::fromCurrentException());
        }
    });
    watcher->setFuture(future);
    return watch.deferred();
}

/// A future that ends as \a deferred does, and leaves it None; cancelling the future cancels the Deferred.
QFuture<Value> toFuture(Deferred deferred, TurnQueue &queue);

/// \a function for use as a link, as long as \a context lives; afterwards the result passes by.
template <LinkFunction F> auto ifAlive(const QObject *context, F function)
{
    return [alive = QPointer<const QObject>(context),
            function = std::move(function)](const Value &value) mutable {
        Value result = value;
        if (!alive)
            return Outcome::returned(result);
        const Left left = convert::call<convert::ArgumentIn<F>>(function, result);
        return Outcome{result, left == Left::Raised};
    };
}

/// Cancels \a deferred, through the queue, when \a context is destroyed.
void cancelWith(const Deferred &deferred, const QObject *context, TurnQueue &queue);

Deferred processStarted(QProcess *process,
                        TurnQueue &queue); ///< with the process id; fails if it cannot start
Deferred processFinished(QProcess *process, TurnQueue &queue); ///< with the exit code; fails if it crashes

/// Fires with \a path as soon as there is a file of that name; fails with TimeoutError after \a seconds.
Deferred fileAppeared(const QString &path, double seconds, Clock &clock, TurnQueue &queue);

/// Runs \a function on \a pool; the Deferred fires in the queue's thread with what it returned or threw.
Deferred deferToThread(std::function<Value()> function, QThreadPool &pool, TurnQueue &queue);

} // namespace deferscope
