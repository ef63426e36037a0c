// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFuture>
#include <QPromise>
#include <QVariant>

#include <functional>
#include <memory>
#include <vector>

#ifdef DEFERSCOPE_WITH_BOOST
#define BOOST_THREAD_VERSION 4
#include <boost/thread/future.hpp>
#endif

#ifdef DEFERSCOPE_WITH_KJ
#include <kj/async.h>
#endif

/// The same work as in workloads.h, done by others.
namespace deferscope::bench {

/// What a port of Twisted's class looks like when it is written with what lies at hand: no waiting, no
/// cancelling, no tracing.
class NaiveDeferred
{
public:
    using Function = std::function<QVariant(const QVariant &)>;

    void addCallback(Function callback)
    {
        m_state->links.push_back({std::move(callback), {}});
        if (m_state->called)
            run();
    }
    void callback(const QVariant &value)
    {
        m_state->called = true;
        m_state->result = value;
        run();
    }
    QVariant result() const { return m_state->result; }

private:
    struct State
    {
        std::vector<std::pair<Function, Function>> links;
        QVariant result;
        bool called = false;
    };
    void run()
    {
        const auto links = std::exchange(m_state->links, {});
        for (const auto &[callback, errback] : links)
            m_state->result = callback(m_state->result);
    }

    std::shared_ptr<State> m_state = std::make_shared<State>();
};

inline qint64 naiveW1(int count)
{
    qint64 sum = 0;
    for (int i = 0; i < count; ++i) {
        NaiveDeferred deferred;
        for (int k = 0; k < Links; ++k)
            deferred.addCallback([k](const QVariant &value) { return value.toLongLong() + k; });
        deferred.callback(qint64(i));
        sum += deferred.result().toLongLong();
    }
    return sum;
}

inline qint64 naiveW2(int count)
{
    NaiveDeferred deferred;
    for (int i = 0; i < count; ++i)
        deferred.addCallback([i](const QVariant &value) { return value.toLongLong() + i; });
    deferred.callback(qint64(1));
    return deferred.result().toLongLong();
}

inline qint64 qfutureW1(int count)
{
    qint64 sum = 0;
    for (int i = 0; i < count; ++i) {
        QPromise<qint64> promise;
        promise.start();
        QFuture<qint64> future = promise.future();
        for (int k = 0; k < Links; ++k)
            future = future.then([k](qint64 value) { return value + k; });
        promise.addResult(i);
        promise.finish();
        sum += future.result();
    }
    return sum;
}

#ifdef DEFERSCOPE_WITH_BOOST
inline qint64 boostW1(int count)
{
    qint64 sum = 0;
    for (int i = 0; i < count; ++i) {
        boost::promise<qint64> promise;
        boost::future<qint64> future = promise.get_future();
        for (int k = 0; k < Links; ++k)
            future = future.then(boost::launch::sync,
                                 [k](boost::future<qint64> value) { return value.get() + k; });
        promise.set_value(i);
        sum += future.get();
    }
    return sum;
}
#endif

#ifdef DEFERSCOPE_WITH_KJ
inline qint64 kjW1(int count)
{
    kj::EventLoop loop;
    kj::WaitScope scope(loop);
    qint64 sum = 0;
    for (int i = 0; i < count; ++i) {
        auto ends = kj::newPromiseAndFulfiller<qint64>();
        kj::Promise<qint64> promise = kj::mv(ends.promise);
        for (int k = 0; k < Links; ++k)
            promise = promise.then([k](qint64 value) { return value + k; });
        ends.fulfiller->fulfill(qint64(i));
        sum += promise.wait(scope);
    }
    return sum;
}
#endif

} // namespace deferscope::bench
