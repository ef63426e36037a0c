// SPDX-License-Identifier: MIT
#include "deferredcore.h"

#include <QSet>

#include <utility>

namespace deferscope {

using namespace Qt::StringLiterals;

DeferredCore::DeferredCore(Engine *engine, Canceller canceller, const QString &className)
    : m_className(className)
    , m_engine(engine)
    , m_canceller(std::move(canceller))
{
    if (!m_engine)
        return;
    m_older = std::exchange(m_engine->m_first, this);
    if (m_older)
        m_older->m_newer = this;
    if (TraceSink *sink = m_engine->sink())
        setId(sink->created(m_className, bool(m_canceller)));
}

DeferredCore::~DeferredCore()
{
    if (m_stash) {
        const Value failure = *m_stash;
        if (m_engine && m_engine->sink())
            record({.kind = EventKind::Unhandled, .value = &failure});
        else if (!m_engine)
            qCritical("Unhandled error in Deferred: %s: %s", qPrintable(m_stash->type().name()),
                      qPrintable(m_stash->message()));
    }
    record({.kind = EventKind::Destroyed});
    if (m_engine) {
        (m_newer ? m_newer->m_older : m_engine->m_first) = m_older;
        if (m_older)
            m_older->m_newer = m_newer;
    }
    // A chain of a million Deferreds that wait for this one ends here, one by one rather than one inside the
    // other.
    std::vector<CoreRef> waiters;
    surrenderWaiters(waiters);
    while (!waiters.empty()) {
        const CoreRef waiter = std::move(waiters.back());
        waiters.pop_back();
        if (waiter->ref.loadRelaxed() == 1)
            waiter->surrenderWaiters(waiters);
    }
}

void DeferredCore::surrenderWaiters(std::vector<CoreRef> &waiters)
{
    for (Link &link : m_links) {
        if (link.waiter)
            waiters.push_back(std::move(link.waiter));
    }
}

void DeferredCore::forget()
{
    m_engine = nullptr;
    m_stash.reset();
    const auto links = std::exchange(m_links, {});
    m_firstLink = 0;
    const auto result = std::exchange(m_result, {});
    const auto canceller = std::exchange(m_canceller, {});
}

void DeferredCore::record(Occurrence occurrence) const
{
    if (!m_engine || !m_engine->sink())
        return;
    occurrence.deferred = id();
    m_engine->sink()->record(occurrence);
}

QString DeferredCore::repr() const
{
    const auto place = [](const void *object) { return u"0x"_s + QString::number(quintptr(object), 16); };
    const QString who = u"<%1 at %2"_s.arg(m_className, place(this));
    if (!m_result)
        return who + u'>';
    if (m_result->isDeferred())
        return who + u" waiting on Deferred at %1>"_s.arg(place(m_result->object()));
    return who + u" current result: %1>"_s.arg(deferscope::repr(*m_result));
}

void DeferredCore::add(Callable callback, Callable errback, LinkPurpose purpose, DeferredId serves,
                       bool isBoth)
{
    const qint32 number = m_linksAdded++;
    if (m_engine && m_engine->sink()) {
        const LinkInfo info{purpose, bool(callback), bool(errback), isBoth, callback.label, errback.label};
        m_engine->sink()->linkAdded(
            {.kind = EventKind::Add, .deferred = id(), .other = serves, .link = number}, info);
    }
    m_links.push_back({number, std::move(callback), std::move(errback), {}, 0});
    if (m_called)
        drain(); // R10
}

void DeferredCore::addFirst(Callable errback, LinkPurpose purpose)
{
    const qint32 number = m_linksAdded++;
    if (m_engine && m_engine->sink()) {
        const LinkInfo info{purpose, false, true, false, {}, errback.label};
        m_engine->sink()->linkAdded({.kind = EventKind::Add, .deferred = id(), .link = number}, info);
    }
    Link link;
    link.number = number;
    link.errback = std::move(errback);
    m_links.insert(m_links.begin() + static_cast<std::ptrdiff_t>(m_firstLink), std::move(link));
}

void DeferredCore::fire(Value value)
{
    if (m_called && m_swallowOne) {
        m_swallowOne = false; // R21, R74
        record({.kind = EventKind::Swallowed, .value = &value});
        return;
    }
    if (m_called) {
        record({.kind = EventKind::Refire, .value = &value});
        throw RaisedError(exceptions::alreadyCalledError());
    }
    m_called = true;
    const Canceller dropped
        = std::exchange(m_canceller, {}); // R22; outlives this call, its captures may own much
    record({.kind = EventKind::Fire, .value = &value});
    m_result = std::move(value);
    drain();
}

void DeferredCore::pause()
{
    ++m_paused;
    record({.kind = EventKind::Pause, .count = m_paused});
}

void DeferredCore::unpause()
{
    --m_paused;
    record({.kind = EventKind::Unpause, .count = m_paused});
    if (m_called)
        drain(); // R61: does nothing while the count is not 0 (R32)
}

void DeferredCore::cancel()
{
    // Inward from Deferred to Deferred (R71), by iteration: a ring of them is an error, not an overflow.
    QSet<const DeferredCore *> visited;
    CoreRef target(this);
    while (target->m_result && target->m_result->isDeferred()) {
        if (visited.contains(target.data()))
            throw RaisedError(exceptions::recursionError(), u"maximum recursion depth exceeded"_s);
        visited.insert(target.data());
        const CoreRef inner(static_cast<DeferredCore *>(target->m_result->object()));
        target->record({.kind = EventKind::Cancel, .other = inner->id()});
        target = inner;
    }
    target->record({.kind = EventKind::Cancel});
    if (!target->m_called)
        target->cancelUnfired();
}

void DeferredCore::cancelUnfired()
{
    const Canceller canceller = m_canceller; // firing drops the member while it runs
    if (canceller) {
        record({.kind = EventKind::Canceller});
        canceller.function(*Deferred::from(Value(ObjectRef(this))));
    } else {
        m_swallowOne = true;
    }
    failUnlessFired();
}

void DeferredCore::failUnlessFired()
{
    if (!m_called)
        fire(Failure(exceptions::cancelledError()));
}

DeferredState DeferredCore::state() const
{
    return {m_called,    m_paused,           m_running, m_result, int(m_links.size() - m_firstLink),
            m_waitingOn, m_stash.has_value()};
}

std::optional<Value> DeferredCore::look()
{
    if (!isReady())
        return std::nullopt;
    m_stash.reset();
    return m_result;
}

// ---- the drain, R30 to R50 ----

void DeferredCore::drain()
{
    if (m_running)
        return;
    std::vector<CoreRef> stack{CoreRef(this)};
    while (!stack.empty()) {
        const CoreRef current = stack.back();
        if (current->m_paused != 0)
            return; // R32: and whatever is below stays as it is, its links queued
        current->m_waitingOn = {};
        if (CoreRef waiter = current->runLinks()) {
            stack.push_back(std::move(waiter)); // R35: runs wholly before the links that current has left
        } else {
            current->settle();
            stack.pop_back();
        }
    }
}

/// Runs links until none is left, until this Deferred must wait, or until its result is handed over: then to
/// whom.
CoreRef DeferredCore::runLinks()
{
    while (hasLinks()) {
        Link link = takeFirstLink();
        if (link.waiter)
            return handOver(std::move(link));
        if (!runLink(link))
            return {};
    }
    return {};
}

Link DeferredCore::takeFirstLink()
{
    Link link = std::move(m_links[m_firstLink]);
    if (++m_firstLink == m_links.size()) {
        m_links.clear();
        m_firstLink = 0;
    }
    return link;
}

/// Runs one pair; false when the Deferred must now wait for the one that the pair returned.
bool DeferredCore::runLink(Link &link)
{
    const Side side = m_result->isFailure() ? Side::Errback : Side::Callback;
    const Callable &callable = side == Side::Errback ? link.errback : link.callback;
    const Value input = *m_result;
    if (!callable) {
        record({.kind = EventKind::Pass, .link = link.number, .side = side, .value = &input});
        // An empty side is the identity function, so a Deferred that came as a plain value is waited for here
        // (R11, R27).
        return !input.isDeferred() || takeResultOf(*static_cast<DeferredCore *>(input.object()), link.number);
    }
    record({.kind = EventKind::Run, .link = link.number, .side = side, .value = &input});
    const Outcome outcome = callSide(callable, input);
    m_result = outcome.value;
    record({.kind = outcome.raised ? EventKind::Raise : EventKind::Ret,
            .link = link.number,
            .side = side,
            .value = &outcome.value});
    if (!outcome.value.isDeferred())
        return true;
    return takeResultOf(*static_cast<DeferredCore *>(outcome.value.object()), link.number);
}

Outcome DeferredCore::callSide(const Callable &callable, const Value &input)
{
    m_running = true; // R37: meanwhile m_result is still the input
    Outcome outcome;
    try {
        outcome = callable.function(input);
    } catch (...) {
        outcome = Outcome::raise(Failure::fromCurrentException()); // R38
    }
    m_running = false;
    return outcome;
}

bool DeferredCore::isReady() const { return m_result && !m_result->isDeferred() && m_paused == 0; } // R42

bool DeferredCore::takeResultOf(DeferredCore &inner, qint32 link)
{
    const CoreRef alive(&inner); // m_result, about to change, may be all that holds it
    if (!inner.isReady()) {
        waitFor(inner, link);
        return false;
    }
    m_result = std::exchange(inner.m_result, Value()); // R44
    inner.m_stash.reset();
    record({.kind = EventKind::Steal, .other = inner.id(), .link = link, .value = &*m_result});
    return true;
}

void DeferredCore::waitFor(DeferredCore &inner, qint32 link)
{
    ++m_paused; // R43
    m_waitingOn = inner.id();
    const qint32 entry = inner.m_linksAdded++;
    inner.m_links.push_back({entry, {}, {}, CoreRef(this), link});
    record({.kind = EventKind::Wait, .other = inner.id(), .link = link, .value = &*m_result, .count = entry});
}

CoreRef DeferredCore::handOver(Link link)
{
    DeferredCore &waiter = *link.waiter;
    const Value moved = *m_result;
    waiter.m_result = moved; // R35
    m_result = Value();      // in this order: a Deferred that waited for itself is left with None
    m_stash.reset();
    --waiter.m_paused;
    waiter.record({.kind = EventKind::Resume,
                   .other = id(),
                   .link = link.waiterLink,
                   .value = &moved,
                   .count = link.number});
    return link.waiter;
}

void DeferredCore::settle()
{
    m_stash.reset(); // R50
    if (!m_result->isFailure())
        return;
    m_stash = toFailure(*m_result);
    record({.kind = EventKind::Parked, .value = &*m_result});
}

// ---- Engine ----

Engine::Engine(TraceSink *sink)
    : m_sink(sink)
{
}

std::optional<Deferred> Engine::find(DeferredId id) const
{
    for (DeferredCore *core = m_first; core; core = core->m_older) {
        if (core->DeferredObject::id() == id)
            return Deferred(CoreRef(core));
    }
    return {};
}

Engine::~Engine()
{
    std::vector<CoreRef> alive;
    for (DeferredCore *core = m_first; core; core = core->m_older)
        alive.emplace_back(core);
    // Oldest first: the order in which a person who reads the report met them.
    for (auto core = alive.rbegin(); core != alive.rend(); ++core) {
        if ((*core)->m_stash && m_sink) {
            const Value failure = *(*core)->m_stash;
            (*core)->record({.kind = EventKind::Unhandled, .value = &failure});
        }
    }
    for (const CoreRef &core : alive)
        core->m_engine = nullptr;
    for (const CoreRef &core : alive)
        core->forget();
}

} // namespace deferscope
