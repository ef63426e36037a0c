// SPDX-License-Identifier: MIT
#pragma once

#include "engine/trace/eventkind.h"
#include "engine/value/object.h"

#include <QVarLengthArray>

#include <initializer_list>
#include <utility>

namespace deferscope {

/// How a side of a link came to its end.
enum class Left : quint8 {
    Returned,
    Raised, ///< what it left is a Failure that it raised (R38)
    Fired   ///< it has fired a Deferred, whose links run before this one ends
};

/// The state of one Deferred (R1), and the drain (R30 to R50) that moves a result through the chains: once, for
/// the C++ Deferred and for the class that Twisted programs run on.
///
/// \a Core is the Deferred itself and derives from this. What differs between the worlds is its business: what a
/// value is, how a link is kept and called, who keeps whom alive, what is told. It has
///
/// * `Taken`: a link that was taken from its chain, with its `number`; false when there was none; `end()` lets go
///   what it holds;
/// * `take()`, the next link; `isHandOver()`, `runs()` and `invoke()` of such a link and side, the last of which
///   leaves the outcome in `m_result` and never throws; `takeWaiter()` of a hand-over, and `appendHandOver()`;
/// * `fired()`, whom a link that left with Left::Fired has fired, and `endFired()`, its end;
/// * `holdsFailure()`, `holdsDeferred()` and `inner()` of `m_result`;
/// * `startToDrain()`, `settle()` and `countAsHandled()`, the two ends of a drain and what takes a failure;
/// * `startToWait()`, and `markWaiting()` on whom, or no more, which is for display alone;
/// * `isTraced()` and `tell…()`, and `isBroken()`: the drain stops where it is, because something that is no
///   callback has raised.
template <typename Core, typename Value> class Chain
{
public:
    using CoreRef = Ref<Core>;

    /// Runs what can be run, unless it runs already or is paused (R30, R32). With a stack of its own, so that a
    /// million Deferreds that wait for each other cost no native one (R49).
    void drain();

protected:
    /// A Deferred whose links run now, below those on top of it.
    struct Frame
    {
        Core *core;                       ///< with a reference
        typename Core::Taken running{};   ///< the link that has fired the Deferred above, and ends after it
        Side side = Side::Callback;       ///< of that link
    };

    bool mayDrain() const { return !m_running && m_paused == 0; } // R32
    bool isReady() const { return m_hasResult && !self().holdsDeferred() && m_paused == 0; } // R42

    Value m_result;
    qint32 m_linksAdded = 0;
    qint32 m_linksTaken = 0;
    qint32 m_paused = 0;
    bool m_called = false;
    bool m_running = false;
    bool m_swallowOne = false;
    bool m_hasResult = false; ///< false: NO_RESULT, which is not None

private:
    Core &self() { return static_cast<Core &>(*this); }
    const Core &self() const { return static_cast<const Core &>(*this); }

    void drainStack(std::initializer_list<Frame> begun);
    bool beginToDrain() ///< false: it is paused, and whatever is below it stays as it is (R32)
    {
        if (m_paused != 0)
            return false;
        self().markWaiting(nullptr); // R33
        return true;
    }
    CoreRef runLinks(Frame &frame);
    template <bool IsTraced> CoreRef runLinks(Frame &frame);
    bool takeResultOf(Core &inner, qint32 link);
    void waitFor(Core &inner, qint32 link);
    template <typename Taken> CoreRef handOver(Taken &entry);
};

template <typename Core, typename Value> void Chain<Core, Value>::drain()
{
    if (!mayDrain())
        return;
    const CoreRef alive(&self());
    self().startToDrain();
    self().markWaiting(nullptr);
    Frame frame{&self()};
    while (CoreRef next = runLinks(frame)) {
        if (frame.running)
            return drainStack({frame, {next.take()}});
        // Most often nobody waits in turn for the one that has waited: then it takes no stack.
        if (!next->beginToDrain())
            return;
        Frame above{next.data()};
        if (CoreRef third = next->runLinks(above)) {
            next.take();
            return drainStack({frame, above, {third.take()}});
        }
        if (Core::isBroken())
            return;
        next->settle();
        if (Core::isBroken())
            return;
        next.reset();
        if (!beginToDrain())
            return;
    }
    if (!Core::isBroken())
        self().settle();
}

/// Goes on with \a begun, this Deferred and those above it, until all of them are done.
template <typename Core, typename Value>
void Chain<Core, Value>::drainStack(std::initializer_list<Frame> begun)
{
    self().retain();
    QVarLengthArray<Frame, 32> stack(begun);
    const auto drop = [&stack] {
        stack.last().core->release();
        stack.removeLast();
    };
    while (!stack.isEmpty() && !Core::isBroken()) {
        Frame &frame = stack.last();
        Core *current = frame.core;
        if (frame.running) {
            current->endFired(frame.running, frame.side); // and the drain that ran it goes on, paused or not
            frame.running = {};
        } else if (!current->beginToDrain()) {
            // R32: whatever is below stays as it is, its links queued, down to the link that has fired these.
            do {
                drop();
            } while (!stack.isEmpty() && !stack.last().running);
            continue;
        }
        if (CoreRef above = current->runLinks(frame)) {
            stack.append({above.take()}); // R35: wholly before the links that current has left
        } else if (!Core::isBroken()) {
            current->settle();
            drop();
        }
    }
    while (!stack.isEmpty())
        drop();
}

template <typename Core, typename Value>
typename Chain<Core, Value>::CoreRef Chain<Core, Value>::runLinks(Frame &frame)
{
    if (!self().hasLinks())
        return {};
    return self().isTraced() ? runLinks<true>(frame) : runLinks<false>(frame);
}

/// Runs links until none is left, until this Deferred must wait, until its result is handed over, or until a
/// link has fired another Deferred: then gives the one whose links run next. In the last case \a frame keeps
/// the link, which has not ended.
template <typename Core, typename Value>
template <bool IsTraced>
typename Chain<Core, Value>::CoreRef Chain<Core, Value>::runLinks(Frame &frame)
{
    Core &core = self();
    while (typename Core::Taken link = core.take()) { // R34
        if (core.isHandOver(link)) [[unlikely]]
            return handOver(link);
        const Side side = core.holdsFailure() ? Side::Errback : Side::Callback; // R36
        if (core.runs(link, side)) {
            if constexpr (IsTraced)
                core.tellOfSide(EventKind::Run, side, link);
            m_running = true; // R37: meanwhile m_result is still the input
            const Left left = core.invoke(link, side);
            if (left == Left::Fired) [[unlikely]] {
                CoreRef fired = core.fired(link);
                frame = {&core, std::move(link), side};
                return fired;
            }
            m_running = false;
            if (Core::isBroken()) [[unlikely]]
                return {};
            if constexpr (IsTraced)
                core.tellOfSide(left == Left::Raised ? EventKind::Raise : EventKind::Ret, side, link);
        } else if constexpr (IsTraced) {
            core.tellOfSide(EventKind::Pass, side, link);
        }
        // An empty side is the identity function, so a Deferred that came as a plain value is waited for too
        // (R11, R27).
        const bool mustWait = core.holdsDeferred() && !takeResultOf(core.inner(), link.number);
        link.end(); // what it has captured goes before the next one runs
        if (mustWait)
            return {};
    }
    return {};
}

template <typename Core, typename Value> bool Chain<Core, Value>::takeResultOf(Core &inner, qint32 link)
{
    if (!inner.isReady()) {
        waitFor(inner, link);
        return false;
    }
    const CoreRef alive(&inner); // m_result, about to change, may be all that holds it
    m_result = std::move(inner.m_result); // R44: what a value was moved from is None
    inner.countAsHandled();
    if (self().isTraced())
        self().tellOfMove(EventKind::Steal, inner, link, 0);
    return true;
}

template <typename Core, typename Value> void Chain<Core, Value>::waitFor(Core &inner, qint32 link)
{
    ++m_paused; // R43
    self().markWaiting(&inner);
    const qint32 entry = inner.m_linksAdded++;
    inner.appendHandOver(self(), link, entry);
    self().startToWait(inner);
    if (self().isTraced())
        self().tellOfMove(EventKind::Wait, inner, link, entry);
}

template <typename Core, typename Value>
template <typename Taken>
typename Chain<Core, Value>::CoreRef Chain<Core, Value>::handOver(Taken &entry)
{
    CoreRef waiter = self().takeWaiter(entry);
    waiter->m_result = std::move(m_result); // R35
    m_result = Value();                     // also of one that waited for itself
    waiter->m_hasResult = true;
    self().countAsHandled();
    --waiter->m_paused;
    if (waiter->isTraced())
        waiter->tellOfMove(EventKind::Resume, self(), self().waiterLink(entry), entry.number);
    return waiter;
}

} // namespace deferscope
