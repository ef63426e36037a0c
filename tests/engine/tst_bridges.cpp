// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/bridge/bridges.h"
#include "engine/clock/qtclock.h"

#include <QFile>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QPromise>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// Qt's own ways to wait, as Deferreds; each on the real thing.
class tst_Bridges : public QObject
{
    Q_OBJECT

Q_SIGNALS:
    void told(int number, const QString &text);

private Q_SLOTS:
    void init() { m_queue = std::make_unique<TurnQueue>(); }

    void callsRunInOrderInTheNextTurn();
    void callThatThrowsDoesNotStopTheOthers();
    void futureFiresADeferred();
    void futureThatThrowsFails();
    void cancelledDeferredCancelsItsFuture();
    void deferredEndsAFuture();
    void failureEndsAFutureWithAnException();
    void cancelledFutureCancelsItsDeferred();
    void signalFiresOutsideOfTheSlot();
    void destroyedSenderFails();
    void linkOfADeadObjectIsPassedBy();
    void deadObjectCancels();
    void processStartsAndFinishes();
    void processThatCannotStartFails();
    void fileAppears();
    void fileThatNeverAppearsTimesOut();
    void networkReplyOnLoopback();
    void threadGivesItsResultBack();
    void threadThatThrowsFails();

private:
    static Value resultOf(const Deferred &deferred) { return deferred.look().value_or(u"unfired"_s); }
    static QString failureOf(const Deferred &deferred)
    {
        const Value result = resultOf(deferred);
        return result.isFailure() ? toFailure(result).type().name() : repr(result);
    }

    std::unique_ptr<TurnQueue> m_queue;
};

void tst_Bridges::callsRunInOrderInTheNextTurn()
{
    QStringList log;
    m_queue->call([&] {
        log << u"a"_s;
        m_queue->call([&] { log << u"c"_s; });
    });
    m_queue->call([&] { log << u"b"_s; });
    QVERIFY(log.isEmpty());
    QTRY_COMPARE(log, (QStringList{u"a"_s, u"b"_s, u"c"_s}));
}

void tst_Bridges::callThatThrowsDoesNotStopTheOthers()
{
    int failed = 0;
    bool hasRun = false;
    m_queue->callFailed = [&](const std::exception_ptr &) { ++failed; };
    m_queue->call([] { throw RaisedError(exceptions::valueError()); });
    m_queue->call([&] { hasRun = true; });
    QTRY_VERIFY(hasRun);
    QCOMPARE(failed, 1);
}

void tst_Bridges::futureFiresADeferred()
{
    QPromise<int> promise;
    promise.start();
    const Deferred deferred = fromFuture(promise.future(), *m_queue);
    promise.addResult(7);
    promise.finish();
    QTRY_COMPARE(resultOf(deferred), Value(7));
}

void tst_Bridges::futureThatThrowsFails()
{
    QPromise<int> promise;
    promise.start();
    const Deferred deferred = fromFuture(promise.future(), *m_queue);
    promise.setException(std::make_exception_ptr(RaisedError(exceptions::valueError(), u"bad"_s)));
    promise.finish();
    QTRY_COMPARE(failureOf(deferred), u"ValueError"_s);
}

void tst_Bridges::cancelledDeferredCancelsItsFuture()
{
    QPromise<int> promise;
    promise.start();
    Deferred deferred = fromFuture(promise.future(), *m_queue);
    deferred.cancel();
    QVERIFY(promise.isCanceled());
    QCOMPARE(failureOf(deferred), u"CancelledError"_s);
    promise.finish();
}

void tst_Bridges::deferredEndsAFuture()
{
    Deferred deferred;
    const QFuture<Value> future = toFuture(deferred, *m_queue);
    deferred.callback(u"x"_s);
    QVERIFY(future.isFinished());
    QCOMPARE(future.result(), Value(u"x"_s));
}

void tst_Bridges::failureEndsAFutureWithAnException()
{
    Deferred deferred;
    QFuture<Value> future = toFuture(deferred, *m_queue);
    deferred.errback(Failure(exceptions::valueError(), u"bad"_s));
    QVERIFY_THROWS_EXCEPTION(RaisedError, future.waitForFinished());
}

void tst_Bridges::cancelledFutureCancelsItsDeferred()
{
    bool wasAsked = false;
    const Deferred deferred(Canceller{[&](const Deferred &) { wasAsked = true; }, {}});
    QFuture<Value> future = toFuture(deferred, *m_queue);
    future.cancel();
    QTRY_VERIFY(wasAsked);
}

void tst_Bridges::signalFiresOutsideOfTheSlot()
{
    const Deferred deferred = fromSignal(this, &tst_Bridges::told, *m_queue);
    Q_EMIT told(1, u"one"_s);
    QVERIFY(!deferred.state().called);
    Q_EMIT told(2, u"two"_s);
    QTRY_COMPARE(repr(resultOf(deferred)), u"(1, 'one')"_s);
}

void tst_Bridges::destroyedSenderFails()
{
    auto sender = std::make_unique<tst_Bridges>();
    const Deferred never = fromSignal(sender.get(), &tst_Bridges::told, *m_queue);
    sender.reset();
    QTRY_COMPARE(failureOf(never), u"RuntimeError"_s);
}

void tst_Bridges::linkOfADeadObjectIsPassedBy()
{
    auto context = std::make_unique<QObject>();
    int ran = 0;
    Deferred deferred;
    deferred.addCallback(ifAlive(context.get(), [&](int value) {
        ++ran;
        return value + 1;
    }));
    deferred.addCallback([&](int value) {
        context.reset();
        return value;
    });
    deferred.addCallback(ifAlive(context.get(), [&](int) { ++ran; }));
    deferred.callback(1);
    QCOMPARE(ran, 1);
    QCOMPARE(resultOf(deferred), Value(2));
}

void tst_Bridges::deadObjectCancels()
{
    auto context = std::make_unique<QObject>();
    const Deferred deferred;
    cancelWith(deferred, context.get(), *m_queue);
    context.reset();
    QVERIFY(!deferred.state().called);
    QTRY_COMPARE(failureOf(deferred), u"CancelledError"_s);
}

void tst_Bridges::processStartsAndFinishes()
{
    QProcess process;
    const Deferred started = processStarted(&process, *m_queue);
    const Deferred finished = processFinished(&process, *m_queue);
    process.start(u"/bin/sh"_s, {u"-c"_s, u"exit 3"_s});
    QTRY_VERIFY(started.state().called);
    QVERIFY(resultOf(started).toInt() > 0);
    QTRY_COMPARE(resultOf(finished), Value(3));
}

void tst_Bridges::processThatCannotStartFails()
{
    QProcess process;
    const Deferred started = processStarted(&process, *m_queue);
    const Deferred finished = processFinished(&process, *m_queue);
    process.start(u"/nonexistent/program"_s, {});
    QTRY_COMPARE(failureOf(started), u"RuntimeError"_s);
    QTRY_COMPARE(failureOf(finished), u"RuntimeError"_s);
}

void tst_Bridges::fileAppears()
{
    const QTemporaryDir directory;
    const QString path = directory.filePath(u"answer"_s);
    QtClock clock;
    const Deferred deferred = fileAppeared(path, 10, clock, *m_queue);
    QProcess process;
    process.start(u"/bin/sh"_s, {u"-c"_s, u"sleep 0.1; touch "_s + path});
    QTRY_COMPARE(resultOf(deferred), Value(path));
    QVERIFY(!clock.hasCalls());
    const Deferred again = fileAppeared(path, 10, clock, *m_queue);
    QVERIFY(!again.state().called);
    QTRY_COMPARE(resultOf(again), Value(path));
    QTRY_COMPARE(process.state(), QProcess::NotRunning);
}

void tst_Bridges::fileThatNeverAppearsTimesOut()
{
    const QTemporaryDir directory;
    QtClock clock;
    const Deferred deferred = fileAppeared(directory.filePath(u"never"_s), 0.02, clock, *m_queue);
    QTRY_COMPARE(failureOf(deferred), u"TimeoutError"_s);
}

void tst_Bridges::networkReplyOnLoopback()
{
    QTcpServer server;
    QVERIFY(server.listen(QHostAddress::LocalHost));
    connect(&server, &QTcpServer::newConnection, this, [&server] {
        QTcpSocket *socket = server.nextPendingConnection();
        connect(socket, &QTcpSocket::readyRead, socket, [socket] {
            socket->write("HTTP/1.0 200 OK\r\nContent-Length: 5\r\n\r\nhello");
            socket->disconnectFromHost();
        });
    });
    QNetworkAccessManager manager;
    const std::unique_ptr<QNetworkReply> reply(
        manager.get(QNetworkRequest(QUrl(u"http://127.0.0.1:%1/"_s.arg(server.serverPort())))));
    Deferred deferred = fromSignal(reply.get(), &QNetworkReply::finished, *m_queue);
    deferred.addCallback([&](const Value &) { return QString::fromUtf8(reply->readAll()); });
    QTRY_COMPARE(resultOf(deferred), Value(u"hello"_s));
}

void tst_Bridges::threadGivesItsResultBack()
{
    QThreadPool pool;
    std::atomic<Qt::HANDLE> worker = nullptr;
    Qt::HANDLE fired = nullptr;
    Deferred deferred = deferToThread(
        [&] {
            worker = QThread::currentThreadId();
            return Value(u"from there"_s);
        },
        pool, *m_queue);
    deferred.addCallback([&](const Value &value) {
        fired = QThread::currentThreadId();
        return value;
    });
    QTRY_COMPARE(resultOf(deferred), Value(u"from there"_s));
    QVERIFY(worker != QThread::currentThreadId());
    QCOMPARE(fired, QThread::currentThreadId());
}

void tst_Bridges::threadThatThrowsFails()
{
    QThreadPool pool;
    const Deferred deferred
        = deferToThread([]() -> Value { throw RaisedError(exceptions::valueError()); }, pool, *m_queue);
    QTRY_COMPARE(failureOf(deferred), u"ValueError"_s);
}

QTEST_GUILESS_MAIN(tst_Bridges)
#include "tst_bridges.moc"
