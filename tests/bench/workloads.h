// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/bridge/turnqueue.h"
#include "engine/clock/virtualclock.h"
#include "engine/deferred/await.h"
#include "engine/deferred/deferredlist.h"
#include "engine/trace/tracerecorder.h"

#include <QCoreApplication>

#include <cstddef>
#include <cstring>
#include <new>
#include <vector>

/// What is measured, once for the clock (bench.cpp) and once for instruction counts (count.cpp). Each
/// function does its work `count` times over and gives something back that depends on all of it.
namespace deferscope::bench {

constexpr int Links = 10; ///< of a chain in W1

// ---- the floor: what any engine must at least do ----

/// 32 bytes: how to call and to destroy it, and 24 bytes of captures.
class FloorClosure
{
public:
    template <typename F>
    explicit FloorClosure(F function)
        : m_ops(&OpsOf<F>)
    {
        static_assert(sizeof(F) <= sizeof m_cell);
        new (m_cell) F(function);
    }
    FloorClosure(const FloorClosure &) = delete;
    FloorClosure(FloorClosure &&other) noexcept
        : m_ops(other.m_ops)
    {
        std::memcpy(m_cell, other.m_cell, sizeof m_cell);
    }
    ~FloorClosure() { m_ops->destroy(m_cell); }
    qint64 operator()(qint64 value) { return m_ops->call(m_cell, value); }

private:
    struct Ops
    {
        qint64 (*call)(void *cell, qint64 value);
        void (*destroy)(void *cell);
    };
    template <typename F>
    static constexpr Ops OpsOf{[](void *cell, qint64 value) { return (*static_cast<F *>(cell))(value); },
                               [](void *cell) { static_cast<F *>(cell)->~F(); }};

    const Ops *m_ops;
    alignas(8) std::byte m_cell[24];
};

inline qint64 floorW1(int count)
{
    qint64 sum = 0;
    for (int i = 0; i < count; ++i) {
        std::vector<FloorClosure> closures;
        closures.reserve(Links);
        for (int k = 0; k < Links; ++k)
            closures.emplace_back([k](qint64 value) { return value + k; });
        qint64 value = i;
        for (FloorClosure &closure : closures)
            value = closure(value);
        sum += value;
    }
    return sum;
}

inline qint64 floorPointers(int count)
{
    std::vector<qint64 (*)(qint64)> functions(static_cast<size_t>(count),
                                              [](qint64 value) { return value + 1; });
    qint64 value = 0;
    for (auto *function : functions)
        value = function(value);
    return value;
}

// ---- ours ----

/// W1: create a Deferred, add ten callbacks, fire it, let it go.
inline qint64 w1(int count, Engine *engine = nullptr)
{
    qint64 sum = 0;
    for (int i = 0; i < count; ++i) {
        Deferred deferred(engine);
        for (int k = 0; k < Links; ++k)
            deferred.addCallback([k](qint64 value) { return value + k; });
        deferred.addCallback([&sum](qint64 value) { sum += value; });
        deferred.callback(i);
    }
    return sum;
}

inline qint64 tracedW1(int count)
{
    TraceRecorder recorder;
    Engine engine(&recorder);
    return w1(count, &engine);
}

/// W2: one chain of `count` callbacks.
inline Deferred longChain(int count)
{
    Deferred deferred;
    for (int i = 0; i < count; ++i)
        deferred.addCallback([i](qint64 value) { return value + i; });
    return deferred;
}

inline qint64 w2(int count)
{
    Deferred deferred = longChain(count);
    deferred.callback(1);
    return deferred.look()->toInt();
}

/// W3: `count` times a callback returns a Deferred that fires afterwards.
inline qint64 w3(int count)
{
    std::vector<Deferred> inners(static_cast<size_t>(count));
    Deferred outer;
    for (const Deferred &inner : inners)
        outer.addCallback([&inner](qint64) { return inner; });
    outer.callback(0);
    for (size_t i = 0; i < inners.size(); ++i)
        inners[i].callback(static_cast<qint64>(i));
    return outer.look()->toInt();
}

/// W4: `count` Deferreds that wait for each other; the innermost fires.
inline qint64 w4(int count)
{
    std::vector<Deferred> chain(static_cast<size_t>(count));
    for (size_t i = 0; i + 1 < chain.size(); ++i)
        chain[i].addCallback([next = &chain[i + 1]](qint64) { return *next; });
    for (size_t i = 0; i + 1 < chain.size(); ++i)
        chain[i].callback(0);
    chain.back().callback(7);
    return chain.front().look()->toInt();
}

/// W5: a list of `count` members.
inline qint64 w5(int count)
{
    QList<Deferred> members;
    members.reserve(count);
    for (int i = 0; i < count; ++i)
        members.append(Deferred());
    DeferredList list(members);
    for (Deferred &member : members)
        member.callback(1);
    return list.look()->as<Sequence>()->items.size();
}

/// W6: a failure passes `count` links that have no errback, and is recovered.
inline qint64 w6(int count)
{
    Deferred deferred = longChain(count);
    deferred.addErrback([](const Failure &) { return 3; });
    deferred.errback(Failure(exceptions::valueError()));
    return deferred.look()->toInt();
}

/// Callbacks that are added to a Deferred that has its result.
inline qint64 addToFired(int count)
{
    Deferred deferred = succeed(1);
    for (int i = 0; i < count; ++i)
        deferred.addCallback([i](qint64 value) { return value + i; });
    return deferred.look()->toInt();
}

inline Deferred sumOf(const std::vector<Deferred> *numbers, qint64 *sum)
{
    for (const Deferred &number : *numbers) {
        const Value value = co_await number;
        *sum += value.toInt();
    }
    co_return {};
}

/// One coroutine that waits for `count` Deferreds, each of which fires then.
inline qint64 awaitMany(int count)
{
    std::vector<Deferred> numbers(static_cast<size_t>(count));
    qint64 sum = 0;
    const Deferred end = sumOf(&numbers, &sum);
    for (Deferred &number : numbers)
        number.callback(1);
    return sum;
}

/// `count` coroutines that wait for one Deferred each.
inline qint64 coroutines(int count)
{
    qint64 sum = 0;
    for (int i = 0; i < count; ++i) {
        std::vector<Deferred> number(1);
        const Deferred end = sumOf(&number, &sum);
        number.front().callback(i);
    }
    return sum;
}

/// `count` calls of a clock, all of them outstanding, in no order; then they run.
inline qint64 timers(int count)
{
    VirtualClock clock;
    qint64 sum = 0;
    for (int i = 0; i < count; ++i)
        clock.callLater((i * 7919LL) % count, {[&sum, i] { sum += i; }, {}, {}});
    clock.advance(count);
    return sum;
}

/// Calls through the engine's queue, a thousand for each turn of the event loop.
inline qint64 queued(int count)
{
    TurnQueue queue;
    qint64 sum = 0;
    for (int done = 0; done < count; done += 1000) {
        for (int i = 0; i < 1000; ++i)
            queue.call([&sum, i] { sum += i; });
        QCoreApplication::sendPostedEvents(&queue);
    }
    return sum;
}

} // namespace deferscope::bench
