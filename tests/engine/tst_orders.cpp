// SPDX-License-Identifier: GPL-3.0-or-later
#include "story.h"

#include "engine/deferred/await.h"
#include "engine/deferred/locks.h"
#include "engine/task/deferlater.h"
#include "engine/task/loopingcall.h"

using namespace deferscope;
using namespace deferscope::test;

/// The order of things in programs that were observed under real Twisted, a row each, under the numbers of
/// those observations.
class tst_Orders : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void basics_data();
    void basics() { compareStory(); }
    void nestedAndShared_data();
    void nestedAndShared() { compareStory(); }
    void errors_data();
    void errors() { compareStory(); }
    void cancelsAndTimeouts_data();
    void cancelsAndTimeouts() { compareStory(); }
    void firingAndPausing_data();
    void firingAndPausing() { compareStory(); }
    void compositesAndClock_data();
    void compositesAndClock() { compareStory(); }
    void firedFromAThread();
};

namespace {

/// A coroutine that yields each of \a awaited and notes what came.
class Yields final : public Suspendable
{
public:
    Yields(World &world, const QString &name, const QList<Deferred> &awaited)
        : m_world(world)
        , m_name(name)
        , m_awaited(awaited)
    {
    }
    Progress resume(const Value &sent) override
    {
        if (m_begun)
            m_world.note(m_name + u" got "_s + (sent.isDeferred() ? u"a Deferred"_s : repr(sent)));
        m_begun = true;
        if (sent.isFailure())
            return {Progress::Kind::Raised, sent};
        if (m_awaited.isEmpty())
            return {Progress::Kind::Returned, {}};
        return {Progress::Kind::Yielded, m_awaited.takeFirst()};
    }
    Label label() const override { return {m_name, {}}; }

private:
    World &m_world;
    QString m_name;
    QList<Deferred> m_awaited;
    bool m_begun = false;
};

Deferred awaits(Engine *, World *world, QList<Deferred> awaited)
{
    while (!awaited.isEmpty()) {
        const Deferred next = awaited.takeFirst();
        const Value value = co_await next;
        world->note(u"got "_s + repr(value));
    }
    co_return {};
}

} // namespace

void tst_Orders::basics_data()
{
    storyColumns();
    row(
        "S01: on a fired Deferred a callback runs inside addCallback",
        [](World &w) {
            Deferred d = succeed(10, &w.engine);
            d.addCallback(named("add1", [](const Value &v) { return Outcome::returned(v.toInt() + 1); }));
            tell(w, d);
            d.addCallback(returns("lost", {})).addCallback(same("last"));
        },
        uR"(
            add1(10)
            #1 has 11
            lost(11)
            last(None)
        )");
    row(
        "S02: the outer waits, and goes on before the inner's later links",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = w.deferred();
            outer.addCallback(returns("cb1", inner)).addCallback(same("cb2"));
            w.clock.callLater(2, {[inner]() mutable { inner.callback(u"X"_s); }, {}, {}});
            outer.callback(1);
            tell(w, outer);
            inner.addCallback(same("late"));
            w.note(u"%1 links in inner"_s.arg(inner.state().linksLeft));
            w.clock.advance(2);
            tell(w, outer);
            tell(w, inner);
        },
        uR"(
            cb1(1)
            #2 waits for #1
            2 links in inner
            cb2('X')
            late(None)
            #2 has 'X'
            #1 has None
        )");
    row(
        "S03a: one inner after the other",
        [](World &w) {
            Deferred i1 = w.deferred();
            Deferred i2 = w.deferred();
            Deferred d = w.deferred();
            d.addCallback(returns("a", i1)).addCallback(returns("b", i2)).addCallback(same("c"));
            w.clock.callLater(1, {[i1]() mutable { i1.callback(u"one"_s); }, {}, {}});
            w.clock.callLater(3, {[i2]() mutable { i2.callback(u"two"_s); }, {}, {}});
            d.callback(0);
            w.clock.advance(1);
            w.note(u"1 s"_s);
            w.clock.advance(2);
            tell(w, i1);
            tell(w, i2);
        },
        uR"(
            a(0)
            b('one')
            1 s
            c('two')
            #1 has None
            #2 has None
        )");
    row(
        "S03b: chainDeferred fires the other one in between",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            a.addCallback(named("a1", [](const Value &v) { return Outcome::returned(v.toInt() * 2); }));
            a.chainDeferred(b);
            a.addCallback(same("a2"));
            b.addCallback(same("b1"));
            a.callback(5);
            tell(w, a);
            tell(w, b);
        },
        uR"(
            a1(5)
            b1(10)
            a2(None)
            #1 has None
            #2 has 10
        )");
}

void tst_Orders::nestedAndShared_data()
{
    storyColumns();
    row(
        "S04: inside out, then the leftovers",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred mid = w.deferred();
            Deferred leaf = w.deferred();
            outer.addCallback(returns("o1", mid)).addCallback(same("o2"));
            mid.addCallback(returns("m1", leaf)).addCallback(same("m2"));
            leaf.addCallback(same("l1"));
            outer.callback(0);
            mid.addCallback(same("m_after"));
            mid.callback(0);
            leaf.addCallback(same("l_after"));
            leaf.callback(u"L"_s);
        },
        uR"(
            o1(0)
            m1(0)
            l1('L')
            m2('L')
            o2('L')
            m_after(None)
            l_after(None)
        )");
    row(
        "S05: three levels that were fired and parked before they were returned",
        [](World &w) {
            Deferred deepest = w.deferred();
            Deferred d2 = succeed(0, &w.engine);
            d2.addCallback(returns("c2", deepest)).addCallback(same("c2b"));
            Deferred d1 = succeed(0, &w.engine);
            d1.addCallback(returns("c1", d2)).addCallback(same("c1b"));
            Deferred d0 = succeed(0, &w.engine);
            d0.addCallback(returns("c0", d1)).addCallback(same("c0b"));
            deepest.callback(u"deep"_s);
            tell(w, d1);
            tell(w, d2);
            tell(w, deepest);
        },
        uR"(
            c2(0)
            c1(0)
            c0(0)
            c2b('deep')
            c1b('deep')
            c0b('deep')
            #3 has None
            #2 has None
            #1 has None
        )");
    row(
        "S06: a fired inner is not waited for, and is left with None",
        [](World &w) {
            Deferred inner = succeed(u"ready"_s, &w.engine);
            succeed(0, &w.engine).addCallback(returns("a", inner)).addCallback(same("b"));
            inner.addCallback(same("later"));
        },
        uR"(
            a(0)
            b('ready')
            later(None)
        )");
    row(
        "S07: a failing inner, with links behind the hand-over",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("a", inner));
            outer.addErrback(returns("eb", u"rescued"_s)).addCallback(same("z"));
            inner.addBoth(same("after"));
            inner.errback(failureOf("x"));
        },
        uR"(
            a(0)
            eb(Boom: x)
            z('rescued')
            after(None)
        )");
    row(
        "S14a: of two that wait, the one that waited first gets the value",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            a.addCallback(returns("a1", inner)).addCallback(same("a2"));
            b.addCallback(returns("b1", inner)).addCallback(same("b2"));
            b.callback(0);
            a.callback(0);
            inner.callback(u"V"_s);
        },
        uR"(
            b1(0)
            a1(0)
            b2('V')
            a2(None)
        )");
    row(
        "S14b: of two that steal, and of two that wait for a failure",
        [](World &w) {
            Deferred ready = succeed(u"V"_s, &w.engine);
            succeed(0, &w.engine).addCallback(returns("a1", ready)).addCallback(same("a2"));
            succeed(0, &w.engine).addCallback(returns("b1", ready)).addCallback(same("b2"));
            Deferred failing = w.deferred();
            Deferred c = succeed(0, &w.engine);
            c.addCallback(returns("c1", failing)).addBoth(returns("c2", 0));
            Deferred e = succeed(0, &w.engine);
            e.addCallback(returns("e1", failing)).addBoth(same("e2"));
            failing.errback(failureOf("x"));
        },
        uR"(
            a1(0)
            a2('V')
            b1(0)
            b2(None)
            c1(0)
            e1(0)
            c2(Boom: x)
            e2(None)
        )");
    row(
        "S14c: a link between the two that wait gives the second its value",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred a = succeed(0, &w.engine);
            a.addCallback(returns("a1", inner)).addCallback(same("a2"));
            inner.addCallback(returns("x", u"fromx"_s));
            Deferred b = succeed(0, &w.engine);
            b.addCallback(returns("b1", inner)).addCallback(same("b2"));
            inner.callback(u"V"_s);
        },
        uR"(
            a1(0)
            b1(0)
            a2('V')
            x(None)
            b2('fromx')
        )");
    row(
        "S15: links of the inner before and after its return",
        [](World &w) {
            Deferred inner = w.deferred();
            inner.addCallback(returns("pre", u"VAL"_s));
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("o1", inner)).addCallback(same("o2")).addCallback(same("o3"));
            inner.addCallback(same("post1")).addCallback(same("post2"));
            inner.callback(u"val"_s);
        },
        uR"(
            o1(0)
            pre('val')
            o2('VAL')
            o3('VAL')
            post1(None)
            post2(None)
        )");
    row(
        "S20: a Deferred that is returned while a callback of it runs loses that one's argument",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = w.deferred();
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            inner.addCallback(named("i1", [outer](const Value &) mutable {
                outer.callback(0);
                return Outcome::returned(u"i1-result"_s);
            }));
            inner.addCallback(same("i2"));
            inner.callback(u"i-arg"_s);
        },
        uR"(
            i1('i-arg')
            o1(0)
            o2('i-arg')
            i2('i1-result')
        )");
    row(
        "S27: a callback that fires the inner itself and then returns it",
        [](World &w) {
            Deferred inner = w.deferred();
            inner.addCallback(returns("i1", u"v!"_s));
            Deferred outer = w.deferred();
            outer.addCallback(named("o1", [inner](const Value &) mutable {
                inner.callback(u"v"_s);
                return Outcome::returned(inner);
            }));
            outer.addCallback(same("o2"));
            outer.callback(0);
        },
        uR"(
            o1(0)
            i1('v')
            o2('v!')
        )");
    row(
        "S47: adding to the inner from the resumed outer runs the inner's links in its middle",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("o1", inner));
            outer.addCallback(does("o2", [inner, &w]() mutable {
                inner.addCallback(same("x"));
                w.note(u"o2 goes on"_s);
            }));
            outer.addCallback(same("o3"));
            inner.addCallback(same("p"));
            inner.callback(u"V"_s);
        },
        uR"(
            o1(0)
            o2('V')
            p(None)
            x(None)
            o2 goes on
            o3('V')
        )");
    row(
        "S69: the same inner returned twice",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("o1", inner)).addCallback(returns("o2", inner)).addCallback(same("o3"));
            inner.callback(u"V"_s);
        },
        uR"(
            o1(0)
            o2('V')
            o3(None)
        )");
    row(
        "S76: two coroutines that yield the same Deferred",
        [](World &w) {
            Deferred d = w.deferred();
            const QList<Deferred> awaited{d};
            Deferred a = runCoroutine(std::make_shared<Yields>(w, u"first"_s, awaited), &w.engine);
            Deferred b = runCoroutine(std::make_shared<Yields>(w, u"second"_s, awaited), &w.engine);
            d.callback(u"V"_s);
        },
        uR"(
            first got 'V'
            second got None
        )");
    row(
        "S61: what was awaited until it fired has given its result away",
        [](World &w) {
            Deferred u = w.deferred();
            Deferred v = w.deferred();
            Deferred run = awaits(&w.engine, &w, {u, v, u});
            u.callback(u"U"_s);
            v.callback(u"V"_s);
        },
        uR"(
            got 'U'
            got 'V'
            got None
        )");
    row(
        "S45: what had fired before stays readable",
        [](World &w) {
            Deferred u = succeed(u"U"_s, &w.engine);
            Deferred run = awaits(&w.engine, &w, {u, u});
        },
        uR"(
            got 'U'
            got 'U'
        )");
}

void tst_Orders::errors_data()
{
    storyColumns();
    row(
        "S08: across to the errbacks, and back",
        [](World &w) {
            w.deferred()
                .addCallback(raises("a", "key"))
                .addCallback(same("cb"))
                .addErrback(returns("eb1", u"ok"_s))
                .addErrback(same("eb"))
                .addCallback(same("c"))
                .callback(1);
        },
        uR"(
            a(1)
            eb1(Boom: key)
            c('ok')
        )");
    row(
        "S08: the errback beside a callback that raises is not called",
        [](World &w) {
            w.deferred()
                .addCallbacks(raises("p_cb", "x"), same("p_eb"))
                .addErrback(returns("next", 0))
                .callback(1);
        },
        uR"(
            p_cb(1)
            next(Boom: x)
        )");
    row(
        "S09: an errback that returns an unfired Deferred",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred d = w.deferred();
            d.addErrback(returns("eb", inner)).addCallback(same("cb2"));
            d.errback(failureOf("x"));
            inner.callback(u"fallback"_s);
        },
        uR"(
            eb(Boom: x)
            cb2('fallback')
        )");
    row(
        "S25: whatever is thrown stays inside the chain",
        [](World &w) {
            w.deferred()
                .addCallback(named("interrupted",
                                   [](const Value &) -> Outcome {
                                       throw RaisedError(exceptions::baseException(), u"interrupt"_s);
                                   }))
                .addErrback(returns("eb1", 0))
                .addCallback(named("a number", [](const Value &) -> Outcome { throw 3; }))
                .addErrback(returns("eb2", 0))
                .callback(0);
            w.note(u"callback() returned"_s);
        },
        uR"(
            interrupted(0)
            eb1(BaseException: interrupt)
            a number(0)
            eb2(Exception: an exception of an unknown type)
            callback() returned
        )");
    row(
        "S26: an exception that is returned is a value",
        [](World &w) {
            const Value exception = ObjectRef(makeException(boom(), u"x"_s));
            w.deferred()
                .addCallback(returns("f", exception))
                .addCallbacks(same("cb"), same("eb"))
                .callback(0);
        },
        uR"(
            f(0)
            cb(Boom('x'))
        )");
    row(
        "S44: an errback that raises replaces the failure",
        [](World &w) {
            w.deferred()
                .addErrback(raises("eb1", "second"))
                .addErrback(returns("eb2", 0))
                .errback(failureOf("first"));
        },
        uR"(
            eb1(Boom: first)
            eb2(Boom: second)
        )");
    row(
        "S22, S62: reported when the last reference goes; handled late, never",
        [](World &w) {
            {
                Deferred dropped = fail(failureOf("dropped"), &w.engine);
                w.note(u"held"_s);
            }
            Deferred late = fail(failureOf("late"), &w.engine);
            late.addErrback(returns("eb", 0));
        },
        uR"(
            held
            unhandled Boom: dropped
            eb(Boom: late)
        )");
    row(
        "S48: the member of gatherResults reports its failure though that was handled",
        [](World &w) {
            {
                Deferred member = fail(failureOf("x"), &w.engine);
                gatherResults({member}, false, &w.engine).addErrback(returns("handled", 0));
            }
            Deferred consumed = fail(failureOf("y"), &w.engine);
            gatherResults({consumed}, true, &w.engine).addErrback(returns("handled", 0));
        },
        uR"(
            handled(FirstError: FirstError[#0, Boom: x])
            unhandled Boom: x
            handled(FirstError: FirstError[#0, Boom: y])
        )");
    row(
        "S58, S59: a failure stored while paused is never reported",
        [](World &w) {
            Deferred d = w.deferred();
            d.pause();
            d.errback(failureOf("x"));
        },
        uR"()");
}

void tst_Orders::cancelsAndTimeouts_data()
{
    storyColumns();
    row(
        "S10a: cancelling the outer fails the inner, which then swallows one late firing",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("ask", inner));
            outer.addErrback(returns("eb", u"recovered"_s)).addCallback(same("z"));
            outer.cancel();
            inner.callback(u"late"_s);
            w.attempt([&] { inner.callback(u"again"_s); });
        },
        uR"(
            ask(0)
            eb(CancelledError)
            z('recovered')
            raised AlreadyCalledError
        )");
    row(
        "S10b: of three only the innermost's canceller runs",
        [](World &w) {
            Deferred outer = w.deferred([](const Deferred &) {});
            Deferred mid = w.deferred([](const Deferred &) {});
            Deferred leaf = w.deferred([](Deferred d) { d.errback(failureOf("leaf")); });
            outer.addCallback(returns("o", mid)).addErrback(returns("o_eb", 0));
            mid.addCallback(returns("m", leaf)).addErrback(same("m_eb"));
            outer.callback(0);
            mid.callback(0);
            outer.cancel();
        },
        uR"(
            o(0)
            m(0)
            canceller #3
            m_eb(Boom: leaf)
            o_eb(Boom: leaf)
        )");
    row(
        "S11: five kinds of cancellers",
        [](World &w) {
            const auto cancels = [&w](Deferred d) {
                d.addCallbacks(same("cb"), returns("eb", 0));
                w.attempt([&] { d.cancel(); });
                w.attempt([&] { d.callback(u"late"_s); });
            };
            cancels(w.deferred());
            cancels(w.deferred([](const Deferred &) {}));
            cancels(w.deferred([](Deferred d) { d.callback(u"from canceller"_s); }));
            cancels(w.deferred([](Deferred d) { d.errback(failureOf("its own")); }));
            cancels(w.deferred([](const Deferred &) { throw RaisedError(boom(), u"in it"_s); }));
        },
        uR"(
            eb(CancelledError)
            canceller #2
            eb(CancelledError)
            raised AlreadyCalledError
            canceller #3
            cb('from canceller')
            raised AlreadyCalledError
            canceller #4
            eb(Boom: its own)
            raised AlreadyCalledError
            canceller #5
            raised Boom
            cb('late')
        )");
    row(
        "S46: the second of two that wait is cancelled, and the first feels it",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred a = succeed(0, &w.engine);
            a.addCallback(returns("a", inner)).addBoth(returns("a_next", 0));
            Deferred b = succeed(0, &w.engine);
            b.addCallback(returns("b", inner)).addBoth(same("b_next"));
            b.cancel();
        },
        uR"(
            a(0)
            b(0)
            a_next(CancelledError)
            b_next(None)
        )");
    row(
        "S49: an errback that fires the cancelled Deferred uses up the one late firing",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(named("eb", [d](const Value &) mutable {
                d.callback(u"fallback"_s);
                return Outcome::returned(u"done"_s);
            }));
            d.cancel();
            tell(w, d);
            w.attempt([&] { d.callback(u"late"_s); });
        },
        uR"(
            eb(CancelledError)
            #1 has 'done'
            raised AlreadyCalledError
        )");
    row(
        "S50: the producer of a Deferred that timed out gets AlreadyCalledError",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) {});
            d.addTimeout(1, w.clock);
            d.addErrback(returns("eb", 0));
            w.clock.callLater(2, {[d, &w]() mutable { w.attempt([&] { d.callback(5); }); }, {}, {}});
            w.clock.advance(1);
            w.clock.advance(1);
        },
        uR"(
            canceller #1
            eb(TimeoutError: (1, 'Deferred'))
            raised AlreadyCalledError
        )");
    row(
        "S12: an errback before addTimeout sees the cancellation, one after it the timeout",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(same("before"));
            d.addTimeout(5, w.clock);
            d.addErrback(returns("after", 0));
            w.clock.advance(5);
            d.callback(u"late"_s);
        },
        uR"(
            before(CancelledError)
            after(TimeoutError: (5, 'Deferred'))
        )");
    row(
        "S12: a timeout reaches what is waited for",
        [](World &w) {
            Deferred inner = w.deferred([](const Deferred &) {});
            Deferred outer = w.deferred();
            outer.addCallback(returns("ask", inner));
            outer.addTimeout(3, w.clock);
            outer.addErrback(returns("eb", 0));
            outer.callback(0);
            w.clock.advance(3);
        },
        uR"(
            ask(0)
            canceller #1
            eb(TimeoutError: (3, 'Deferred'))
        )");
    row(
        "S12: onTimeoutCancel gives the result",
        [](World &w) {
            Deferred d = w.deferred();
            d.addTimeout(2, w.clock, [&w](const Value &result, const Value &seconds) {
                w.note(u"onTimeoutCancel(%1, %2)"_s.arg(repr(result), repr(seconds)));
                return Outcome::returned(u"custom"_s);
            });
            d.addCallback(same("after"));
            w.clock.advance(2);
        },
        uR"(
            onTimeoutCancel(CancelledError, 2)
            after('custom')
        )");
    row(
        "S12: links behind addTimeout are not covered",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred d = w.deferred();
            d.addTimeout(2, w.clock);
            d.addCallback(returns("ask", inner));
            d.callback(0);
            w.clock.advance(100);
            tell(w, d);
        },
        uR"(
            ask(0)
            #2 waits for #1
        )");
    row(
        "S56, S73: an inner that swallows the cancellation, and no TimeoutError",
        [](World &w) {
            Deferred inner = w.deferred();
            inner.addErrback(returns("swallows", u"default"_s));
            Deferred outer = w.deferred();
            outer.addCallback(returns("ask", inner));
            outer.addTimeout(1, w.clock);
            outer.addCallback(same("next"));
            outer.callback(0);
            w.clock.advance(1);
        },
        uR"(
            ask(0)
            swallows(CancelledError)
            next('default')
        )");
    row(
        "S79: cancelling a coroutine cancels what it waits for",
        [](World &w) {
            Deferred j = w.deferred([](const Deferred &) {});
            Deferred run = runCoroutine(std::make_shared<Yields>(w, u"it"_s, QList<Deferred>{j}), &w.engine);
            run.addErrback(returns("e_eb", 0));
            run.cancel();
        },
        uR"(
            canceller #2
            canceller #1
            it got CancelledError
            e_eb(CancelledError)
        )");
}

void tst_Orders::firingAndPausing_data()
{
    storyColumns();
    row(
        "S13: fired twice, the firer hears of it, and so does the chain when it is the firer",
        [](World &w) {
            Deferred d = succeed(1, &w.engine);
            w.attempt([&] { d.callback(2); });
            w.attempt([&] { d.errback(failureOf("x")); });
            Deferred own = w.deferred();
            own.addCallback(does("fires itself", [own]() mutable { own.callback(3); }));
            own.addErrback([&w](const Failure &failure) { w.note(failure.type().name()); }, {u"next"_s, {}});
            own.callback(0);
        },
        uR"(
            raised AlreadyCalledError
            raised AlreadyCalledError
            fires itself(0)
            next(AlreadyCalledError)
            AlreadyCalledError
        )");
    row(
        "S16: a link that a running callback adds comes last",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(does("c1", [d]() mutable { d.addCallback(same("c3")); }));
            d.addCallback(same("c2"));
            d.callback(0);
        },
        uR"(
            c1(0)
            c2(0)
            c3(0)
        )");
    row(
        "S28: a callback that fires another Deferred waits for its chain",
        [](World &w) {
            Deferred b = w.deferred();
            b.addCallback(same("b1")).addCallback(same("b2"));
            Deferred a = w.deferred();
            a.addCallback(does("a1", [b]() mutable { b.callback(1); })).addCallback(same("a2"));
            a.callback(0);
        },
        uR"(
            a1(0)
            b1(1)
            b2(1)
            a2(0)
        )");
    row(
        "S29: 20,000 that were returned, and 5,000 that were chained, are all delivered",
        [](World &w) {
            Deferred innermost;
            Deferred outermost = innermost;
            for (int i = 0; i < 20'000; ++i) {
                Deferred next = succeed(0);
                next.addCallback([outermost](const Value &) { return Outcome::returned(outermost); });
                outermost = next;
            }
            outermost.addCallback([&w](const Value &value) { w.note(u"returned: "_s + repr(value)); });
            innermost.callback(u"V"_s);
            Deferred first;
            Deferred last = first;
            for (int i = 0; i < 5'000; ++i) {
                Deferred next;
                last.chainDeferred(next);
                last = next;
            }
            last.addCallback([&w](const Value &value) { w.note(u"chained: "_s + repr(value)); });
            first.callback(u"V"_s);
        },
        uR"(
            returned: 'V'
            chained: 'V'
        )");
    row(
        "S18: two pauses take two unpauses",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(same("f"));
            d.pause();
            d.pause();
            d.callback(0);
            d.unpause();
            w.note(u"once"_s);
            d.unpause();
        },
        uR"(
            once
            f(0)
        )");
    row(
        "S18: a pause from an own callback holds what is added later",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(does("e1", [d]() mutable { d.pause(); })).addCallback(same("e2"));
            d.callback(0);
            d.addCallback(same("e3"));
            w.note(u"unpauses"_s);
            d.unpause();
        },
        uR"(
            e1(0)
            e2(0)
            unpauses
            e3(0)
        )");
    row(
        "S18: a count below 0 blocks; pause() brings it to 0 and runs nothing, the next add runs all",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(same("f"));
            d.unpause();
            d.callback(0);
            d.pause();
            w.note(u"count %1"_s.arg(d.state().paused));
            d.addCallback(same("g"));
        },
        uR"(
            count 0
            f(0)
            g(0)
        )");
    row(
        "S23: a waiter that was paused takes the value, and the inner's own links are stranded",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            outer.pause();
            inner.addCallback(same("stranded"));
            inner.callback(u"V"_s);
            tell(w, inner);
            outer.unpause();
            w.note(u"%1 left in inner"_s.arg(inner.state().linksLeft));
            inner.addCallback(same("frees it"));
        },
        uR"(
            o1(0)
            #1 has None
            o2('V')
            1 left in inner
            stranded(None)
            frees it(None)
        )");
    row(
        "S24: unpausing a waiter gives it the inner itself, and wedges it",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("o1", inner)).addCallback(returns("o2", 0)).addCallback(same("o3"));
            outer.unpause();
            inner.callback(u"V"_s);
            w.note(u"count %1"_s.arg(outer.state().paused));
            outer.addCallback(same("never"));
        },
        uR"(
            o1(0)
            o2(Deferred #1)
            o3(0)
            count -1
        )");
    row(
        "S24: a failure of the wedged chain is reported though a late hand-over has replaced it",
        [](World &w) {
            {
                Deferred inner = w.deferred();
                Deferred outer = succeed(0, &w.engine);
                outer.addCallback(returns("o1", inner)).addCallback(raises("o2", "x"));
                outer.unpause();
                inner.callback(u"V"_s);
                tell(w, outer);
            }
            w.note(u"dropped"_s);
        },
        uR"(
            o1(0)
            o2(Deferred #1)
            #2 has 'V'
            unhandled Boom: x
            dropped
        )");
    row(
        "S24: unless links have run since",
        [](World &w) {
            {
                Deferred inner = w.deferred();
                Deferred outer = succeed(0, &w.engine);
                outer.addCallback(returns("o1", inner)).addCallback(raises("o2", "x"));
                outer.unpause();
                inner.callback(u"V"_s);
                outer.pause();
                outer.addCallback(raises("o3", "y"));
                outer.addErrback(raises("o4", "z"));
            }
            w.note(u"dropped"_s);
        },
        uR"(
            o1(0)
            o2(Deferred #1)
            o3('V')
            o4(Boom: y)
            unhandled Boom: z
            dropped
        )");
    row(
        "S24: a coroutine that is given what it waits for ends as any other",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("own", [d](const Value &) { return Outcome::returned(d); }));
            Deferred run = runCoroutine(std::make_shared<Yields>(w, u"it"_s, QList<Deferred>{d}), &w.engine);
            d.callback(0);
            d.unpause();
            tell(w, run);
            tell(w, d);
        },
        uR"(
            own(0)
            it got a Deferred
            #2 has None
            #1 has None
        )");
    row(
        "S19a: one that waits for itself cannot be cancelled",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("own", [d](const Value &) { return Outcome::returned(d); }));
            d.callback(0);
            tell(w, d);
            w.attempt([&] { d.cancel(); });
        },
        uR"(
            own(0)
            #1 waits for #1
            raised RecursionError
        )");
    row(
        "S19b: nor can two that wait for each other",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            a.addCallback(returns("a", b));
            b.addCallback(returns("b", a));
            a.callback(0);
            b.callback(0);
            w.attempt([&] { a.cancel(); });
        },
        uR"(
            a(0)
            b(0)
            raised RecursionError
        )");
    row(
        "S42, S71: a paused inner is waited for, fired or not",
        [](World &w) {
            Deferred fired = succeed(u"V"_s, &w.engine);
            Deferred unfired = w.deferred();
            for (Deferred inner : {fired, unfired}) {
                inner.pause();
                Deferred outer = succeed(0, &w.engine);
                outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
                if (inner == unfired)
                    inner.callback(u"W"_s);
                w.note(u"unpauses"_s);
                inner.unpause();
            }
        },
        uR"(
            o1(0)
            unpauses
            o2('V')
            o1(0)
            unpauses
            o2('W')
        )");
    row(
        "S64: when a body runs depends on whether its Deferred has fired",
        [](World &w) {
            Deferred network = w.deferred();
            for (Deferred source : {succeed(u"cached"_s, &w.engine), network}) {
                source.addCallback(same("body"));
                w.note(u"the following statement"_s);
            }
            network.callback(u"late"_s);
        },
        uR"(
            body('cached')
            the following statement
            the following statement
            body('late')
        )");
    row(
        "S77: with an unfired inner that is dropped all that waits for it goes",
        [](World &w) {
            const auto witness = std::make_shared<int>(0);
            {
                Deferred inner;
                Deferred outer = succeed(0);
                outer.addCallback([inner](const Value &) { return Outcome::returned(inner); });
                outer.addCallback([witness](const Value &) {});
            }
            w.note(witness.use_count() == 1 ? u"gone"_s : u"kept"_s);
        },
        uR"(gone)");
}

void tst_Orders::compositesAndClock_data()
{
    storyColumns();
    row(
        "S17: a list and the links of its members",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred list = DeferredList({a, b}, {}, &w.engine);
            list.addCallback(same("dl"));
            a.addCallback(same("a_after"));
            b.addErrback(returns("b_after", 0));
            b.errback(failureOf("x"));
            a.callback(u"A"_s);
        },
        uR"(
            b_after(Boom: x)
            dl([(True, 'A'), (False, Boom: x)])
            a_after('A')
        )");
    row(
        "S17: fireOnOneErrback fires before the member's own links, and cancels nobody later",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred list = DeferredList({a, b}, {.fireOnOneErrback = true}, &w.engine);
            list.addErrback(returns("dl", 0));
            b.addErrback(returns("b_after", 0));
            b.errback(failureOf("x"));
            list.cancel();
            tell(w, a);
        },
        uR"(
            dl(FirstError: FirstError[#1, Boom: x])
            b_after(Boom: x)
            #1 is unfired
        )");
    row(
        "S17: fireOnOneCallback, an empty list, and cancel",
        [](World &w) {
            Deferred slow = w.deferred();
            Deferred fast = w.deferred();
            Deferred one = DeferredList({slow, fast}, {.fireOnOneCallback = true}, &w.engine);
            one.addCallback(same("one"));
            fast.callback(u"fast"_s);
            DeferredList({}, {}, &w.engine).addCallback(same("none"));
            Deferred member = w.deferred();
            Deferred cancelled = DeferredList({member}, {.consumeErrors = true}, &w.engine);
            cancelled.addCallback(same("cancelled"));
            cancelled.cancel();
        },
        uR"(
            one(('fast', 1))
            none([])
            cancelled([(False, CancelledError)])
        )");
    row(
        "S31: every call of one advance sees its target time",
        [](World &w) {
            const auto call
                = [&w](double seconds, const QString &name, const std::function<void()> &more = {}) {
                      w.clock.callLater(seconds,
                                        {[&w, name, more] {
                                             w.note(u"%1 at %2"_s.arg(name).arg(w.clock.seconds()));
                                             if (more)
                                                 more();
                                         },
                                         {},
                                         {}});
                  };
            call(1, u"b"_s);
            call(1, u"c"_s);
            call(0.5, u"a"_s, [call] {
                call(0.4, u"later"_s);
                call(0, u"at once"_s);
            });
            w.clock.advance(1);
            w.note(u"next is due at %1"_s.arg(w.clock.nextDue()));
        },
        uR"(
            a at 1
            b at 1
            c at 1
            at once at 1
            next is due at 1.4
        )");
    row(
        "S32: the next holder runs inside release()",
        [](World &w) {
            DeferredLock lock(&w.engine);
            lock.acquire();
            lock.acquire().addCallback(does("b", [lock, &w]() mutable {
                lock.release();
                w.note(u"b has released"_s);
            }));
            lock.acquire().addCallback(same("c"));
            lock.release();
        },
        uR"(
            b(None)
            c(None)
            b has released
        )");
    row(
        "S75: 400 quick holders all get the lock",
        [](World &w) {
            DeferredLock lock;
            lock.acquire();
            int granted = 0;
            QList<Deferred> runs;
            for (int i = 0; i < 400; ++i)
                runs.append(lock.run([&granted] { return Outcome::returned(++granted); }));
            lock.release();
            w.note(u"%1 granted, %2"_s.arg(granted).arg(lock.isLocked() ? u"locked"_s : u"free"_s));
        },
        uR"(400 granted, free)");
    row(
        "S67: two tokens for jobs of 1, 2, 1 and 2 s",
        [](World &w) {
            DeferredSemaphore semaphore(2);
            QList<Deferred> jobs;
            const QList<double> lengths{1, 2, 1, 2};
            for (int job = 0; job < lengths.size(); ++job) {
                jobs.append(semaphore.run([&w, job, length = lengths.at(job)] {
                    w.note(u"start %1"_s.arg(job));
                    const auto ends = [&w, job](const Value &) {
                        w.note(u"end %1"_s.arg(job));
                        return Outcome::returned(job);
                    };
                    return Outcome::returned(deferLater(w.clock, length, {ends, {}}));
                }));
            }
            Deferred all = gatherResults(jobs);
            all.addCallback([&w](const Value &results) { w.note(u"all "_s + repr(results)); });
            for (int second = 1; second <= 4; ++second) {
                w.note(u"%1 s"_s.arg(second));
                w.clock.advance(1);
            }
        },
        uR"(
            start 0
            start 1
            1 s
            end 0
            start 2
            2 s
            end 1
            start 3
            end 2
            3 s
            4 s
            end 3
            all [0, 1, 2, 3]
        )");
    row(
        "S36: a loop waits for its function, keeps to its grid, and ends with an error",
        [](World &w) {
            Deferred slow;
            int tick = 0;
            LoopingCall loop(
                [&] {
                    w.note(u"tick %1 at %2"_s.arg(++tick).arg(w.clock.seconds()));
                    if (tick == 4)
                        throw RaisedError(boom(), u"enough"_s);
                    return Outcome::returned(tick == 2 ? Value(slow) : Value());
                },
                w.clock);
            Deferred end = loop.start(1);
            end.addErrback([&w](const Failure &failure) { w.note(u"ends: "_s + failure.message()); });
            w.clock.callLater(3.5, {[slow]() mutable { slow.callback(); }, {}, {}});
            for (int half = 0; half < 12; ++half)
                w.clock.advance(0.5);
        },
        uR"(
            tick 1 at 0
            tick 2 at 1
            tick 3 at 4
            tick 4 at 5
            ends: enough
        )");
    row(
        "S43: a list that a callback returns is waited for",
        [](World &w) {
            Deferred member = w.deferred();
            succeed(0, &w.engine)
                .addCallback(named(
                    "ask",
                    [&](const Value &) { return Outcome::returned(DeferredList({member}, {}, &w.engine)); }))
                .addCallback(same("next"));
            w.note(u"it waits"_s);
            member.callback(5);
        },
        uR"(
            ask(0)
            it waits
            next([(True, 5)])
        )");
}

/// S80: a Deferred belongs to whoever fires it.
void tst_Orders::firedFromAThread()
{
    Deferred d;
    QThread *seen = nullptr;
    d.addCallback([&seen](const Value &) { seen = QThread::currentThread(); });
    const std::unique_ptr<QThread> thread(QThread::create([&d] { d.callback(0); }));
    thread->start();
    thread->wait();
    QCOMPARE(seen, thread.get());
}

QTEST_GUILESS_MAIN(tst_Orders)
#include "tst_orders.moc"
