// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/callable.h"
#include "engine/deferred/canceller.h"
#include "engine/deferred/chain.h"
#include "engine/deferred/deferredstate.h"
#include "engine/deferred/engine.h"
#include "engine/deferred/link.h"
#include "engine/value/deferredobject.h"

#include <memory>

namespace deferscope {

class DeferredCore;
using CoreRef = Ref<DeferredCore>;

/// A Deferred of a C++ program: the Chain of links that are C++ functions.
///
/// Who waits and who is waited for own each other: the hand-over link owns the waiter, and the waiter's
/// result is the Deferred that it waits for. So that two Deferreds which nobody else knows do not keep each
/// other alive, the second of these references is let go as soon as the hand-over link is all that refers to
/// the waiter, and taken again when somebody else does. A ring of Deferreds that wait for each other can
/// never fire; the reference that closed it is not counted at all, and the ring goes when nobody knows any of
/// it.
class DeferredCore : public DeferredObject, public Chain<DeferredCore, Value>
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
    friend class Chain<DeferredCore, Value>;
    struct HandOver;

    /// A link that was taken: it stays where it was made until it has run.
    struct Taken
    {
        Link *link = nullptr;
        const LinkOps *ops = nullptr;
        qint32 number = 0; ///< in its chain, from 0

        explicit operator bool() const { return link; }
        void end() const { link->end(); }
    };

    // What Chain asks.
    bool hasLinks() const { return !m_links.isEmpty(); }
    Taken take()
    {
        Link *link = m_links.first();
        if (!link)
            return {};
        m_links.take();
        return {link, &link->ops(), numberOf(m_linksTaken++)};
    }
    static bool isHandOver(const Taken &taken) { return taken.ops->isHandOver; }
    static bool runs(const Taken &taken, Side side) { return taken.ops->sides[int(side)]; }
    Left invoke(const Taken &taken, Side side);
    static CoreRef fired(const Taken &taken) { return taken.ops->fired(*taken.link); }
    void endFired(const Taken &taken, Side side);
    CoreRef takeWaiter(const Taken &entry);
    static qint32 waiterLink(const Taken &entry);
    void appendHandOver(DeferredCore &waiter, qint32 waiterLink, qint32 number);
    bool holdsFailure() const { return m_result.isFailure(); }
    bool holdsDeferred() const { return m_result.isDeferred(); }
    DeferredCore &inner() const { return static_cast<DeferredCore &>(*m_result.object()); }
    void startToDrain()
    {
        if (isWaiting())
            stopToWait(); // somebody unpaused it once too often (R63)
    }
    void settle();
    void markWaiting(const DeferredCore *inner) { m_waitingOn = inner ? inner->id() : DeferredId(); }
    bool isTraced() const { return m_isTraced; }
    static constexpr bool isBroken() { return false; }
    void tellOfSide(EventKind kind, Side side, const Taken &link) const;
    void tellOfMove(EventKind kind, const DeferredCore &inner, qint32 link, qint32 entry) const;

    void linkAdded(const LinkOps &ops, const Label *callback, const Label *errback);
    void recordAdd(const NewLink &link) const;
    void tell(Occurrence occurrence) const;
    /// Destruction has nothing to report: its result went elsewhere, or was looked at (R55).
    void countAsHandled()
    {
        m_isUnhandled = false;
        m_replaced.reset();
    }
    void failUnlessFired();
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
    bool closesRing(const DeferredCore &inner) const;
    void startToWait(DeferredCore &inner);
    void stopToWait();
    static void destroy(DeferredCore *core);

    Engine *m_engine;
    DeferredCore *m_newer = nullptr; ///< the engine's list
    DeferredCore *m_older = nullptr;
    DeferredCore *m_nextToGo = nullptr; ///< while it waits for its end
    std::unique_ptr<Canceller> m_canceller;
    /// The Failure that destruction would report although a hand-over to this Deferred, which had been
    /// unpaused once too often, has replaced it (R63).
    std::unique_ptr<Value> m_replaced;
    qint32 m_frontLink = -1; ///< the number of the one that addFirst() put in front; none: -1
    qint32 m_waiters = 0;    ///< hand-over links that are left
    DeferredId m_waitingOn;
    bool m_isTraced = false;
    bool m_isUnhandled = false; ///< destruction would report the result (R55)
    bool m_letInnerGo = false;  ///< the reference to the Deferred that it waits for is not counted
    bool m_closesRing = false;
    mutable bool m_isInRepr = false;
    LinkQueue m_links;
};

extern template class Chain<DeferredCore, Value>;

} // namespace deferscope
