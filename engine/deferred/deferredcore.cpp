// SPDX-License-Identifier: MIT
#include "deferredcore.h"

#include "engine/deferred/deferred.h"
#include "engine/value/freelist.h"

#include <QScopedValueRollback>
#include <QSet>

#include <utility>
#include <vector>

namespace deferscope {

using namespace Qt::StringLiterals;

// ---- kinds of links ----

/// Gives the result to a Deferred that waits for it (R35).
struct DeferredCore::HandOver
{
    CoreRef waiter;
    qint32 waiterLink; ///< of the waiter: the one that returned this Deferred

    static const LinkOps ops;
};

const LinkOps DeferredCore::HandOver::ops{{}, Link::destroyer<HandOver>(), true};

namespace {

/// A link of functions whose type is not known here: a script's, or the engine's own.
struct Pair
{
    Callable callback;
    Callable errback;

    template <Callable Pair::*Side> static Left run(Link &link, Value &result)
    {
        const Callable &callable = link.closure<Pair>().*Side;
        const Value input = result;
        Outcome outcome = callable.function(input);
        result = std::move(outcome.value);
        return outcome.raised ? Left::Raised : Left::Returned;
    }
};

constexpr LinkOps::Side Callback = &Pair::run<&Pair::callback>;
constexpr LinkOps::Side Errback = &Pair::run<&Pair::errback>;

template <bool HasCallback, bool HasErrback> struct PairOf : Pair
{
    static constexpr LinkOps ops{{HasCallback ? Callback : nullptr, HasErrback ? Errback : nullptr},
                                 Link::destroyer<PairOf>()};
};

void setPair(Link &link, Callable &&callback, Callable &&errback)
{
    const bool hasCallback = bool(callback);
    const bool hasErrback = bool(errback);
    Pair pair{std::move(callback), std::move(errback)};
    if (hasCallback && hasErrback)
        link.set(PairOf<true, true>{std::move(pair)});
    else if (hasCallback)
        link.set(PairOf<true, false>{std::move(pair)});
    else if (hasErrback)
        link.set(PairOf<false, true>{std::move(pair)});
    else
        link.set(PairOf<false, false>{std::move(pair)});
}

} // namespace

// ---- life ----

DeferredCore &DeferredCore::of(const Deferred &deferred) { return *deferred.m_core; }

void *DeferredCore::operator new(size_t size)
{
    return size == sizeof(DeferredCore) ? FreeList<sizeof(DeferredCore)>::take() : ::operator new(size);
}

void DeferredCore::operator delete(void *memory, size_t size)
{
    if (size == sizeof(DeferredCore))
        FreeList<sizeof(DeferredCore)>::give(memory);
    else
        ::operator delete(memory);
}

DeferredCore::DeferredCore(Engine *engine)
    : m_engine(engine)
{
    if (m_engine)
        enter(u"Deferred"_s);
}

DeferredCore::DeferredCore(Engine *engine, Canceller canceller, const QString &className)
    : m_engine(engine)
{
    if (canceller)
        m_canceller = std::make_unique<Canceller>(std::move(canceller));
    if (m_engine)
        enter(className);
}

void DeferredCore::enter(const QString &className)
{
    m_older = std::exchange(m_engine->m_first, this);
    if (m_older)
        m_older->m_newer = this;
    m_isTraced = m_engine->sink();
    if (m_isTraced)
        setId(m_engine->sink()->created(className, bool(m_canceller)));
    if (m_engine->isDebugging()) [[unlikely]]
        m_engine->m_debugInfo[this].creator = m_engine->m_stack();
}

QString DeferredCore::typeName() const { return u"Deferred"_s; }

DeferredCore::~DeferredCore()
{
    if (m_result.isFailure() || m_replaced) [[unlikely]]
        tellOfFailure();
    if (m_isTraced)
        record({.kind = EventKind::Destroyed});
    if (m_engine) {
        if (!m_engine->m_debugInfo.isEmpty()) [[unlikely]]
            m_engine->m_debugInfo.remove(this);
        (m_newer ? m_newer->m_older : m_engine->m_first) = m_older;
        if (m_older)
            m_older->m_newer = m_newer;
    }
    if (m_letInnerGo)
        m_result.takeObject(); // was not counted, and may be gone
}

/// What a Failure that goes with its Deferred leaves behind.
void DeferredCore::tellOfFailure() const
{
    const Value &told = m_replaced ? *m_replaced : m_result;
    if (m_isUnhandled)
        record({.kind = EventKind::Unhandled, .value = &told});
    else if (m_paused != 0 || m_linksTaken != m_linksAdded)
        record({.kind = EventKind::Lost, .value = &told});
    if (!m_isUnhandled || m_isTraced)
        return;
    const Failure failure = toFailure(told);
    QString text = u"Unhandled error in Deferred: "_s + failure.type().name() + u": "_s + failure.message();
    if (m_engine)
        text += m_engine->debugTextOf(*this);
    qCritical("%s", qPrintable(text));
}

/// Destruction follows the references only so far down the stack; what lies deeper waits for its turn.
void DeferredCore::destroy(DeferredCore *core)
{
    constexpr int MostNested = 32;
    thread_local int depth = 0;
    thread_local DeferredCore *later = nullptr;
    if (depth >= MostNested) {
        core->m_nextToGo = std::exchange(later, core);
        return;
    }
    ++depth;
    delete core;
    while (depth == 1 && later)
        delete std::exchange(later, later->m_nextToGo);
    --depth;
}

void DeferredCore::forget()
{
    stopToWait();
    m_engine = nullptr;
    m_isTraced = false;
    m_isUnhandled = false;
    m_replaced.reset();
    m_links.clear();
    m_hasResult = false;
    const Value result = std::exchange(m_result, {});
    const auto canceller = std::exchange(m_canceller, {});
}

// ---- who keeps whom alive ----

void DeferredCore::startToWait(DeferredCore &inner)
{
    setFloor(1);
    if (!closesRing(inner))
        return;
    m_closesRing = m_letInnerGo = true;
    inner.changeReferences(-1);
    if (!m_isTraced && &inner != this)
        qWarning("Deferreds wait for each other in a ring; none of them can go on.");
}

void DeferredCore::stopToWait()
{
    setFloor(0);
    if (m_letInnerGo)
        inner().retain();
    m_letInnerGo = m_closesRing = false;
}

/// Only who is waited for can close a ring, so that building a deep chain of waits does not look along all of
/// it every time.
bool DeferredCore::closesRing(const DeferredCore &inner) const
{
    if (&inner == this)
        return true;
    if (m_waiters == 0)
        return false;
    int rings = 0;
    for (const DeferredCore *core = &inner; core->isWaiting(); core = &core->inner()) {
        if (&core->inner() == this)
            return true;
        if (core->m_closesRing && ++rings > 1)
            return false;
    }
    return false;
}

void DeferredCore::fellToFloor()
{
    if (references() == 0)
        return destroy(this);
    for (DeferredCore *core = this;;) {
        if (core->m_closesRing) { // and so nobody knows any Deferred of the ring
            core->setFloor(0);
            core->m_closesRing = false;
            const CoreRef alive(core);
            core->m_links.clear();
            return;
        }
        core->m_letInnerGo = true;
        DeferredCore &inner = core->inner();
        const quint32 left = inner.changeReferences(-1);
        if (left > inner.floor())
            return;
        if (left == 0)
            return destroy(&inner);
        core = &inner;
    }
}

void DeferredCore::liftedOffFloor()
{
    for (DeferredCore *core = this; core->m_letInnerGo && !core->m_closesRing;) {
        core->m_letInnerGo = false;
        DeferredCore &inner = core->inner();
        if (inner.changeReferences(1) != inner.floor() + 1 || !inner.isWaiting())
            return;
        core = &inner;
    }
}

// ---- what is told of it ----

void DeferredCore::tell(Occurrence occurrence) const
{
    occurrence.deferred = id();
    m_engine->sink()->record(occurrence);
}

/// What a recorded chain tells most: a side begins or ends with the current result.
inline void DeferredCore::tellOfSide(EventKind kind, Side side, const Taken &link) const
{
    m_engine->sink()->record(
        {.kind = kind, .deferred = id(), .link = link.number, .side = side, .value = &m_result});
}

inline void DeferredCore::tellOfMove(EventKind kind, const DeferredCore &inner, qint32 link,
                                     qint32 entry) const
{
    record({.kind = kind, .other = inner.id(), .link = link, .value = &m_result, .count = entry});
}

QString DeferredCore::repr() const
{
    const auto place = [](const void *object) { return u"0x"_s + QString::number(quintptr(object), 16); };
    const QString who = u"<%1 at %2"_s.arg(typeName(), place(this));
    if (!m_hasResult || m_isInRepr) // the result may hold this Deferred
        return who + u'>';
    if (m_result.isDeferred())
        return who + u" waiting on Deferred at %1>"_s.arg(place(m_result.object()));
    const QScopedValueRollback inRepr(m_isInRepr, true);
    return who + u" current result: %1>"_s.arg(deferscope::repr(m_result));
}

DeferredState DeferredCore::state() const
{
    return {m_called,
            m_paused,
            m_running,
            m_hasResult ? std::optional(m_result) : std::nullopt,
            m_linksAdded - m_linksTaken,
            m_waitingOn,
            m_isUnhandled && (m_replaced || m_result.isFailure())};
}

std::optional<Value> DeferredCore::look()
{
    if (!isReady())
        return std::nullopt;
    countAsHandled();
    return m_result;
}

// ---- links ----

void DeferredCore::recordAdd(const NewLink &link) const
{
    m_engine->sink()->linkAdded(id(), m_linksAdded - 1, link);
}

void DeferredCore::linkAdded(const LinkOps &ops, const Label *callback, const Label *errback)
{
    if (m_isTraced) {
        const bool isBoth = ops.sides[0] && ops.sides[0] == ops.sides[1];
        recordAdd({LinkPurpose::User, bool(ops.sides[0]), bool(ops.sides[1]), isBoth, callback, errback});
    }
    if (m_called)
        drain(); // R10
}

void DeferredCore::add(Callable callback, Callable errback, LinkPurpose purpose, DeferredId serves,
                       bool isBoth)
{
    ++m_linksAdded;
    if (m_isTraced)
        recordAdd({purpose, bool(callback), bool(errback), isBoth, &callback.label, &errback.label, serves});
    setPair(m_links.next(), std::move(callback), std::move(errback));
    m_links.push();
    if (m_called)
        drain(); // R10
}

void DeferredCore::addFirst(Callable errback, LinkPurpose purpose)
{
    m_frontLink = m_linksAdded++;
    if (m_isTraced)
        recordAdd({purpose, false, true, false, nullptr, &errback.label});
    setPair(m_links.pushFirst(), {}, std::move(errback));
}

// ---- firing, pausing, cancelling ----

bool DeferredCore::accept(Value &&value)
{
    if (value.isDeferred() && m_engine && m_engine->options().strictFiring)
        throw RaisedError(exceptions::assertionError()); // R27: before anything changes
    if (m_called) {
        if (m_swallowOne) {
            m_swallowOne = false; // R21, R74
            record({.kind = EventKind::Swallowed, .value = &value});
            return false;
        }
        refuseToFire(value);
    }
    if (m_engine && m_engine->isDebugging()) [[unlikely]]
        m_engine->m_debugInfo[this].invoker = m_engine->m_stack();
    m_called = true;
    const auto dropped = std::move(m_canceller); // R22; outlives this call, its captures may own much
    if (m_isTraced)
        record({.kind = EventKind::Fire, .value = &value});
    m_result = std::move(value);
    m_hasResult = true;
    return true;
}

void DeferredCore::refuseToFire(const Value &value) const // R21
{
    record({.kind = EventKind::Refire, .value = &value});
    const bool isDebugging = m_engine && m_engine->isDebugging();
    throw RaisedError(exceptions::alreadyCalledError(),
                      isDebugging ? m_engine->debugTextOf(*this) : QString());
}

void DeferredCore::pause()
{
    ++m_paused;
    record({.kind = EventKind::Pause, .count = m_paused});
}

void DeferredCore::unpause()
{
    if (isWaiting() && m_paused == 1 && m_engine && m_engine->options().keepsWaiting)
        return;
    --m_paused;
    record({.kind = EventKind::Unpause, .count = m_paused});
    if (m_called)
        drain(); // R61: does nothing while the count is not 0 (R32)
}

namespace {

[[noreturn]] void raiseRecursionError()
{
    throw RaisedError(exceptions::recursionError(), u"maximum recursion depth exceeded"_s);
}

/// A canceller that runs. It may cancel other Deferreds, whose cancellers run inside it: in a ring they would
/// never end.
class RunningCanceller
{
public:
    explicit RunningCanceller(const DeferredCore *of)
        : m_of(of)
        , m_outer(s_innermost)
        , m_depth(m_outer ? m_outer->m_depth + 1 : 1)
    {
        constexpr int Limit = 200; // of the thousand frames of Python's stack, each takes some five
        s_isExhausted = s_isExhausted || m_depth > Limit;
        if (m_depth > Limit || (s_isExhausted && runsAlready()))
            raiseRecursionError();
        s_innermost = this;
    }
    ~RunningCanceller()
    {
        s_innermost = m_outer;
        s_isExhausted = s_isExhausted && m_outer;
    }
    RunningCanceller(const RunningCanceller &) = delete;
    RunningCanceller &operator=(const RunningCanceller &) = delete;

private:
    bool runsAlready() const
    {
        const RunningCanceller *other = m_outer;
        while (other && other->m_of != m_of)
            other = other->m_outer;
        return other;
    }

    const DeferredCore *m_of;
    const RunningCanceller *m_outer;
    const int m_depth;
    static thread_local const RunningCanceller *s_innermost;
    static thread_local bool s_isExhausted; ///< a ring was found: who swallows that does not go round again
};

thread_local const RunningCanceller *RunningCanceller::s_innermost = nullptr;
thread_local bool RunningCanceller::s_isExhausted = false;

} // namespace

void DeferredCore::cancel()
{
    // Inward from Deferred to Deferred (R71), by iteration: a ring of them is an error, not an overflow.
    QSet<const DeferredCore *> visited;
    CoreRef target(this);
    while (target->m_hasResult && target->m_result.isDeferred() && target->handsCancelOn()) {
        if (visited.contains(target.data()))
            raiseRecursionError();
        visited.insert(target.data());
        const CoreRef inner(&target->inner());
        target->record({.kind = EventKind::Cancel, .other = inner->id()});
        target = inner;
    }
    target->record({.kind = EventKind::Cancel});
    if (target->m_called)
        return;
    const RunningCanceller running(target.data());
    target->cancelUnfired();
}

void DeferredCore::cancelUnfired()
{
    if (m_canceller) {
        const Canceller canceller = *m_canceller; // firing drops the member while it runs
        record({.kind = EventKind::Canceller});
        canceller.function(Deferred(CoreRef(this)));
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

// ---- what Chain asks, R30 to R50 ----

Q_ALWAYS_INLINE Left DeferredCore::invoke(const Taken &taken, Side side)
{
    try {
        const Left left = taken.ops->sides[int(side)](*taken.link, m_result);
        if (m_result.isDeferred() && &inner() == this && left == Left::Returned) [[unlikely]]
            tellOfItself(taken.number);
        return left;
    } catch (...) {
        m_result = Failure::fromCurrentException(); // R38
        return Left::Raised;
    }
}

void DeferredCore::endFired(const Taken &taken, Side side)
{
    m_running = false;
    m_result = Value();
    if (m_isTraced)
        tellOfSide(EventKind::Ret, side, taken);
    taken.link->end();
}

/// R40: a link has returned the very Deferred that it is on.
void DeferredCore::tellOfItself(qint32 link)
{
    if (m_engine && m_engine->options().returnedItself)
        m_engine->options().returnedItself(Deferred(CoreRef(this)), link);
    else if (!m_isTraced)
        qWarning("Link %d of a Deferred returned that Deferred, which now waits for itself.", link);
}

Q_ALWAYS_INLINE void DeferredCore::appendHandOver(DeferredCore &waiter, qint32 waiterLink, qint32)
{
    m_links.next().set(HandOver{CoreRef(&waiter), waiterLink});
    m_links.push();
    ++m_waiters;
}

Q_ALWAYS_INLINE DeferredCore::CoreRef DeferredCore::takeWaiter(const Taken &entry)
{
    CoreRef waiter = std::move(entry.link->closure<HandOver>().waiter);
    --m_waiters;
    waiter->stopToWait();
    if (waiter->m_isUnhandled && waiter->m_result.isFailure()) [[unlikely]]
        waiter->m_replaced = std::make_unique<Value>(std::move(waiter->m_result));
    return waiter;
}

Q_ALWAYS_INLINE qint32 DeferredCore::waiterLink(const Taken &entry) { return entry.link->closure<HandOver>().waiterLink; }

inline void DeferredCore::settle()
{
    m_links.rewind();
    if (m_isUnhandled) [[unlikely]]
        m_replaced.reset();
    m_isUnhandled = m_result.isFailure(); // R50
    if (m_isUnhandled && m_isTraced)
        record({.kind = EventKind::Parked, .value = &m_result});
}

template class Chain<DeferredCore, Value>;

// ---- Engine ----

Engine::Engine(TraceSink *sink, EngineOptions options)
    : m_sink(sink)
    , m_options(options)
{
}

QString Engine::debugTextOf(const DeferredCore &core) const
{
    const auto found = m_debugInfo.constFind(&core);
    if (found == m_debugInfo.cend())
        return {};
    QString text;
    const auto tell = [&text](const QString &title, const QString &prefix, const QStringList &stack) {
        if (stack.isEmpty())
            return;
        text += u'\n' + prefix + title;
        for (const QString &line : stack)
            text += u'\n' + prefix + line;
    };
    tell(u" Deferred was created:"_s, u" C:"_s, found->creator);
    tell(u" First Invoker was:"_s, u" I:"_s, found->invoker);
    return text;
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
        if ((*core)->m_result.isFailure() || (*core)->m_replaced)
            (*core)->tellOfFailure();
    }
    for (const CoreRef &core : alive) {
        core->m_engine = nullptr;
        core->m_isTraced = false;
    }
    for (const CoreRef &core : alive)
        core->forget();
}

} // namespace deferscope
