// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"
#include "engine/value/deferredobject.h"

#include <vector>

namespace deferscope {

class DeferredCore;
using CoreRef = QExplicitlySharedDataPointer<DeferredCore>;

/// One entry of a chain: a pair, or the hand-over of the result to a Deferred that waits (R2).
struct Link
{
    qint32 number = 0; ///< counts every link the chain ever had, from 0
    Callable callback;
    Callable errback;
    CoreRef waiter;        ///< of a hand-over
    qint32 waiterLink = 0; ///< … and the link of the waiter that returned this Deferred
};

/// The state of one Deferred (R1), and the drain that moves a result through the chains.
class DeferredCore : public DeferredObject
{
public:
    static DeferredCore &of(const Deferred &deferred) { return *deferred.m_core; }

    DeferredCore(Engine *engine, Canceller canceller, const QString &className);
    ~DeferredCore() override;

    QString typeName() const override { return m_className; }
    QString repr() const override;

    void add(Callable callback, Callable errback, LinkPurpose purpose, DeferredId serves = {},
             bool isBoth = false);
    void addFirst(Callable errback,
                  LinkPurpose purpose); ///< before all other links; of an unfired Deferred (R97)
    void fire(Value value);
    void pause();
    void unpause();
    void cancel();

    DeferredState state() const;
    std::optional<Value> look();
    Engine *engine() const { return m_engine; }
    bool isCalled() const { return m_called; }
    void markWaitingOn(DeferredId other) { m_waitingOn = other; } ///< for display: chainDeferred()

protected:
    /// What cancel() does to an unfired Deferred (R70).
    virtual void cancelUnfired();
    void record(Occurrence occurrence) const;

private:
    friend class Engine;

    void drain();
    CoreRef runLinks();
    bool runLink(Link &link);
    Outcome callSide(const Callable &callable, const Value &input);
    bool takeResultOf(DeferredCore &inner, qint32 link);
    void waitFor(DeferredCore &inner, qint32 link);
    CoreRef handOver(Link link);
    void settle();
    void failUnlessFired();
    bool isReady() const;
    Link takeFirstLink();
    bool hasLinks() const { return m_firstLink < m_links.size(); }
    void surrenderWaiters(std::vector<CoreRef> &waiters);
    void forget(); ///< everything it refers to

    QString m_className;
    Engine *m_engine;
    DeferredCore *m_newer = nullptr; ///< the engine's list
    DeferredCore *m_older = nullptr;

    std::vector<Link> m_links; ///< those that are left start at m_firstLink
    size_t m_firstLink = 0;
    qint32 m_linksAdded = 0;
    std::optional<Value> m_result;  ///< none: NO_RESULT, which is not None
    std::optional<Failure> m_stash; ///< what destruction would report (R55)
    Canceller m_canceller;
    DeferredId m_waitingOn;
    int m_paused = 0;
    bool m_called = false;
    bool m_running = false;
    bool m_swallowOne = false;
};

} // namespace deferscope
