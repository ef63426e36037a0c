// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/callable.h"
#include "engine/deferred/canceller.h"
#include "engine/deferred/deferredstate.h"
#include "engine/deferred/engine.h"
#include "engine/deferred/link.h"
#include "engine/value/deferredobject.h"

#include <initializer_list>
#include <memory>

namespace deferscope {

class DeferredCore;
using CoreRef = Ref<DeferredCore>;

/// The state of one Deferred (R1), and the drain that moves a result through the chains.
///
/// Who waits and who is waited for own each other: the hand-over link owns the waiter, and the waiter's
/// result is the Deferred that it waits for. So that two Deferreds which nobody else knows do not keep each
/// other alive, the second of these references is let go as soon as the hand-over link is all that refers to
/// the waiter, and taken again when somebody else does. A ring of Deferreds that wait for each other can
/// never fire; the reference that closed it is not counted at all, and the ring goes when nobody knows any of
/// it.
class DeferredCore : public DeferredObject
{
public:
    static DeferredCore &of(const Deferred &deferred);

    explicit DeferredCore(Engine *engine);
    DeferredCore(Engine *engine, Canceller canceller, const QString &className);
    ~DeferredCore() override;

    QString typeName() const override;
    QString repr() const override;

    /// Appends a link for \a closure, a C++ function; at once if the Deferred has fired (R10).
    template <typename Closure> void addLink(Closure &&closure)
    {
        Link &link = m_links.next();
        link.set(std::forward<Closure>(closure));
        m_links.push();
        ++m_linksAdded;
        if (m_called || m_isTraced) [[unlikely]]
            linkAdded(link.ops(), nullptr, nullptr);
    }
    template <typename Closure> void addLink(Closure &&closure, const Label *callback, const Label *errback)
    {
        Link &link = m_links.next();
        link.set(std::forward<Closure>(closure));
        m_links.push();
        ++m_linksAdded;
        linkAdded(link.ops(), callback, errback);
    }
    /// A link of the engine's own. \a label gives its name for people, and
    /// is asked only when events are told.
    template <typename Closure, typename Named>
    void addMachinery(Closure &&closure, LinkPurpose purpose, DeferredId serves, Named label)
    {
        Link &link = m_links.next();
        link.set(std::forward<Closure>(closure));
        m_links.push();
        ++m_linksAdded;
        if (m_isTraced) {
            const Label named = label();
            recordAdd({purpose, true, true, true, &named, &named, serves});
        }
        if (m_called)
            drain();
    }
    void add(Callable callback, Callable errback, LinkPurpose purpose, DeferredId serves = {},
             bool isBoth = false);
    void addFirst(Callable errback,
                  LinkPurpose purpose); ///< before all other links; of an unfired Deferred (R97)
    void fire(Value &&value)
    {
        if (accept(std::move(value)))
            drain();
    }
    bool accept(Value &&value); ///< as fire(), but its links do not run yet; false: it was ignored
    void drain();
    void pause();
    void unpause();
    void cancel();

    DeferredState state() const;
    std::optional<Value> look();
    Engine *engine() const { return m_engine; }
    bool isCalled() const { return m_called; }
    void markWaitingOn(DeferredId other) { m_waitingOn = other; } ///< for display: chainDeferred()

    static void *operator new(size_t size);
    static void operator delete(void *memory, size_t size);

protected:
    /// Whether cancel() goes on to the Deferred that this one waits for (R71).
    virtual bool handsCancelOn() const { return true; }
    /// What cancel() does to an unfired Deferred (R70).
    virtual void cancelUnfired();
    void record(Occurrence occurrence) const
    {
        if (m_isTraced)
            tell(occurrence);
    }

    void fellToFloor() override;
    void liftedOffFloor() override;

private:
    friend class Engine;
    struct HandOver;

    void linkAdded(const LinkOps &ops, const Label *callback, const Label *errback);
    void recordAdd(const NewLink &link) const;
    void tell(Occurrence occurrence) const;
    void tellOfSide(EventKind kind, Side side, qint32 link) const;
    struct Frame;
    void drainStack(std::initializer_list<Frame> begun);
    bool beginToDrain() ///< false: it is paused, and whatever is below it stays as it is (R32)
    {
        if (m_paused != 0)
            return false;
        m_waitingOn = {};
        return true;
    }
    CoreRef runLinks(Frame &self);
    template <bool IsTraced> CoreRef runLinks(Frame &self);
    bool mayDrain() const { return !m_running && m_paused == 0; } // R32
    void endLink(const Frame &frame);
    bool takeResultOf(DeferredCore &inner, qint32 link);
    void waitFor(DeferredCore &inner, qint32 link);
    CoreRef handOver(Link &link, qint32 number);
    void settle();
    /// Destruction has nothing to report: its result went elsewhere, or was looked at (R55).
    void countAsHandled()
    {
        m_isUnhandled = false;
        m_replaced.reset();
    }
    void failUnlessFired();
    bool isReady() const { return m_hasResult && !m_result.isDeferred() && m_paused == 0; } // R42
    /// Links are numbered in the order of their adding, and taken in that order but for the one in front.
    qint32 numberOf(qint32 taken) const
    {
        if (m_frontLink < 0 || taken > m_frontLink) [[likely]]
            return taken;
        return taken == 0 ? m_frontLink : taken - 1;
    }
    void enter(const QString &className);
    void tellOfFailure() const;
    void tellOfItself(qint32 link);
    [[noreturn]] void refuseToFire(const Value &value) const;
    void forget(); ///< everything it refers to

    bool isWaiting() const { return floor() != 0; }
    DeferredCore &inner() const { return static_cast<DeferredCore &>(*m_result.object()); }
    bool closesRing(const DeferredCore &inner) const;
    void startToWait(DeferredCore &inner);
    void stopToWait();
    static void destroy(DeferredCore *core);

    Engine *m_engine;
    DeferredCore *m_newer = nullptr; ///< the engine's list
    DeferredCore *m_older = nullptr;
    DeferredCore *m_nextToGo = nullptr; ///< while it waits for its end
    std::unique_ptr<Canceller> m_canceller;
    Value m_result;
    /// The Failure that destruction would report although a hand-over to this Deferred, which had been
    /// unpaused once too often, has replaced it (R63).
    std::unique_ptr<Value> m_replaced;
    qint32 m_linksAdded = 0;
    qint32 m_linksTaken = 0;
    qint32 m_frontLink = -1; ///< the number of the one that addFirst() put in front; none: -1
    qint32 m_waiters = 0;    ///< hand-over links that are left
    DeferredId m_waitingOn;
    qint32 m_paused = 0;
    bool m_called = false;
    bool m_isTraced = false;
    bool m_running = false;
    bool m_swallowOne = false;
    bool m_hasResult = false;   ///< false: NO_RESULT, which is not None
    bool m_isUnhandled = false; ///< destruction would report the result (R55)
    bool m_letInnerGo = false;  ///< the reference to the Deferred that it waits for is not counted
    bool m_closesRing = false;
    mutable bool m_isInRepr = false;
    LinkQueue m_links;
};

} // namespace deferscope
