// SPDX-License-Identifier: GPL-3.0-or-later
#include "deferredworld.h"

using namespace deferscope;
using namespace deferscope::test;

/// One row a rule: a program, and the events that it must leave. What real Twisted does in combinations of
/// them is tst_conformance's business.
class tst_Deferred : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void reprOfOneThatItsResultHolds();
    void typedCallablesAreAdapted();
    void wrongTypeIsATypeError();
    void untracedDeferredReportsUnhandledFailure();
    void strictFiringRefusesADeferred();
    void keptWaitSurvivesUnpause();
    void droppedRingIsReported();
    void deepNestingCostsNoStack_data();
    void deepNestingCostsNoStack();
};

void tst_Deferred::rules_data()
{
    QTest::addColumn<Program>("program");
    QTest::addColumn<QStringList>("expected");

    row(
        "R10: every add appends one link and gives the Deferred back",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(same("f")).addErrback(same("g")).addBoth(same("h")).addCallbacks(same("i"),
                                                                                           same("j"));
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            add #1[1] - | g
            add #1[2] both h
            add #1[3] i | j
            destroyed #1
        )");

    row(
        "R11: an empty side is passed by, in both directions",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(same("f")).addCallback(raises("g", "e")).addCallback(same("h"));
            d.callback(1);
        },
        uR"(
            new #1 Deferred
            add #1[0] - | f
            add #1[1] g | -
            add #1[2] h | -
            fire #1 1
            pass #1[0] callback 1
            run #1[1] callback 1
            raise #1[1] callback Boom: e
            pass #1[2] errback Boom: e
            parked #1 Boom: e
            unhandled #1 Boom: e
            destroyed #1
        )");

    row(
        "R12: a callback added to a fired Deferred runs before addCallback returns",
        [](World &w) {
            Deferred d = succeed(10, &w.engine);
            d.addCallback(returns("f", 11));
            w.note(u"added"_s);
        },
        uR"(
            new #1 Deferred
            fire #1 10
            add #1[0] f | -
            run #1[0] callback 10
            ret #1[0] callback 11
            print 'added'
            destroyed #1
        )");

    row(
        "R12: an exception in it does not reach the one who adds",
        [](World &w) {
            Deferred d = succeed(1, &w.engine);
            w.attempt([&] { d.addCallback(raises("f", "e")); });
            w.note(u"added"_s);
        },
        uR"(
            new #1 Deferred
            fire #1 1
            add #1[0] f | -
            run #1[0] callback 1
            raise #1[0] callback Boom: e
            parked #1 Boom: e
            print 'added'
            unhandled #1 Boom: e
            destroyed #1
        )");

    row(
        "R13: a link added by a running callback runs after it has returned",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("f", [&w, d](const Value &value) mutable {
                d.addCallback(same("g"));
                w.note(u"g is added"_s);
                return Outcome::returned(value);
            }));
            d.callback(1);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            fire #1 1
            run #1[0] callback 1
            add #1[1] g | -
            print 'g is added'
            ret #1[0] callback 1
            run #1[1] callback 1
            ret #1[1] callback 1
            destroyed #1
        )");

    row(
        "R20: callback with a Failure is errback",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallbacks(same("f"), same("g"));
            d.callback(Failure(boom(), u"x"_s));
        },
        uR"(
            new #1 Deferred
            add #1[0] f | g
            fire #1 Boom: x
            run #1[0] errback Boom: x
            ret #1[0] errback Boom: x
            parked #1 Boom: x
            unhandled #1 Boom: x
            destroyed #1
        )");

    row(
        "R21: the second firing raises AlreadyCalledError at the one who fires, and changes nothing",
        [](World &w) {
            Deferred d = succeed(1, &w.engine);
            w.attempt([&] { d.callback(2); });
            w.attempt([&] { d.errback(Failure(boom())); });
            d.addCallback(same("f"));
        },
        uR"(
            new #1 Deferred
            fire #1 1
            refire #1 2
            print 'raised AlreadyCalledError'
            refire #1 Boom
            print 'raised AlreadyCalledError'
            add #1[0] f | -
            run #1[0] callback 1
            ret #1[0] callback 1
            destroyed #1
        )");

    row(
        "R23: firing itself from its own callback makes that callback fail",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("f", [d](const Value &) mutable -> Outcome {
                d.callback(2);
                return Outcome::returned({});
            }));
            d.addErrback(returns("g", 0));
            d.callback(1);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            add #1[1] - | g
            fire #1 1
            run #1[0] callback 1
            refire #1 2
            raise #1[0] callback AlreadyCalledError
            run #1[1] errback AlreadyCalledError
            ret #1[1] errback 0
            destroyed #1
        )");

    row(
        "R24: firing while paused is remembered, the links wait",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(same("f"));
            d.pause();
            d.callback(1);
            w.note(u"fired"_s);
            d.unpause();
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            pause #1 count 1
            fire #1 1
            print 'fired'
            unpause #1 count 0
            run #1[0] callback 1
            ret #1[0] callback 1
            destroyed #1
        )");

    row(
        "R25: what is no std::exception becomes a Failure too",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("f", [](const Value &) -> Outcome { throw 7; }));
            d.addErrback(returns("g", 0));
            d.callback(1);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            add #1[1] - | g
            fire #1 1
            run #1[0] callback 1
            raise #1[0] callback Exception: an exception of an unknown type
            run #1[1] errback Exception: an exception of an unknown type
            ret #1[1] errback 0
            destroyed #1
        )");

    row(
        "R26: fail() is born fired",
        [](World &w) {
            Deferred d = fail(Failure(boom(), u"x"_s), &w.engine);
            d.addErrback(returns("f", 1));
        },
        uR"(
            new #1 Deferred
            fire #1 Boom: x
            parked #1 Boom: x
            add #1[0] - | f
            run #1[0] errback Boom: x
            ret #1[0] errback 1
            destroyed #1
        )");

    row(
        "R27: a Deferred as the value to fire with is a plain value; nobody waits for it until a link "
        "returns it",
        [](World &w) {
            Deferred d = w.deferred();
            Deferred inner = w.deferred();
            d.addCallback(named("f", [&w](const Value &value) {
                w.note(value.isDeferred() ? u"got a Deferred"_s : u"got a value"_s);
                return Outcome::returned(5);
            }));
            d.callback(inner);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] f | -
            fire #1 Deferred #2
            run #1[0] callback Deferred #2
            print 'got a Deferred'
            ret #1[0] callback 5
            destroyed #2
            destroyed #1
        )");

    row(
        "R32: a pause met on the way ends the whole drain; the links below stay queued",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            outer.callback(0);
            inner.addCallback(same("i1"));
            outer.pause();
            inner.callback(7);
            w.note(u"left: %1"_s.arg(inner.state().linksLeft));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] o1 | -
            add #1[1] o2 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            add #2[1] i1 | -
            pause #1 count 2
            fire #2 7
            resume #1[0] with 7 from #2[0]
            print 'left: 1'
            destroyed #2
            destroyed #1
        )");

    row(
        "R34: a link is gone before it runs",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("f", [&w, d](const Value &value) {
                w.note(u"left: %1"_s.arg(d.state().linksLeft));
                return Outcome::returned(value);
            }));
            d.callback(1);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            fire #1 1
            run #1[0] callback 1
            print 'left: 0'
            ret #1[0] callback 1
            destroyed #1
        )");

    row(
        "R35: the waiter runs wholly before the rest of the inner chain",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("o1", inner)).addCallback(same("o2")).addCallback(same("o3"));
            outer.callback(0);
            inner.addCallback(same("late"));
            inner.callback(u"V"_s);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] o1 | -
            add #1[1] o2 | -
            add #1[2] o3 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            add #2[1] late | -
            fire #2 'V'
            resume #1[0] with 'V' from #2[0]
            run #1[1] callback 'V'
            ret #1[1] callback 'V'
            run #1[2] callback 'V'
            ret #1[2] callback 'V'
            run #2[1] callback None
            ret #2[1] callback None
            destroyed #2
            destroyed #1
        )");

    row(
        "R35: a Failure that was handed over is no longer the inner's to report, even when the waiter stops "
        "the drain",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = fail(Failure(boom(), u"x"_s), &w.engine);
            inner.pause();
            outer.addCallback(returns("o1", inner));
            outer.callback(0);
            outer.pause();
            inner.unpause();
            w.note(inner.state().holdsUnhandledFailure ? u"held"_s : u"not held"_s);
            outer.unpause();
            outer.addErrback(returns("o2", 1));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            fire #2 Boom: x
            parked #2 Boom: x
            pause #2 count 1
            add #1[0] o1 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            pause #1 count 2
            unpause #2 count 0
            resume #1[0] with Boom: x from #2[0]
            print 'not held'
            unpause #1 count 0
            parked #1 Boom: x
            add #1[1] - | o2
            run #1[1] errback Boom: x
            ret #1[1] errback 1
            destroyed #2
            destroyed #1
        )");

    row(
        "R36: a value takes the callback side and a Failure the errback side",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallbacks(raises("f", "e"), same("never")).addCallbacks(same("never"), returns("g", 2));
            d.callback(1);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | never
            add #1[1] never | g
            fire #1 1
            run #1[0] callback 1
            raise #1[0] callback Boom: e
            run #1[1] errback Boom: e
            ret #1[1] errback 2
            destroyed #1
        )");

    row(
        "R37: during a call the result is still what it started with",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("f", [&w, d](const Value &) {
                w.note(u"result "_s + repr(*d.state().result));
                return Outcome::returned(2);
            }));
            d.callback(1);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            fire #1 1
            run #1[0] callback 1
            print 'result 1'
            ret #1[0] callback 2
            destroyed #1
        )");

    row(
        "R39: a returned Failure takes the errback side",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(returns("f", Failure(boom(), u"x"_s))).addErrback(returns("g", 1));
            d.callback(0);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            add #1[1] - | g
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Boom: x
            run #1[1] errback Boom: x
            ret #1[1] errback 1
            destroyed #1
        )");

    row(
        "R40: a Deferred that its own link returns waits for itself",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(returns("f", d)).addCallback(same("g"));
            d.callback(0);
            w.note(u"paused %1"_s.arg(d.state().paused));
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            add #1[1] g | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #1
            wait #1[0] on #1[2]
            print 'paused 1'
            destroyed #1
        )");

    row(
        "R40, R35: one that waited for itself and was unpaused gives its result away and is left with None",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(returns("f", d)).addCallback(returns("g", 41));
            d.callback(0);
            d.unpause();
            w.note(u"left %1, paused %2"_s.arg(repr(*d.state().result)).arg(d.state().paused));
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            add #1[1] g | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #1
            wait #1[0] on #1[2]
            unpause #1 count 0
            run #1[1] callback Deferred #1
            ret #1[1] callback 41
            resume #1[0] with None from #1[2]
            print 'left None, paused -1'
            destroyed #1
        )");

    row(
        "R35: who has waited and is known to nobody else goes before the other runs its next link",
        [](World &w) {
            Deferred inner = w.deferred();
            w.deferred().addCallback(returns("f", inner)).callback(0);
            inner.addCallback(same("g"));
            inner.callback(1);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #2[0] f | -
            fire #2 0
            run #2[0] callback 0
            ret #2[0] callback Deferred #1
            wait #2[0] on #1[0]
            add #1[1] g | -
            fire #1 1
            resume #2[0] with 1 from #1[0]
            destroyed #2
            run #1[1] callback None
            ret #1[1] callback None
            destroyed #1
        )");

    row(
        "R44, R63: a result that was taken away is no failure that was left, whatever comes after",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("f", inner)).addCallback(raises("g", "x"));
            inner.addErrback(returns("h", outer));
            outer.callback(0);
            outer.unpause();
            inner.errback(Failure(exceptions::valueError()));
            w.note(u"paused %1"_s.arg(outer.state().paused));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] f | -
            add #1[1] g | -
            add #2[0] - | h
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[1]
            unpause #1 count 0
            run #1[1] callback Deferred #2
            raise #1[1] callback Boom: x
            parked #1 Boom: x
            fire #2 ValueError
            run #2[0] errback ValueError
            ret #2[0] errback Deferred #1
            steal #2[0] Boom: x from #1
            resume #1[0] with Boom: x from #2[1]
            print 'paused -1'
            destroyed #2
            lost #1 Boom: x
            destroyed #1
        )");

    row(
        "R35, R63: nor is one that was handed over to who is paused",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = w.deferred();
            outer.addCallback(returns("f", inner)).addCallback(raises("g", "x"));
            outer.callback(0);
            outer.unpause();
            outer.pause();
            Deferred waiter = w.deferred();
            waiter.addCallback(returns("w", outer)).addErrback(returns("h", 1));
            waiter.callback(0);
            waiter.pause();
            outer.unpause();
            inner.errback(Failure(exceptions::valueError()));
            waiter.unpause();
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #2[0] f | -
            add #2[1] g | -
            fire #2 0
            run #2[0] callback 0
            ret #2[0] callback Deferred #1
            wait #2[0] on #1[0]
            unpause #2 count 0
            run #2[1] callback Deferred #1
            raise #2[1] callback Boom: x
            parked #2 Boom: x
            pause #2 count 1
            new #3 Deferred
            add #3[0] w | -
            add #3[1] - | h
            fire #3 0
            run #3[0] callback 0
            ret #3[0] callback Deferred #2
            wait #3[0] on #2[2]
            pause #3 count 2
            unpause #2 count 0
            resume #3[0] with Boom: x from #2[2]
            fire #1 ValueError
            resume #2[0] with ValueError from #1[0]
            unpause #3 count 0
            run #3[1] errback Boom: x
            ret #3[1] errback 1
            destroyed #3
            lost #2 ValueError
            destroyed #2
            destroyed #1
        )");

    row(
        "R42: a paused inner is not ready although it has a result",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = succeed(7, &w.engine);
            inner.pause();
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            outer.callback(0);
            inner.unpause();
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            fire #2 7
            pause #2 count 1
            add #1[0] o1 | -
            add #1[1] o2 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            unpause #2 count 0
            resume #1[0] with 7 from #2[0]
            run #1[1] callback 7
            ret #1[1] callback 7
            destroyed #2
            destroyed #1
        )");

    row(
        "R43: an inner without a result is waited for, and gets a hand-over at its end",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            inner.addCallback(same("i1"));
            outer.addCallback(returns("o1", inner));
            outer.callback(0);
            w.note(u"waits on %1, paused %2, inner has %3"_s.arg(outer.state().waitingOn.value)
                       .arg(outer.state().paused)
                       .arg(inner.state().linksLeft));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #2[0] i1 | -
            add #1[0] o1 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[1]
            print 'waits on 2, paused 1, inner has 2'
            destroyed #2
            destroyed #1
        )");

    row(
        "R44: a ready inner's result is taken at once, without a pause",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = succeed(7, &w.engine);
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            outer.callback(0);
            inner.addCallback(same("i1"));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            fire #2 7
            add #1[0] o1 | -
            add #1[1] o2 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            steal #1[0] 7 from #2
            run #1[1] callback 7
            ret #1[1] callback 7
            add #2[0] i1 | -
            run #2[0] callback None
            ret #2[0] callback None
            destroyed #2
            destroyed #1
        )");

    row(
        "R45: an inner in the middle of its own callback loses that callback's argument",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            inner.addCallback(named("i1", [outer](const Value &) mutable {
                outer.callback(0);
                return Outcome::returned(u"result"_s);
            }));
            inner.addCallback(same("i2"));
            inner.callback(u"argument"_s);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] o1 | -
            add #1[1] o2 | -
            add #2[0] i1 | -
            add #2[1] i2 | -
            fire #2 'argument'
            run #2[0] callback 'argument'
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            steal #1[0] 'argument' from #2
            run #1[1] callback 'argument'
            ret #1[1] callback 'argument'
            ret #2[0] callback 'result'
            run #2[1] callback 'result'
            ret #2[1] callback 'result'
            destroyed #2
            destroyed #1
        )");

    row(
        "R46: links before the hand-over shape the value, those behind it see None",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            inner.addCallback(returns("before", u"VAL"_s));
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            outer.callback(0);
            inner.addCallback(same("behind"));
            inner.callback(u"val"_s);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #2[0] before | -
            add #1[0] o1 | -
            add #1[1] o2 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[1]
            add #2[2] behind | -
            fire #2 'val'
            run #2[0] callback 'val'
            ret #2[0] callback 'VAL'
            resume #1[0] with 'VAL' from #2[1]
            run #1[1] callback 'VAL'
            ret #1[1] callback 'VAL'
            run #2[2] callback None
            ret #2[2] callback None
            destroyed #2
            destroyed #1
        )");

    row(
        "R47: of two waiters the first gets the value, the second None",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred inner = w.deferred();
            a.addCallback(returns("a1", inner)).addCallback(same("a2"));
            b.addCallback(returns("b1", inner)).addCallback(same("b2"));
            b.callback(0);
            a.callback(0);
            inner.callback(u"V"_s);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            new #3 Deferred
            add #1[0] a1 | -
            add #1[1] a2 | -
            add #2[0] b1 | -
            add #2[1] b2 | -
            fire #2 0
            run #2[0] callback 0
            ret #2[0] callback Deferred #3
            wait #2[0] on #3[0]
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #3
            wait #1[0] on #3[1]
            fire #3 'V'
            resume #2[0] with 'V' from #3[0]
            run #2[1] callback 'V'
            ret #2[1] callback 'V'
            resume #1[0] with None from #3[1]
            run #1[1] callback None
            ret #1[1] callback None
            destroyed #3
            destroyed #2
            destroyed #1
        )");

    row(
        "R48: adding to the inner from a resumed waiter's callback runs the inner's rest inside it",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("o1", inner));
            outer.addCallback(named("o2", [inner](const Value &value) mutable {
                inner.addCallback(same("x"));
                return Outcome::returned(value);
            }));
            outer.callback(0);
            inner.addCallback(same("p"));
            inner.callback(u"V"_s);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] o1 | -
            add #1[1] o2 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            add #2[1] p | -
            fire #2 'V'
            resume #1[0] with 'V' from #2[0]
            run #1[1] callback 'V'
            add #2[2] x | -
            run #2[1] callback None
            ret #2[1] callback None
            run #2[2] callback None
            ret #2[2] callback None
            ret #1[1] callback 'V'
            destroyed #2
            destroyed #1
        )");

    row(
        "R50: a chain that ends with a Failure is parked",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(raises("f", "e"));
            d.callback(0);
            w.note(d.state().holdsUnhandledFailure ? u"held"_s : u"not held"_s);
            d.addErrback(returns("g", 1));
            w.note(d.state().holdsUnhandledFailure ? u"held"_s : u"not held"_s);
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            fire #1 0
            run #1[0] callback 0
            raise #1[0] callback Boom: e
            parked #1 Boom: e
            print 'held'
            add #1[1] - | g
            run #1[1] errback Boom: e
            ret #1[1] errback 1
            print 'not held'
            destroyed #1
        )");

    row(
        "R55: destroyed with a parked Failure, it is reported",
        [](World &w) { fail(Failure(boom(), u"x"_s), &w.engine).addCallback(same("f")); }, uR"(
            new #1 Deferred
            fire #1 Boom: x
            parked #1 Boom: x
            add #1[0] f | -
            pass #1[0] errback Boom: x
            parked #1 Boom: x
            unhandled #1 Boom: x
            destroyed #1
        )");

    row(
        "R56: a Failure stored while paused is never reported as unhandled, and the trace says that it is "
        "lost",
        [](World &w) {
            Deferred d = w.deferred();
            d.pause();
            d.errback(Failure(boom(), u"x"_s));
        },
        uR"(
            new #1 Deferred
            pause #1 count 1
            fire #1 Boom: x
            lost #1 Boom: x
            destroyed #1
        )");

    row(
        "R57: destroyed unfired, it is not reported", [](World &w) { w.deferred().addCallback(same("f")); },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            destroyed #1
        )");

    row(
        "R61: only the last unpause resumes",
        [](World &w) {
            Deferred d = succeed(1, &w.engine);
            d.pause();
            d.pause();
            d.addCallback(same("f"));
            d.unpause();
            w.note(u"once"_s);
            d.unpause();
        },
        uR"(
            new #1 Deferred
            fire #1 1
            pause #1 count 1
            pause #1 count 2
            add #1[0] f | -
            unpause #1 count 1
            print 'once'
            unpause #1 count 0
            run #1[0] callback 1
            ret #1[0] callback 1
            destroyed #1
        )");

    row(
        "R62: unpausing a waiter hands the inner Deferred itself on, and wedges the waiter",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("o1", inner)).addCallback(returns("o2", 2)).addCallback(same("o3"));
            outer.callback(0);
            outer.unpause();
            inner.callback(7);
            w.note(u"paused %1"_s.arg(outer.state().paused));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] o1 | -
            add #1[1] o2 | -
            add #1[2] o3 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            unpause #1 count 0
            run #1[1] callback Deferred #2
            ret #1[1] callback 2
            run #1[2] callback 2
            ret #1[2] callback 2
            fire #2 7
            resume #1[0] with 7 from #2[0]
            print 'paused -1'
            destroyed #2
            destroyed #1
        )");

    row(
        "R63: a negative count blocks like a positive one",
        [](World &w) {
            Deferred d = w.deferred();
            d.unpause();
            d.addCallback(same("f"));
            d.callback(1);
            w.note(u"left: %1"_s.arg(d.state().linksLeft));
        },
        uR"(
            new #1 Deferred
            unpause #1 count -1
            add #1[0] f | -
            fire #1 1
            print 'left: 1'
            destroyed #1
        )");

    row(
        "R64: pausing from an own callback does not stop the run that is under way",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(named("f", [d](const Value &value) mutable {
                d.pause();
                return Outcome::returned(value);
            }));
            d.addCallback(same("g"));
            d.callback(1);
            d.addCallback(same("h"));
            w.note(u"left: %1"_s.arg(d.state().linksLeft));
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            add #1[1] g | -
            fire #1 1
            run #1[0] callback 1
            pause #1 count 1
            ret #1[0] callback 1
            run #1[1] callback 1
            ret #1[1] callback 1
            add #1[2] h | -
            print 'left: 1'
            destroyed #1
        )");

    row(
        "R65: a waiter that the user has paused takes the value, and stops the inner too",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            outer.callback(0);
            outer.pause();
            inner.callback(7);
            w.note(u"result "_s + repr(*outer.state().result));
            outer.unpause();
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] o1 | -
            add #1[1] o2 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            pause #1 count 2
            fire #2 7
            resume #1[0] with 7 from #2[0]
            print 'result 7'
            unpause #1 count 0
            run #1[1] callback 7
            ret #1[1] callback 7
            destroyed #2
            destroyed #1
        )");

    row(
        "R70: cancel without a canceller fails with CancelledError",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("f", 1));
            d.cancel();
        },
        uR"(
            new #1 Deferred
            add #1[0] - | f
            cancel #1
            fire #1 CancelledError
            run #1[0] errback CancelledError
            ret #1[0] errback 1
            destroyed #1
        )");

    row(
        "R70: a canceller may fire the Deferred itself",
        [](World &w) {
            Deferred d = w.deferred([](Deferred self) { self.callback(u"from canceller"_s); });
            d.addCallback(same("f"));
            d.cancel();
        },
        uR"(
            new #1 Deferred with a canceller
            add #1[0] f | -
            cancel #1
            canceller #1
            fire #1 'from canceller'
            run #1[0] callback 'from canceller'
            ret #1[0] callback 'from canceller'
            destroyed #1
        )");

    row(
        "R71: cancelling a waiter cancels what it waits for",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            outer.addCallback(returns("o1", inner)).addErrback(returns("o2", u"recovered"_s));
            outer.callback(0);
            outer.cancel();
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] o1 | -
            add #1[1] - | o2
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            cancel #1 forwarded to #2
            cancel #2
            fire #2 CancelledError
            resume #1[0] with CancelledError from #2[0]
            run #1[1] errback CancelledError
            ret #1[1] errback 'recovered'
            destroyed #2
            destroyed #1
        )");

    row(
        "R71: cancelling a ring of waiters is an error, not an overflow",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(returns("f", d));
            d.callback(0);
            w.attempt([&] { d.cancel(); });
        },
        uR"(
            new #1 Deferred
            add #1[0] f | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #1
            wait #1[0] on #1[1]
            cancel #1 forwarded to #1
            print 'raised RecursionError'
            destroyed #1
        )");

    row(
        "R72: cancelling a fired Deferred does nothing",
        [](World &w) {
            Deferred d = succeed(1, &w.engine);
            d.cancel();
            d.addCallback(same("f"));
        },
        uR"(
            new #1 Deferred
            fire #1 1
            cancel #1
            add #1[0] f | -
            run #1[0] callback 1
            ret #1[0] callback 1
            destroyed #1
        )");

    row(
        "R73: what a canceller raises leaves cancel(); the Deferred stays unfired and is asked again",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) { throw RaisedError(boom()); });
            w.attempt([&] { d.cancel(); });
            w.attempt([&] { d.cancel(); });
            w.note(d.state().called ? u"called"_s : u"unfired"_s);
        },
        uR"(
            new #1 Deferred with a canceller
            cancel #1
            canceller #1
            print 'raised Boom'
            cancel #1
            canceller #1
            print 'raised Boom'
            print 'unfired'
            destroyed #1
        )");

    row(
        "R74: without a canceller one late firing is swallowed, the next raises",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("f", 1));
            d.cancel();
            d.callback(2);
            w.attempt([&] { d.callback(3); });
        },
        uR"(
            new #1 Deferred
            add #1[0] - | f
            cancel #1
            fire #1 CancelledError
            run #1[0] errback CancelledError
            ret #1[0] errback 1
            swallowed #1 2
            refire #1 3
            print 'raised AlreadyCalledError'
            destroyed #1
        )");

    row(
        "R74: with a canceller a late firing raises",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) {});
            d.addErrback(returns("f", 1));
            d.cancel();
            w.attempt([&] { d.callback(2); });
        },
        uR"(
            new #1 Deferred with a canceller
            add #1[0] - | f
            cancel #1
            canceller #1
            fire #1 CancelledError
            run #1[0] errback CancelledError
            ret #1[0] errback 1
            refire #1 2
            print 'raised AlreadyCalledError'
            destroyed #1
        )");

    row(
        "R75: cancelling while paused stores the CancelledError",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("f", 1));
            d.pause();
            d.cancel();
            w.note(u"cancelled"_s);
            d.unpause();
        },
        uR"(
            new #1 Deferred
            add #1[0] - | f
            pause #1 count 1
            cancel #1
            fire #1 CancelledError
            print 'cancelled'
            unpause #1 count 0
            run #1[0] errback CancelledError
            ret #1[0] errback 1
            destroyed #1
        )");

    row(
        "R76: a waiter's own canceller does not run",
        [](World &w) {
            Deferred outer = w.deferred([&w](const Deferred &) { w.note(u"outer's canceller"_s); });
            Deferred inner = w.deferred([&w](const Deferred &) { w.note(u"inner's canceller"_s); });
            outer.addCallback(returns("o1", inner)).addErrback(returns("o2", 1));
            outer.callback(0);
            outer.cancel();
        },
        uR"(
            new #1 Deferred with a canceller
            new #2 Deferred with a canceller
            add #1[0] o1 | -
            add #1[1] - | o2
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[0]
            cancel #1 forwarded to #2
            cancel #2
            canceller #2
            print "inner's canceller"
            fire #2 CancelledError
            resume #1[0] with CancelledError from #2[0]
            run #1[1] errback CancelledError
            ret #1[1] errback 1
            destroyed #2
            destroyed #1
        )");

    row(
        "R77: cancelling one of two waiters gives the first the CancelledError",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred inner = w.deferred();
            a.addCallback(returns("a1", inner)).addBoth(returns("a2", 1));
            b.addCallback(returns("b1", inner)).addBoth(returns("b2", 2));
            a.callback(0);
            b.callback(0);
            b.cancel();
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            new #3 Deferred
            add #1[0] a1 | -
            add #1[1] both a2
            add #2[0] b1 | -
            add #2[1] both b2
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #3
            wait #1[0] on #3[0]
            fire #2 0
            run #2[0] callback 0
            ret #2[0] callback Deferred #3
            wait #2[0] on #3[1]
            cancel #2 forwarded to #3
            cancel #3
            fire #3 CancelledError
            resume #1[0] with CancelledError from #3[0]
            run #1[1] errback CancelledError
            ret #1[1] errback 1
            resume #2[0] with None from #3[1]
            run #2[1] callback None
            ret #2[1] callback 2
            destroyed #3
            destroyed #2
            destroyed #1
        )");

    row(
        "R78: chainDeferred passes the result on and keeps None; cancel does not go back",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            a.chainDeferred(b);
            b.addBoth(same("b1"));
            a.addCallback(same("a1"));
            b.cancel();
            w.note(a.state().called ? u"called"_s : u"unfired"_s);
            a.callback(5);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #1[0] chain for #2
            add #2[0] both b1
            add #1[1] a1 | -
            cancel #2
            fire #2 CancelledError
            run #2[0] errback CancelledError
            ret #2[0] errback CancelledError
            parked #2 CancelledError
            print 'unfired'
            fire #1 5
            run #1[0] callback 5
            swallowed #2 5
            ret #1[0] callback None
            run #1[1] callback None
            ret #1[1] callback None
            unhandled #2 CancelledError
            destroyed #2
            destroyed #1
        )");

    row(
        "R79: an errback of the inner may swallow the CancelledError",
        [](World &w) {
            Deferred outer = w.deferred();
            Deferred inner = w.deferred();
            inner.addErrback(returns("i1", u"fine"_s));
            outer.addCallback(returns("o1", inner)).addCallback(same("o2"));
            outer.callback(0);
            outer.cancel();
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            add #2[0] - | i1
            add #1[0] o1 | -
            add #1[1] o2 | -
            fire #1 0
            run #1[0] callback 0
            ret #1[0] callback Deferred #2
            wait #1[0] on #2[1]
            cancel #1 forwarded to #2
            cancel #2
            fire #2 CancelledError
            run #2[0] errback CancelledError
            ret #2[0] errback 'fine'
            resume #1[0] with 'fine' from #2[1]
            run #1[1] callback 'fine'
            ret #1[1] callback 'fine'
            destroyed #2
            destroyed #1
        )");

    row(
        "R82: a timeout makes a TimeoutError of the CancelledError",
        [](World &w) {
            Deferred d = w.deferred();
            d.addTimeout(5, w.clock);
            d.addErrback(returns("f", 1));
            w.clock.advance(5);
        },
        uR"(
            new #1 Deferred
            timer timeout due t=5
            add #1[0] translate timeout for #1
            add #1[1] stop timeout for #1
            add #1[2] - | f
            tick timeout due t=5
            cancel #1
            fire #1 CancelledError
            run #1[0] errback CancelledError
            raise #1[0] errback TimeoutError: (5, 'Deferred')
            run #1[1] errback TimeoutError: (5, 'Deferred')
            ret #1[1] errback TimeoutError: (5, 'Deferred')
            run #1[2] errback TimeoutError: (5, 'Deferred')
            ret #1[2] errback 1
            destroyed #1
        )");

    row(
        "R82: onTimeoutCancel gives the result instead",
        [](World &w) {
            Deferred d = w.deferred();
            d.addTimeout(5, w.clock,
                         [](const Value &, const Value &seconds) { return Outcome::returned(seconds); });
            d.addCallback(same("f"));
            w.clock.advance(5);
        },
        uR"(
            new #1 Deferred
            timer timeout due t=5
            add #1[0] translate timeout for #1
            add #1[1] stop timeout for #1
            add #1[2] f | -
            tick timeout due t=5
            cancel #1
            fire #1 CancelledError
            run #1[0] errback CancelledError
            ret #1[0] errback 5
            run #1[1] callback 5
            ret #1[1] callback 5
            run #1[2] callback 5
            ret #1[2] callback 5
            destroyed #1
        )");

    row(
        "R83: fired in time, the timer is stopped",
        [](World &w) {
            Deferred d = w.deferred();
            d.addTimeout(5, w.clock);
            d.callback(1);
            w.note(w.clock.hasCalls() ? u"armed"_s : u"not armed"_s);
        },
        uR"(
            new #1 Deferred
            timer timeout due t=5
            add #1[0] translate timeout for #1
            add #1[1] stop timeout for #1
            fire #1 1
            run #1[0] callback 1
            ret #1[0] callback 1
            run #1[1] callback 1
            untimer timeout due t=5
            ret #1[1] callback 1
            print 'not armed'
            destroyed #1
        )");

    row(
        "R84: links added behind addTimeout are not covered by it",
        [](World &w) {
            Deferred d = w.deferred();
            Deferred inner = w.deferred();
            d.addTimeout(5, w.clock);
            d.addCallback(returns("f", inner));
            d.callback(1);
            w.clock.advance(5);
            w.note(inner.state().called ? u"called"_s : u"unfired"_s);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            timer timeout due t=5
            add #1[0] translate timeout for #1
            add #1[1] stop timeout for #1
            add #1[2] f | -
            fire #1 1
            run #1[0] callback 1
            ret #1[0] callback 1
            run #1[1] callback 1
            untimer timeout due t=5
            ret #1[1] callback 1
            run #1[2] callback 1
            ret #1[2] callback Deferred #2
            wait #1[2] on #2[0]
            print 'unfired'
            destroyed #2
            destroyed #1
        )");

    row(
        "R85: on a fired Deferred the timer is made and cancelled on the spot",
        [](World &w) {
            Deferred d = succeed(1, &w.engine);
            d.addTimeout(5, w.clock);
        },
        uR"(
            new #1 Deferred
            fire #1 1
            timer timeout due t=5
            add #1[0] translate timeout for #1
            run #1[0] callback 1
            ret #1[0] callback 1
            add #1[1] stop timeout for #1
            run #1[1] callback 1
            untimer timeout due t=5
            ret #1[1] callback 1
            destroyed #1
        )");

    row(
        "R86: a canceller that raises throws out of the clock, and the Deferred never times out",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) { throw RaisedError(boom()); });
            d.addTimeout(5, w.clock);
            w.attempt([&] { w.clock.advance(5); });
            w.note(d.state().called ? u"called"_s : u"unfired"_s);
        },
        uR"(
            new #1 Deferred with a canceller
            timer timeout due t=5
            add #1[0] translate timeout for #1
            add #1[1] stop timeout for #1
            tick timeout due t=5
            cancel #1
            canceller #1
            print 'raised Boom'
            print 'unfired'
            destroyed #1
        )");

    row(
        "R90: a DeferredList collects (success, result) by position",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            DeferredList list({a, b}, {.consumeErrors = true}, &w.engine);
            b.errback(Failure(boom(), u"x"_s));
            a.callback(1);
            w.note(repr(list.state().result->as<Sequence>()->items.at(0)));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            new #3 DeferredList
            add #1[0] collect for #3
            add #2[0] collect for #3
            fire #2 Boom: x
            run #2[0] errback Boom: x
            ret #2[0] errback None
            fire #1 1
            run #1[0] callback 1
            fire #3 [(True, 1), (False, <twisted.python.failure.Failure __main__.Boom: x>)]
            ret #1[0] callback 1
            print '(True, 1)'
            destroyed #3
            destroyed #2
            destroyed #1
        )");

    row(
        "R90: an empty list fires at once, with fireOnOneCallback never",
        [](World &w) {
            DeferredList list({}, {}, &w.engine);
            DeferredList first({}, {.fireOnOneCallback = true}, &w.engine);
            w.note(first.state().called ? u"called"_s : u"unfired"_s);
        },
        uR"(
            new #1 DeferredList
            fire #1 []
            new #2 DeferredList
            print 'unfired'
            destroyed #2
            destroyed #1
        )");

    row(
        "R90: fireOnOneCallback fires with (value, index) and goes on recording in silence",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            DeferredList list({a, b}, {.fireOnOneCallback = true}, &w.engine);
            b.callback(7);
            a.callback(8);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            new #3 DeferredList
            add #1[0] collect for #3
            add #2[0] collect for #3
            fire #2 7
            run #2[0] callback 7
            fire #3 (7, 1)
            ret #2[0] callback 7
            fire #1 8
            run #1[0] callback 8
            ret #1[0] callback 8
            destroyed #3
            destroyed #2
            destroyed #1
        )");

    row(
        "R91: cancelling a list cancels every member, and a canceller that raises does not save the rest",
        [](World &w) {
            QTest::ignoreMessage(QtWarningMsg, "A canceller raised: Boom: ");
            Deferred a = w.deferred([](const Deferred &) { throw RaisedError(boom()); });
            Deferred b = w.deferred();
            DeferredList list({a, b}, {}, &w.engine);
            b.addErrback(returns("f", 1));
            list.cancel();
        },
        uR"(
            new #1 Deferred with a canceller
            new #2 Deferred
            new #3 DeferredList
            add #1[0] collect for #3
            add #2[0] collect for #3
            add #2[1] - | f
            cancel #3
            cancel #1
            canceller #1
            cancel #2
            fire #2 CancelledError
            run #2[0] errback CancelledError
            ret #2[0] errback CancelledError
            run #2[1] errback CancelledError
            ret #2[1] errback 1
        )");

    row(
        "R92: gatherResults fails with the first failure, and the member keeps its own",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred gathered = gatherResults({a}, false, &w.engine);
            gathered.addErrback(named(
                "f", [](const Value &value) { return Outcome::returned(toFailure(value).type().name()); }));
            a.errback(Failure(boom(), u"x"_s));
            w.note(a.state().holdsUnhandledFailure ? u"held"_s : u"not held"_s);
        },
        uR"(
            new #1 Deferred
            new #2 DeferredList
            add #1[0] collect for #2
            add #2[0] unwrap for #2
            add #2[1] - | f
            fire #1 Boom: x
            run #1[0] errback Boom: x
            fire #2 FirstError: FirstError[#0, <twisted.python.failure.Failure __main__.Boom: x>]
            pass #2[0] errback FirstError: FirstError[#0, <twisted.python.failure.Failure __main__.Boom: x>]
            run #2[1] errback FirstError: FirstError[#0, <twisted.python.failure.Failure __main__.Boom: x>]
            ret #2[1] errback 'FirstError'
            ret #1[0] errback Boom: x
            parked #1 Boom: x
            print 'held'
            destroyed #2
            unhandled #1 Boom: x
            destroyed #1
        )");

    row(
        "R93: race gives (index, value) of the first success, after cancelling the others",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred winner = race({a, b}, &w.engine);
            winner.addCallback(same("f"));
            b.callback(7);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            new #3 Deferred with a canceller
            add #1[0] collect for #3
            add #2[0] collect for #3
            add #3[0] f | -
            fire #2 7
            run #2[0] callback 7
            cancel #1
            fire #1 CancelledError
            run #1[0] errback CancelledError
            ret #1[0] errback None
            fire #3 (1, 7)
            run #3[0] callback (1, 7)
            ret #3[0] callback (1, 7)
            ret #2[0] callback None
            destroyed #3
            destroyed #2
            destroyed #1
        )");

    row(
        "R93: a race that nobody wins fails with a FailureGroup, in the members' order",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred winner = race({a, b}, &w.engine);
            winner.addErrback(named("f", [&w](const Value &value) {
                const ExceptionRef exception = toFailure(value).value();
                for (const Failure &failure : static_cast<const FailureGroup *>(exception.data())->failures)
                    w.note(failure.value()->str());
                return Outcome::returned({});
            }));
            b.errback(Failure(boom(), u"second"_s));
            a.errback(Failure(boom(), u"first"_s));
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            new #3 Deferred with a canceller
            add #1[0] collect for #3
            add #2[0] collect for #3
            add #3[0] - | f
            fire #2 Boom: second
            run #2[0] errback Boom: second
            ret #2[0] errback None
            fire #1 Boom: first
            run #1[0] errback Boom: first
            fire #3 FailureGroup
            run #3[0] errback FailureGroup
            print 'first'
            print 'second'
            ret #3[0] errback None
            ret #1[0] errback None
            destroyed #3
            destroyed #2
            destroyed #1
        )");

    row(
        "R93: cancelling a race cancels every member",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred winner = race({a, b}, &w.engine);
            winner.addErrback(named("f", [&w](const Value &value) {
                w.note(toFailure(value).type().name());
                return Outcome::returned({});
            }));
            winner.cancel();
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            new #3 Deferred with a canceller
            add #1[0] collect for #3
            add #2[0] collect for #3
            add #3[0] - | f
            cancel #3
            canceller #3
            cancel #1
            fire #1 CancelledError
            run #1[0] errback CancelledError
            ret #1[0] errback None
            cancel #2
            fire #2 CancelledError
            run #2[0] errback CancelledError
            fire #3 FailureGroup
            run #3[0] errback FailureGroup
            print 'FailureGroup'
            ret #3[0] errback None
            ret #2[0] errback None
            destroyed #3
            destroyed #2
            destroyed #1
        )");

    row(
        "R92: gatherResults gives the values alone",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred gathered = gatherResults({a, succeed(2, &w.engine)}, false, &w.engine);
            gathered.addCallback(same("f"));
            a.callback(1);
        },
        uR"(
            new #1 Deferred
            new #2 Deferred
            fire #2 2
            new #3 DeferredList
            add #1[0] collect for #3
            add #2[0] collect for #3
            run #2[0] callback 2
            ret #2[0] callback 2
            add #3[0] unwrap for #3
            add #3[1] f | -
            fire #1 1
            run #1[0] callback 1
            fire #3 [(True, 1), (True, 2)]
            run #3[0] callback [(True, 1), (True, 2)]
            ret #3[0] callback [1, 2]
            run #3[1] callback [1, 2]
            ret #3[1] callback [1, 2]
            ret #1[0] callback 1
            destroyed #2
            destroyed #3
            destroyed #1
        )");

    row(
        "R94: maybeDeferred makes a Deferred of a value, of an exception, and passes a Deferred through",
        [](World &w) {
            maybeDeferred([] { return Outcome::returned(1); }, &w.engine).addCallback(same("f"));
            maybeDeferred([]() -> Outcome { throw RaisedError(boom()); }, &w.engine)
                .addErrback(returns("g", 1));
            Deferred d = w.deferred();
            w.note(maybeDeferred([&] { return Outcome::returned(d); }, &w.engine) == d ? u"the same"_s
                                                                                       : u"another"_s);
        },
        uR"(
            new #1 Deferred
            fire #1 1
            add #1[0] f | -
            run #1[0] callback 1
            ret #1[0] callback 1
            destroyed #1
            new #2 Deferred
            fire #2 Boom
            parked #2 Boom
            add #2[0] - | g
            run #2[0] errback Boom
            ret #2[0] errback 1
            destroyed #2
            new #3 Deferred
            print 'the same'
            destroyed #3
        )");
}

void tst_Deferred::rules()
{
    QFETCH(Program, program);
    QFETCH(QStringList, expected);

    World world;
    program(world);

    const QStringList events = eventsOf(world.recorder.trace());
    QVERIFY2(events == expected, qPrintable(u"These happened:\n"_s + events.join(u'\n')));
}

void tst_Deferred::reprOfOneThatItsResultHolds()
{
    Deferred d;
    d.callback(listOf({Value(d)}));
    QCOMPARE(repr(d).count(u"<Deferred at "_s), 2);
    QCOMPARE(repr(d).count(u"current result: "_s), 1);
    d.addCallback([](const Value &) { return Outcome::returned({}); }); // ends the ring
}

void tst_Deferred::typedCallablesAreAdapted()
{
    VirtualClock clock;
    Deferred d;
    QString seen;
    d.addCallback([](int n) { return n + 1; })
        .addCallback([&](int n) -> Value {
            Deferred inner;
            clock.callLater(1, {[inner, n]() mutable { inner.callback(n * 2); }, {}, {}});
            return inner;
        })
        .addCallback([](const QString &) { return 0; })
        .addErrback([&](const Failure &failure) {
            failure.trap({&exceptions::typeError()});
            seen = failure.message();
            return true;
        });
    d.callback(20);
    clock.advance(1);

    QCOMPARE(seen, u"the callback takes a str, but the result is 42"_s);
    QCOMPARE(d.state().result, Value(true));
}

void tst_Deferred::wrongTypeIsATypeError()
{
    Deferred d = succeed(300);
    d.addCallback([](qint8) { return 0; });
    QCOMPARE(&toFailure(*d.state().result).type(), &exceptions::typeError());
    d.addErrback([](const Failure &) {});
}

void tst_Deferred::untracedDeferredReportsUnhandledFailure()
{
    QTest::ignoreMessage(QtCriticalMsg, "Unhandled error in Deferred: Boom: x");
    fail(Failure(boom(), u"x"_s));
}

void tst_Deferred::strictFiringRefusesADeferred()
{
    Engine lenient;
    Deferred(&lenient).callback(succeed(1));

    Engine engine(nullptr, {.strictFiring = true});
    Deferred deferred(&engine);
    bool isRefused = false;
    try {
        deferred.callback(succeed(1));
    } catch (const RaisedError &error) {
        isRefused = &error.exception()->type() == &exceptions::assertionError();
    }
    QVERIFY2(isRefused, "R27");
    QVERIFY(!deferred.state().called);
    deferred.callback(2);
    QCOMPARE(deferred.look(), Value(2));
}

void tst_Deferred::keptWaitSurvivesUnpause()
{
    Engine engine(nullptr, {.keepsWaiting = true});
    Deferred inner(&engine);
    Deferred outer(&engine);
    outer.addCallback([inner](int) { return inner; });
    outer.callback(1);
    outer.unpause(); // R62 without the option: the next link would get the inner Deferred
    QCOMPARE(outer.state().paused, 1);
    outer.pause();
    outer.unpause();
    QCOMPARE(outer.state().paused, 1);
    inner.callback(5);
    QCOMPARE(outer.look(), Value(5));
}

void tst_Deferred::droppedRingIsReported()
{
    QTest::ignoreMessage(QtWarningMsg, "Deferreds wait for each other in a ring; none of them can go on.");
    Deferred first;
    Deferred second;
    first.addCallback([second](int) { return second; });
    second.addCallback([first](int) { return first; });
    first.callback(1);
    second.callback(2);
    QCOMPARE(first.state().paused, 1);
    QCOMPARE(second.state().paused, 1);
}

void tst_Deferred::deepNestingCostsNoStack_data()
{
    QTest::addColumn<bool>("fired");
    QTest::newRow("R49: fired") << true;
    QTest::newRow("R57: dropped unfired") << false;
}

/// #1 waits for #2, which waits for #3 … on a thread whose stack would hold a few thousand nested calls.
void tst_Deferred::deepNestingCostsNoStack()
{
    QFETCH(bool, fired);
    constexpr int Depth = 100'000;
    int resumed = 0;
    const std::unique_ptr<QThread> thread(QThread::create([&] {
        Engine engine;
        Deferred innermost(&engine);
        Deferred inner = innermost;
        for (int i = 1; i < Depth; ++i) {
            Deferred outer(&engine);
            outer.addCallback(named("wait", [inner](const Value &) { return Outcome::returned(inner); }));
            outer.addCallback(named("count", [&](const Value &value) {
                ++resumed;
                return Outcome::returned(value);
            }));
            outer.callback();
            inner = outer;
        }
        if (fired)
            innermost.callback(1);
    }));
    thread->setStackSize(256 * 1024);
    thread->start();
    QVERIFY(thread->wait(100'000));

    QCOMPARE(resumed, fired ? Depth - 1 : 0);
}

QTEST_GUILESS_MAIN(tst_Deferred)
#include "tst_deferred.moc"
