// SPDX-License-Identifier: MIT
#include "bridges.h"

#include <QFileInfo>
#include <QFileSystemWatcher>
#include <QPromise>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace bridge {

Watch::Watch(TurnQueue &queue, std::function<void()> stop)
    : m_queue(&queue)
    , m_context(new QObject(&queue))
    , m_deferred(Canceller{[context = m_context, stop = std::move(stop)](const Deferred &) {
                               delete context.data();
                               if (stop)
                                   stop();
                           },
                           {u"stop watching"_s, {}}})
{
}

void Watch::fire(Value value) const
{
    if (isOver())
        return;
    // The context goes later: one of its connections is what calls now.
    m_queue->call([context = m_context, deferred = m_deferred, value = std::move(value)]() mutable {
        if (!deferred.state().called)
            deferred.callback(std::move(value));
        delete context.data();
    });
}

} // namespace bridge

QFuture<Value> toFuture(Deferred deferred, TurnQueue &queue)
{
    const auto promise = std::make_shared<QPromise<Value>>();
    promise->start();
    auto *watcher = new QFutureWatcher<Value>(&queue);
    QObject::connect(watcher, &QFutureWatcherBase::canceled, &queue, [deferred, watcher, &queue] {
        queue.call([deferred] { Deferred(deferred).cancel(); });
        watcher->deleteLater();
    });
    QObject::connect(watcher, &QFutureWatcherBase::finished, watcher, &QObject::deleteLater);
    watcher->setFuture(promise->future());
    deferred.addBoth([promise](const Value &result) {
        if (result.isFailure())
            promise->setException(std::make_exception_ptr(RaisedError(toFailure(result).value())));
        else
            promise->addResult(result);
        promise->finish();
    });
    return promise->future();
}

void cancelWith(const Deferred &deferred, const QObject *context, TurnQueue &queue)
{
    QObject::connect(context, &QObject::destroyed, &queue,
                     [deferred, &queue] { queue.call([deferred] { Deferred(deferred).cancel(); }); });
}

namespace {

Failure processFailure(const QProcess &process)
{
    return Failure(exceptions::runtimeError(), u"%1: %2"_s.arg(process.program(), process.errorString()));
}

} // namespace

Deferred processStarted(QProcess *process, TurnQueue &queue)
{
    const bridge::Watch watch(queue);
    if (process->state() == QProcess::Running)
        watch.fire(process->processId());
    QObject::connect(process, &QProcess::started, watch.context(),
                     [watch, process] { watch.fire(process->processId()); });
    QObject::connect(process, &QProcess::errorOccurred, watch.context(),
                     [watch, process] { watch.fire(processFailure(*process)); });
    return watch.deferred();
}

Deferred processFinished(QProcess *process, TurnQueue &queue)
{
    const bridge::Watch watch(queue, [process = QPointer<QProcess>(process)] {
        if (process)
            process->terminate();
    });
    QObject::connect(process, &QProcess::finished, watch.context(),
                     [watch, process](int code, QProcess::ExitStatus status) {
                         if (status == QProcess::NormalExit)
                             watch.fire(code);
                         else
                             watch.fire(processFailure(*process));
                     });
    QObject::connect(process, &QProcess::errorOccurred, watch.context(),
                     [watch, process](QProcess::ProcessError error) {
                         if (error == QProcess::FailedToStart)
                             watch.fire(processFailure(*process));
                     });
    QObject::connect(process, &QObject::destroyed, watch.context(), [watch] {
        watch.fire(Failure(exceptions::runtimeError(), u"the process was destroyed"_s));
    });
    return watch.deferred();
}

Deferred fileAppeared(const QString &path, double seconds, Clock &clock, TurnQueue &queue)
{
    const bridge::Watch watch(queue);
    const auto look = [watch, path] {
        if (QFileInfo::exists(path))
            watch.fire(path);
    };
    auto *watcher = new QFileSystemWatcher({QFileInfo(path).absolutePath()}, watch.context());
    QObject::connect(watcher, &QFileSystemWatcher::directoryChanged, watch.context(), look);
    look(); // it may be there already
    return watch.deferred().addTimeout(seconds, clock);
}

Deferred deferToThread(std::function<Value()> function, QThreadPool &pool, TurnQueue &queue)
{
    const Deferred outcome;
    // The Deferred stays in its thread: the other one only knows its number in the queue's eyes, a pointer
    // that nobody there looks at.
    auto *target = new Deferred(outcome);
    pool.start([target, function = std::move(function), &queue] {
        auto result = std::make_shared<Value>();
        try {
            *result = function();
        } catch (...) {
            *result = Failure::fromCurrentException();
        }
        queue.callFromThread([target, result] {
            const std::unique_ptr<Deferred> owned(target);
            if (!owned->state().called)
                owned->callback(std::move(*result));
        });
    });
    return outcome;
}

} // namespace deferscope
