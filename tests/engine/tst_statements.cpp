// SPDX-License-Identifier: GPL-3.0-or-later
#include "story.h"

#include "engine/deferred/coroutine.h"

using namespace deferscope;
using namespace deferscope::test;

/// What Twisted's own tests say of a Deferred, a row each, under the name that they have there.
class tst_Statements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void registering_data();
    void registering() { compareStory(); }
    void returningDeferreds_data();
    void returningDeferreds() { compareStory(); }
    void chainingAndRepresentation_data();
    void chainingAndRepresentation() { compareStory(); }
    void pausing_data();
    void pausing() { compareStory(); }
    void firingTwice_data();
    void firingTwice() { compareStory(); }
    void cancelling_data();
    void cancelling() { compareStory(); }
    void unhandledErrors_data();
    void unhandledErrors() { compareStory(); }
    void logging_data();
    void logging();
};

namespace {

Callable adds(const char *name, int number)
{
    return named(name, [number](const Value &value) { return Outcome::returned(value.toInt() + number); });
}

/// An exception that refers to a Deferred.
struct Holding final : Exception
{
    explicit Holding(const Deferred &deferred)
        : Exception(boom(), {Value(u"x"_s)})
        , held(deferred)
    {
    }
    const Deferred held;
};

/// How far the stack is down here.
quintptr depth()
{
    const volatile char here = 0;
    return quintptr(&here);
}

/// The name in the repr, and what stands behind the address.
QString shapeOf(const Deferred &deferred)
{
    static const QRegularExpression address(u"0x[0-9a-f]+"_s);
    return repr(deferred).replace(address, u"0x…"_s);
}

void fireTwice(World &w, bool firstFails, bool secondFails)
{
    Deferred d = w.deferred();
    d.addErrback(returns("handled", 0));
    const auto fire = [&d](bool fails) {
        if (fails)
            d.errback(failureOf("x"));
        else
            d.callback(1);
    };
    fire(firstFails);
    w.attempt([&] { fire(secondFails); });
}

/// What AlreadyCalledError says when stacks are kept: which of `creating`, `first` and `second` it names.
void fireTwiceDebugging(World &w, bool firstFails, bool secondFails)
{
    QStringList stack{u"creating"_s};
    w.engine.setDebugging([&stack] { return stack; });
    Deferred d = w.deferred();
    d.addErrback(returns("handled", 0));
    const auto fire = [&](const QString &who, bool fails) {
        stack = {who};
        if (fails)
            d.errback(failureOf("x"));
        else
            d.callback(1);
    };
    fire(u"first"_s, firstFails);
    try {
        fire(u"second"_s, secondFails);
    } catch (const RaisedError &error) {
        const QString text = error.exception()->str();
        for (const QString &who : {u"creating"_s, u"first"_s, u"second"_s}) {
            if (text.contains(who))
                w.note(who);
        }
    }
}

} // namespace

void tst_Statements::registering_data()
{
    storyColumns();
    row(
        "testCallbackWithoutArgs",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallbacks(same("callback"), same("errback"));
            d.callback(5);
        },
        uR"(callback(5))");
    row(
        "testCallbackWithArgs",
        [](World &w) {
            const auto function = [&w](const Value &result, const Value &extra) {
                w.note(u"(%1, %2)"_s.arg(repr(result), repr(extra)));
                return Outcome::returned(result);
            };
            w.deferred()
                .addCallback({std::bind(function, std::placeholders::_1, Value(u"extra"_s)), {}})
                .callback(5);
        },
        uR"(
            (5)
            (5, 'extra')
        )");
    row(
        "testCallbackWithKwArgs",
        [](World &w) {
            w.deferred()
                .addCallback(
                    [&w, option = 7](int result) { w.note(u"%1, option=%2"_s.arg(result).arg(option)); })
                .callback(5);
        },
        uR"(
            (5)
            5, option=7
        )");
    row(
        "testTwoCallbacks",
        [](World &w) { w.deferred().addCallback(adds("first", 1)).addCallback(same("second")).callback(5); },
        uR"(
            first(5)
            second(6)
        )");
    row(
        "test_addCallbacksNoneErrback",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallbacks(same("callback"), {});
            d.addErrback(returns("errback", 0));
            d.errback(failureOf("x"));
        },
        uR"(errback(Boom: x))");
    row(
        "test_addCallbacksNoneCallbackArgs",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallbacks(Callable{same("").function, {}}, Callable{});
            d.addCallback(same("next"));
            d.callback(5);
        },
        uR"(
            (5)
            next(5)
        )");
    row(
        "test_addCallbacksNoneErrbackArgs",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallbacks(Callable{}, Callable{returns("", 0).function, {}});
            d.addCallback(same("next"));
            d.errback(failureOf("x"));
        },
        uR"(
            (Boom: x)
            next(0)
        )");
    row(
        "testCallbackErrors",
        [](World &w) {
            w.deferred()
                .addCallback(raises("raising", "r"))
                .addErrback(returns("handles", 1))
                .addCallback(returns("returning", failureOf("f")))
                .addErrback(returns("handles too", 2))
                .callback(0);
        },
        uR"(
            raising(0)
            handles(Boom: r)
            returning(1)
            handles too(Boom: f)
        )");
    row(
        "test_callbackMaybeReturnsFailure",
        [](World &w) {
            const Callable maybe = named("maybe", [](const Value &value) {
                return Outcome::returned(value.toInt() > 0 ? value : Value(failureOf("not positive")));
            });
            w.deferred().addCallback(maybe).addCallbacks(same("fine"), same("failed")).callback(1);
            w.deferred().addCallback(maybe).addCallbacks(same("fine"), returns("failed", 0)).callback(-1);
        },
        uR"(
            maybe(1)
            fine(1)
            maybe(-1)
            failed(Boom: not positive)
        )");
    row(
        "testImmediateSuccess",
        [](World &w) {
            Deferred d = succeed(u"success"_s, &w.engine);
            d.addCallback(same("callback"));
            w.note(u"added"_s);
        },
        uR"(
            callback('success')
            added
        )");
    row(
        "test_succeedMatchesManualSuccess",
        [](World &w) {
            Deferred manual = w.deferred();
            manual.callback(5);
            const DeferredState a = succeed(5, &w.engine).state();
            const DeferredState b = manual.state();
            w.note(a.called == b.called && a.result == b.result && a.paused == b.paused
                           && a.running == b.running && a.linksLeft == b.linksLeft
                           && a.waitingOn == b.waitingOn && a.holdsUnhandledFailure == b.holdsUnhandledFailure
                       ? u"the same"_s
                       : u"another"_s);
        },
        uR"(the same)");
    row(
        "testImmediateFailure",
        [](World &w) {
            Deferred d = fail(failureOf("fail"), &w.engine);
            d.addErrback(returns("errback", 0));
            w.note(u"added"_s);
        },
        uR"(
            errback(Boom: fail)
            added
        )");
    row(
        "test_reentrantRunCallbacks",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(does("1", [d]() mutable { d.addCallback(same("3")); }));
            d.addCallback(same("2"));
            d.callback(0);
        },
        uR"(
            1(0)
            2(0)
            3(0)
        )");
    row(
        "test_nonReentrantCallbacks",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(does("1", [d, &w]() mutable {
                d.addCallback(same("2"));
                w.note(u"1 returns"_s);
            }));
            d.callback(0);
        },
        uR"(
            1(0)
            1 returns
            2(0)
        )");
    row(
        "test_reentrantRunCallbacksWithFailure",
        [](World &w) {
            Deferred d = w.deferred();
            d.addCallback(does("1", [d]() mutable { d.addCallback(raises("2", "in 2")); }));
            d.callback(0);
            d.addErrback(returns("errback", 0));
        },
        uR"(
            1(0)
            2(0)
            errback(Boom: in 2)
        )");
}

void tst_Statements::returningDeferreds_data()
{
    storyColumns();
    row(
        "test_callbackReturnsDeferred",
        [](World &w) {
            Deferred inner = w.deferred();
            inner.pause();
            Deferred outer = w.deferred();
            outer.addCallback(returns("ask", inner)).addCallback(same("next"));
            outer.callback(0);
            tell(w, outer);
            inner.callback(5);
            tell(w, outer);
            inner.unpause();
            tell(w, outer);
        },
        uR"(
            ask(0)
            #2 waits for #1
            #2 waits for #1
            next(5)
            #2 has 5
        )");
    row(
        "test_errbackReturnsDeferred",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = w.deferred();
            outer.addErrback(returns("ask", inner)).addCallback(same("next"));
            outer.errback(failureOf("x"));
            tell(w, outer);
            inner.callback(5);
        },
        uR"(
            ask(Boom: x)
            #2 waits for #1
            next(5)
        )");
    row(
        "test_chainedPausedDeferredWithResult",
        [](World &w) {
            Deferred paused = succeed(5, &w.engine);
            paused.pause();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("ask", paused)).addCallback(same("next"));
            tell(w, outer);
            paused.unpause();
        },
        uR"(
            ask(0)
            #2 waits for #1
            next(5)
        )");
    row(
        "test_pausedDeferredChained",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("ask", inner));
            outer.pause();
            inner.callback(5);
            inner.addCallback(same("later"));
        },
        uR"(
            ask(0)
            later(None)
        )");
    row(
        "test_innerCallbacksPreserved",
        [](World &w) {
            Deferred first = w.deferred();
            Deferred second = w.deferred();
            Deferred third = w.deferred();
            first.addCallback(returns("first asks", second)).addCallback(same("first"));
            second.addCallback(returns("second asks", third)).addCallback(same("second"));
            first.callback(1);
            second.callback(2);
            third.callback(3);
        },
        uR"(
            first asks(1)
            second asks(2)
            second(3)
            first(3)
        )");
    row(
        "test_continueCallbackNotFirst",
        [](World &w) {
            Deferred inner = w.deferred();
            inner.addCallback(same("before"));
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("ask", inner));
            inner.addCallback(same("after"));
            outer.addCallback(same("outer"));
            inner.callback(5);
        },
        uR"(
            ask(0)
            before(5)
            outer(5)
            after(None)
        )");
    row(
        "test_callbackOrderPreserved",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("ask", inner));
            inner.addCallback(same("first"));
            inner.addCallback(same("second"));
            inner.callback(5);
            outer.addCallback(same("third"));
        },
        uR"(
            ask(0)
            first(None)
            second(None)
            third(5)
        )");
    row(
        "test_synchronousImplicitChain",
        [](World &w) {
            Deferred inner = succeed(5, &w.engine);
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("ask", inner)).addCallback(same("outer"));
            inner.addCallback(same("inner"));
        },
        uR"(
            ask(0)
            outer(5)
            inner(None)
        )");
    row(
        "test_asynchronousImplicitChain",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("ask", inner)).addCallback(same("outer"));
            inner.addCallback(same("inner"));
            inner.callback(5);
        },
        uR"(
            ask(0)
            outer(5)
            inner(None)
        )");
    row(
        "test_synchronousImplicitErrorChain",
        [](World &w) {
            Deferred outer = succeed(0, &w.engine);
            {
                Deferred inner = fail(failureOf("x"), &w.engine);
                outer.addCallback(returns("ask", inner)).addErrback(returns("outer", 0));
                tell(w, inner);
            }
            w.note(u"inner is gone"_s);
        },
        uR"(
            ask(0)
            outer(Boom: x)
            #2 has None
            inner is gone
        )");
    row(
        "test_asynchronousImplicitErrorChain",
        [](World &w) {
            Deferred outer = succeed(0, &w.engine);
            {
                Deferred inner = w.deferred();
                outer.addCallback(returns("ask", inner)).addErrback(returns("outer", 0));
                inner.addCallback(same("inner"));
                inner.errback(failureOf("x"));
            }
            w.note(u"inner is gone"_s);
        },
        uR"(
            ask(0)
            outer(Boom: x)
            inner(None)
            inner is gone
        )");
    row(
        "test_doubleAsynchronousImplicitChaining",
        [](World &w) {
            Deferred first = w.deferred();
            Deferred second = w.deferred();
            Deferred third = w.deferred();
            third.addCallback(returns("third asks", second)).addCallback(same("third"));
            second.addCallback(returns("second asks", first));
            third.callback(0);
            second.callback(0);
            first.callback(5);
            tell(w, first);
            tell(w, second);
        },
        uR"(
            third asks(0)
            second asks(0)
            third(5)
            #1 has None
            #2 has None
        )");
    row(
        "test_nestedAsynchronousChainedDeferreds",
        [](World &w) {
            Deferred inner = w.deferred();
            Deferred outer = w.deferred();
            outer.addCallback(same("start"));
            outer.addCallback(named("first", [&w, inner](const Value &) {
                Deferred middle = w.deferred();
                middle.addCallback(returns("second", inner));
                middle.callback(0);
                return Outcome::returned(middle);
            }));
            outer.addCallback(same("outer"));
            outer.callback(u"start"_s);
            inner.callback(5);
        },
        uR"(
            start('start')
            first('start')
            second(0)
            outer(5)
        )");
    row(
        "test_nestedAsynchronousChainedDeferredsWithExtraCallbacks",
        [](World &w) {
            Deferred inner = w.deferred();
            inner.addCallback(adds("inner", 1));
            Deferred middle = succeed(0, &w.engine);
            middle.addCallback(returns("middle asks", inner)).addCallback(adds("middle", 10));
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("outer asks", middle)).addCallback(same("outer"));
            inner.callback(100);
        },
        uR"(
            middle asks(0)
            outer asks(0)
            inner(100)
            middle(101)
            outer(111)
        )");
    row(
        "test_resultOfDeferredResultOfDeferredOfFiredDeferredCalled",
        [](World &w) {
            Deferred third = w.deferred();
            Deferred middle = succeed(0, &w.engine);
            middle.addCallback(returns("middle asks", third));
            Deferred outer = succeed(0, &w.engine);
            outer.addCallback(returns("outer asks", middle));
            middle.addCallback(same("middle"));
            third.callback(5);
        },
        uR"(
            middle asks(0)
            outer asks(0)
            middle(None)
        )");
    row(
        "test_boundedStackDepth",
        [](World &w) {
            const auto depthAtTheEnd = [](int count) {
                quintptr found = 0;
                Deferred innermost;
                Deferred chained = innermost;
                for (int i = 0; i < count; ++i) {
                    Deferred outer = succeed(0);
                    outer.addCallback([chained](const Value &) { return Outcome::returned(chained); });
                    chained = outer;
                }
                chained.addCallback([&found](const Value &) { found = depth(); });
                innermost.callback(0);
                return found;
            };
            w.note(depthAtTheEnd(10) == depthAtTheEnd(1000) ? u"equally deep"_s : u"deeper"_s);
        },
        uR"(equally deep)");
    row(
        "test_circularChainWarning",
        [](World &w) {
            const auto warn = [&w](const Deferred &deferred, int link) {
                w.note(u"link %1 of #%2 returned it"_s.arg(link).arg(deferred.id().value));
            };
            Engine engine(&w.recorder, {.returnedItself = warn});
            Deferred d(&engine);
            d.addCallback(same("before"));
            d.addCallback(named("circular", [d](const Value &) { return Outcome::returned(d); }));
            d.callback(0);
        },
        uR"(
            before(0)
            circular(0)
            link 1 of #1 returned it
        )");
    row(
        "test_circularChainException",
        [](World &w) {
            const auto refuse = [](const Deferred &, int) {
                throw RaisedError(exceptions::deprecationWarning(), u"circular"_s);
            };
            Engine engine(&w.recorder, {.returnedItself = refuse});
            Deferred d(&engine);
            d.addCallback(named("circular", [d](const Value &) { return Outcome::returned(d); }));
            d.addErrback(returns("errback", 0));
            d.callback(0);
        },
        uR"(
            circular(0)
            errback(DeprecationWarning: circular)
        )");
}

void tst_Statements::chainingAndRepresentation_data()
{
    storyColumns();
    row(
        "test_chainDeferredRecordsExplicitChain",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            b.chainDeferred(a);
            tell(w, a);
        },
        uR"(#1 waits for #2)");
    row(
        "test_explicitChainClearedWhenResolved",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            b.chainDeferred(a);
            b.callback(5);
            tell(w, a);
        },
        uR"(#1 has 5)");
    row(
        "test_chainDeferredRecordsImplicitChain",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            a.addCallback(returns("ask", b));
            a.callback(0);
            tell(w, a);
        },
        uR"(
            ask(0)
            #1 waits for #2
        )");
    row(
        "test_repr", [](World &w) { w.note(shapeOf(w.deferred())); }, uR"(<Deferred at 0x…>)");
    row(
        "test_reprWithResult", [](World &w) { w.note(shapeOf(succeed(5, &w.engine))); },
        uR"(<Deferred at 0x… current result: 5>)");
    row(
        "test_reprWithChaining",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            a.addCallback(returns("ask", b));
            a.callback(0);
            w.note(shapeOf(a));
        },
        uR"(
            ask(0)
            <Deferred at 0x… waiting on Deferred at 0x…>
        )");
}

void tst_Statements::pausing_data()
{
    storyColumns();
    row(
        "testPausedFailure",
        [](World &w) {
            Deferred d = fail(failureOf("x"), &w.engine);
            d.pause();
            d.addErrback(returns("errback", 0));
            w.note(u"unpauses"_s);
            d.unpause();
        },
        uR"(
            unpauses
            errback(Boom: x)
        )");
    row(
        "testUnpauseBeforeCallback",
        [](World &w) {
            Deferred d = w.deferred();
            d.pause();
            d.addCallback(same("callback"));
            d.unpause();
            tell(w, d);
        },
        uR"(#1 is unfired)");
}

void tst_Statements::firingTwice_data()
{
    storyColumns();
    row(
        "testAlreadyCalled_CC", [](World &w) { fireTwice(w, false, false); },
        uR"(raised AlreadyCalledError)");
    row(
        "testAlreadyCalled_CE", [](World &w) { fireTwice(w, false, true); }, uR"(raised AlreadyCalledError)");
    row(
        "testAlreadyCalled_EE", [](World &w) { fireTwice(w, true, true); }, uR"(
            handled(Boom: x)
            raised AlreadyCalledError
        )");
    row(
        "testAlreadyCalled_EC", [](World &w) { fireTwice(w, true, false); }, uR"(
            handled(Boom: x)
            raised AlreadyCalledError
        )");
    row(
        "testAlreadyCalledDebug_CC", [](World &w) { fireTwiceDebugging(w, false, false); }, uR"(
            creating
            first
        )");
    row(
        "testAlreadyCalledDebug_CE", [](World &w) { fireTwiceDebugging(w, false, true); }, uR"(
            creating
            first
        )");
    row(
        "testAlreadyCalledDebug_EC", [](World &w) { fireTwiceDebugging(w, true, false); }, uR"(
            handled(Boom: x)
            creating
            first
        )");
    row(
        "testAlreadyCalledDebug_EE", [](World &w) { fireTwiceDebugging(w, true, true); }, uR"(
            handled(Boom: x)
            creating
            first
        )");
    row(
        "testNoDebugging",
        [](World &w) {
            Deferred d = succeed(1, &w.engine);
            try {
                d.callback(2);
            } catch (const RaisedError &error) {
                w.note(u"says '%1'"_s.arg(error.exception()->str()));
            }
        },
        uR"(says '')");
    row(
        "testSwitchDebugging",
        [](World &w) {
            const StackSource stack = [] { return QStringList{u"here"_s}; };
            for (const int bits : {0, 1, 2, 3, 4, 5, 6, 7}) {
                const auto set = [&](int bit) { w.engine.setDebugging(bits & bit ? stack : StackSource()); };
                set(1);
                Deferred d = w.deferred();
                set(2);
                d.callback(bits);
                set(4);
                d.addCallback(same("f"));
            }
        },
        uR"(
            f(0)
            f(1)
            f(2)
            f(3)
            f(4)
            f(5)
            f(6)
            f(7)
        )");
}

void tst_Statements::cancelling_data()
{
    storyColumns();
    row(
        "test_noCanceller",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("errback", 0));
            d.cancel();
        },
        uR"(errback(CancelledError))");
    row(
        "test_raisesAfterCancelAndCallback",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("errback", 0));
            d.cancel();
            d.callback(1);
            w.attempt([&] { d.callback(2); });
            w.attempt([&] { d.errback(failureOf("x")); });
            tell(w, d);
        },
        uR"(
            errback(CancelledError)
            raised AlreadyCalledError
            raised AlreadyCalledError
            #1 has 0
        )");
    row(
        "test_raisesAfterCancelAndErrback",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("errback", 0));
            d.cancel();
            d.errback(failureOf("late"));
            w.attempt([&] { d.callback(2); });
            w.attempt([&] { d.errback(failureOf("x")); });
            tell(w, d);
        },
        uR"(
            errback(CancelledError)
            raised AlreadyCalledError
            raised AlreadyCalledError
            #1 has 0
        )");
    row(
        "test_noCancellerMultipleCancelsAfterCancelAndCallback",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("errback", 0));
            d.cancel();
            d.callback(1);
            d.cancel();
            tell(w, d);
        },
        uR"(
            errback(CancelledError)
            #1 has 0
        )");
    row(
        "test_noCancellerMultipleCancelsAfterCancelAndErrback",
        [](World &w) {
            Deferred d = w.deferred();
            d.cancel();
            d.errback(failureOf("late"));
            d.cancel();
            d.addErrback(returns("errback", 0));
        },
        uR"(errback(CancelledError))");
    row(
        "test_noCancellerMultipleCancel",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("errback", 0));
            d.cancel();
            d.cancel();
            tell(w, d);
        },
        uR"(
            errback(CancelledError)
            #1 has 0
        )");
    row(
        "test_cancellerMultipleCancel",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) {});
            d.addErrback(returns("errback", 0));
            d.cancel();
            d.cancel();
        },
        uR"(
            canceller #1
            errback(CancelledError)
        )");
    row(
        "test_simpleCanceller",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) {});
            d.addErrback(returns("errback", 0));
            d.cancel();
            w.attempt([&] { d.callback(1); });
        },
        uR"(
            canceller #1
            errback(CancelledError)
            raised AlreadyCalledError
        )");
    row(
        "test_cancellerArg",
        [](World &w) {
            Deferred d = w.deferred(
                [&w](const Deferred &cancelled) { w.note(u"got #%1"_s.arg(cancelled.id().value)); });
            d.addErrback(returns("errback", 0));
            d.cancel();
        },
        uR"(
            canceller #1
            got #1
            errback(CancelledError)
        )");
    row(
        "test_cancelAfterCallback",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) {});
            d.callback(5);
            d.cancel();
            tell(w, d);
        },
        uR"(#1 has 5)");
    row(
        "test_cancelAfterErrback",
        [](World &w) {
            Deferred d = w.deferred([](const Deferred &) {});
            d.errback(failureOf("x"));
            d.cancel();
            d.addErrback(returns("errback", 0));
        },
        uR"(errback(Boom: x))");
    row(
        "test_cancellerThatErrbacks",
        [](World &w) {
            Deferred d = w.deferred([](Deferred cancelled) { cancelled.errback(failureOf("its own")); });
            d.addErrback(returns("errback", 0));
            d.cancel();
        },
        uR"(
            canceller #1
            errback(Boom: its own)
        )");
    row(
        "test_cancellerThatCallbacks",
        [](World &w) {
            Deferred d = w.deferred([](Deferred cancelled) { cancelled.callback(5); });
            d.addCallback(same("callback"));
            d.cancel();
        },
        uR"(
            canceller #1
            callback(5)
        )");
    row(
        "test_cancelNestedDeferred",
        [](World &w) {
            Deferred inner = w.deferred([](const Deferred &) {});
            Deferred outer = w.deferred([](const Deferred &) {});
            outer.addCallback(returns("ask", inner)).addErrback(returns("errback", 0));
            outer.callback(0);
            outer.cancel();
        },
        uR"(
            ask(0)
            canceller #1
            errback(CancelledError)
        )");
    const auto dropsItsCanceller = [](World &w, const std::function<void(Deferred &)> &fire) {
        const auto owned = std::make_shared<int>(0);
        Deferred d = w.deferred([owned](const Deferred &) {});
        fire(d);
        w.note(owned.use_count() == 1 ? u"dropped"_s : u"kept"_s);
    };
    static const auto drops = dropsItsCanceller;
    row(
        "test_canceller_circular_reference_callback",
        [](World &w) { drops(w, [](Deferred &d) { d.callback(5); }); }, uR"(dropped)");
    row(
        "test_canceller_circular_reference_errback",
        [](World &w) {
            drops(w, [](Deferred &d) {
                d.addErrback(returns("errback", 0));
                d.errback(failureOf("x"));
            });
        },
        uR"(
            errback(Boom: x)
            dropped
        )");
    row(
        "test_canceller_circular_reference_non_final",
        [](World &w) {
            Deferred inner = w.deferred();
            drops(w, [&](Deferred &d) {
                d.addCallback(returns("ask", inner));
                d.callback(0);
                tell(w, d);
            });
        },
        uR"(
            ask(0)
            #2 waits for #1
            dropped
        )");
}

void tst_Statements::unhandledErrors_data()
{
    storyColumns();
    row(
        "test_errorLog",
        [](World &w) {
            {
                Deferred d = w.deferred();
                d.addCallback(raises("f", "x"));
                d.callback(0);
                w.note(u"drops it"_s);
            }
            w.note(u"dropped"_s);
        },
        uR"(
            f(0)
            drops it
            unhandled Boom: x
            dropped
        )");
    row(
        "test_errorLogWithInnerFrameRef",
        [](World &w) {
            const auto inner = [&w] { w.deferred().addCallback(raises("f", "x")).callback(0); };
            inner();
            w.note(u"left"_s);
        },
        uR"(
            f(0)
            unhandled Boom: x
            left
        )");
    row(
        "test_errorLogWithInnerFrameCycle",
        [](World &w) {
            {
                Engine engine(&w.recorder);
                Deferred d(&engine);
                d.errback(Failure(ExceptionRef(new Holding(d))));
                w.note(u"drops it"_s);
            }
            w.note(u"the engine is gone"_s);
        },
        uR"(
            drops it
            unhandled Boom: x
            the engine is gone
        )");
    row(
        "test_chainedErrorCleanup",
        [](World &w) {
            Deferred outer = succeed(0, &w.engine);
            {
                Deferred inner = fail(failureOf("x"), &w.engine);
                outer.addCallback(returns("ask", inner));
            }
            w.note(u"inner is gone"_s);
            outer.addErrback(returns("errback", 0));
        },
        uR"(
            ask(0)
            inner is gone
            errback(Boom: x)
        )");
    row(
        "test_errorClearedByChaining",
        [](World &w) {
            {
                Deferred other = w.deferred();
                Deferred d = fail(failureOf("x"), &w.engine);
                d.addErrback(returns("errback", other));
            }
            w.note(u"nothing was said"_s);
        },
        uR"(
            errback(Boom: x)
            nothing was said
        )");
}

/// Without a sink the report of a failure is a message of Qt's.
void tst_Statements::logging_data()
{
    using Action = void (*)();
    QTest::addColumn<Action>("action");
    QTest::addColumn<QRegularExpression>("message");
    const auto logged = [](const char *name, Action action, const QString &message) {
        QTest::newRow(name) << action << QRegularExpression(QRegularExpression::anchoredPattern(message));
    };
    logged(
        "test_errorLogNoRepr", [] { fail(failureOf("x")); }, u"Unhandled error in Deferred: Boom: x"_s);
    logged(
        "test_errorLogDebugInfo",
        [] {
            Engine engine;
            engine.setDebugging([] { return QStringList{u"here.cpp:7"_s}; });
            fail(failureOf("x"), &engine);
        },
        u"(?s)Unhandled error in Deferred: Boom: x.* C:here\\.cpp:7.* I:here\\.cpp:7"_s);
    logged(
        "test_logErrorReturnsError",
        [] {
            const Failure failure = failureOf("x");
            QVERIFY(logError(failure) == failure);
        },
        u"(?s).*"_s);
    logged(
        "test_logErrorLogsError",
        [] { succeed(0).addCallback(raises("f", "x")).addErrback(logError).addErrback(returns("", 0)); },
        u"(?s).*Boom: x"_s);
    logged(
        "test_logErrorLogsErrorNoRepr", [] { logError(failureOf("x")); }, u"Unhandled error\nBoom: x"_s);
}

void tst_Statements::logging()
{
    using Action = void (*)();
    QFETCH(Action, action);
    QFETCH(QRegularExpression, message);
    QTest::ignoreMessage(QtCriticalMsg, message);
    QTest::failOnWarning(QRegularExpression(u".*"_s));
    action();
}

Q_DECLARE_METATYPE(void (*)())

QTEST_GUILESS_MAIN(tst_Statements)
#include "tst_statements.moc"
