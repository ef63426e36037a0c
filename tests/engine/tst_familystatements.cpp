// SPDX-License-Identifier: GPL-3.0-or-later
#include "story.h"

#include "engine/deferred/locks.h"
#include "engine/deferred/results.h"
#include "engine/task/filesystemlock.h"

#include <QTemporaryDir>

using namespace deferscope;
using namespace deferscope::test;

/// What Twisted's own tests say of the functions and classes around a Deferred, a row each, under the name
/// that they have there.
class tst_FamilyStatements : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void lists_data();
    void lists() { compareStory(); }
    void firstErrors_data();
    void firstErrors() { compareStory(); }
    void races_data();
    void races() { compareStory(); }
    void maybeDeferreds_data();
    void maybeDeferreds() { compareStory(); }
    void resultsInTests_data();
    void resultsInTests() { compareStory(); }
    void timeouts_data();
    void timeouts() { compareStory(); }
    void locks_data();
    void locks() { compareStory(); }
    void fileLocks_data();
    void fileLocks() { compareStory(); }
};

namespace {

/// Members that note their cancelling: with \a answers, they fire when cancelled, `fire`, or fail, `fail`.
QList<Deferred> cancellable(World &w, const QStringList &answers)
{
    QList<Deferred> members;
    for (const QString &answer : answers) {
        members.append(w.deferred([answer](Deferred d) {
            if (answer == u"fire")
                d.callback(u"by its canceller"_s);
            else if (answer == u"raise")
                throw RaisedError(boom(), u"in a canceller"_s);
        }));
    }
    return members;
}

/// Links that show a list's end, and leave no failure behind.
Deferred &shown(Deferred &deferred) { return deferred.addCallbacks(same("list"), returns("list fails", {})); }
Deferred &&shown(Deferred &&deferred) { return std::move(shown(deferred)); }

void handle(QList<Deferred> &members)
{
    for (Deferred &member : members)
        member.addErrback(returns("handled", {}));
}

/// An onTimeoutCancel that notes what it got.
TimeoutCanceller customized(World &w)
{
    return [&w](const Value &result, const Value &seconds) {
        w.note(u"custom(%1, %2)"_s.arg(repr(result), repr(seconds)));
        return Outcome::returned(u"custom"_s);
    };
}

/// A Deferred under a timeout of 10 s, which was then fired in time and whose chain waits for another.
void firedInTime(World &w, const TimeoutCanceller &custom, bool fails)
{
    Deferred inner = w.deferred([](const Deferred &) {});
    Deferred d = w.deferred();
    d.addTimeout(10, w.clock, custom);
    if (fails)
        d.errback(failureOf("in time"));
    else
        d.callback(u"in time"_s);
    w.note(u"%1 calls wait"_s.arg(w.clock.calls().size()));
    d.addCallbacks(returns("callback", inner), returns("errback", inner));
    w.clock.advance(15);
    tell(w, d);
}

Deferred timed(World &w, Deferred d, const TimeoutCanceller &custom = {})
{
    d.addTimeout(10, w.clock, custom);
    d.addCallbacks(same("callback"), returns("errback", {}));
    return d;
}

void cancelledByHand(World &w, const TimeoutCanceller &custom)
{
    Deferred d = timed(w, w.deferred(), custom);
    d.cancel();
    w.note(u"%1 calls wait"_s.arg(w.clock.calls().size()));
    w.clock.advance(15);
}

QString lockFile()
{
    static const QTemporaryDir folder;
    QDir::setCurrent(folder.path());
    return u"lock"_s;
}

} // namespace

void tst_FamilyStatements::lists_data()
{
    storyColumns();
    row(
        "testDeferredList",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred c = w.deferred();
            Deferred list = shown(DeferredList({a, b, c}, {}, &w.engine));
            c.callback(3);
            b.addErrback(returns("handled", {}));
            b.errback(failureOf("b"));
            w.note(u"one is missing"_s);
            a.callback(1);
        },
        uR"(
            handled(Boom: b)
            one is missing
            list([(True, 1), (False, Boom: b), (True, 3)])
        )");
    row(
        "testEmptyDeferredList",
        [](World &w) {
            tell(w, DeferredList({}, {}, &w.engine));
            tell(w, DeferredList({}, {.fireOnOneCallback = true}, &w.engine));
        },
        uR"(
            #1 has []
            #2 is unfired
        )");
    row(
        "testDeferredListEmpty",
        [](World &w) {
            shown(DeferredList({}, {}, &w.engine));
            shown(DeferredList({}, {.fireOnOneCallback = true}, &w.engine));
            shown(DeferredList({}, {.fireOnOneErrback = true}, &w.engine));
        },
        uR"(
            list([])
            list([])
        )");
    row(
        "testDeferredListFireOnOneError",
        [](World &w) {
            QList<Deferred> members{w.deferred(), w.deferred(), w.deferred()};
            Deferred list = shown(DeferredList(members, {.fireOnOneErrback = true}, &w.engine));
            handle(members);
            members[0].callback(1);
            members[1].errback(failureOf("b"));
            members[2].errback(failureOf("c"));
        },
        uR"(
            list fails(FirstError: FirstError[#1, Boom: b])
            handled(Boom: b)
            handled(Boom: c)
        )");
    row(
        "testDeferredListDontConsumeErrors",
        [](World &w) {
            Deferred member = w.deferred();
            Deferred list = shown(DeferredList({member}, {}, &w.engine));
            member.errback(failureOf("x"));
            member.addErrback(returns("member", 0));
        },
        uR"(
            list([(False, Boom: x)])
            member(Boom: x)
        )");
    row(
        "testDeferredListConsumeErrors",
        [](World &w) {
            Deferred member = w.deferred();
            Deferred list = shown(DeferredList({member}, {.consumeErrors = true}, &w.engine));
            member.errback(failureOf("x"));
            member.addCallbacks(same("member"), same("member fails"));
        },
        uR"(
            list([(False, Boom: x)])
            member(None)
        )");
    row(
        "testDeferredListFireOnOneErrorWithAlreadyFiredDeferreds",
        [](World &w) {
            QList<Deferred> members{w.deferred(), fail(failureOf("x"), &w.engine)};
            Deferred list = DeferredList(members, {.fireOnOneErrback = true}, &w.engine);
            tell(w, list);
            shown(list);
            handle(members);
        },
        uR"(
            #3 has FirstError: FirstError[#1, Boom: x]
            list fails(FirstError: FirstError[#1, Boom: x])
            handled(Boom: x)
        )");
    row(
        "testDeferredListWithAlreadyFiredDeferreds",
        [](World &w) {
            QList<Deferred> members{succeed(1, &w.engine), fail(failureOf("x"), &w.engine)};
            tell(w, DeferredList(members, {.consumeErrors = true}, &w.engine));
        },
        uR"(#3 has [(True, 1), (False, Boom: x)])");
    row(
        "test_cancelDeferredList",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred list = shown(DeferredList(members, {.consumeErrors = true}, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            canceller #2
            list([(False, CancelledError), (False, CancelledError)])
        )");
    row(
        "test_cancelDeferredListCallback",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"fire"_s, u"silent"_s});
            Deferred list = shown(DeferredList(members, {.consumeErrors = true}, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            canceller #2
            list([(True, 'by its canceller'), (False, CancelledError)])
        )");
    row(
        "test_cancelDeferredListWithFireOnOneCallback",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred list
                = shown(DeferredList(members, {.fireOnOneCallback = true, .consumeErrors = true}, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            canceller #2
            list([(False, CancelledError), (False, CancelledError)])
        )");
    row(
        "test_cancelDeferredListWithFireOnOneCallbackAndDeferredCallback",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"fire"_s, u"silent"_s});
            Deferred list
                = shown(DeferredList(members, {.fireOnOneCallback = true, .consumeErrors = true}, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            list(('by its canceller', 0))
            canceller #2
        )");
    row(
        "test_cancelDeferredListWithFireOnOneErrback",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred list
                = shown(DeferredList(members, {.fireOnOneErrback = true, .consumeErrors = true}, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            list fails(FirstError: FirstError[#0, CancelledError])
            canceller #2
        )");
    row(
        "test_cancelDeferredListWithFireOnOneErrbackAllDeferredsCallback",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"fire"_s, u"fire"_s});
            Deferred list = shown(DeferredList(members, {.fireOnOneErrback = true}, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            canceller #2
            list([(True, 'by its canceller'), (True, 'by its canceller')])
        )");
    row(
        "test_cancelDeferredListWithOriginalDeferreds",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s});
            Deferred list = shown(DeferredList(members, {.consumeErrors = true}, &w.engine));
            members.append(cancellable(w, {u"silent"_s}));
            list.cancel();
            tell(w, members.last());
        },
        uR"(
            canceller #1
            list([(False, CancelledError)])
            #3 is unfired
        )");
    row(
        "test_cancelDeferredListWithException",
        [](World &w) {
            QTest::ignoreMessage(QtWarningMsg, "A canceller raised: Boom: in a canceller");
            QList<Deferred> members = cancellable(w, {u"raise"_s, u"silent"_s});
            Deferred list = shown(DeferredList(members, {.consumeErrors = true}, &w.engine));
            list.cancel();
            tell(w, members.first());
            tell(w, members.last());
        },
        uR"(
            canceller #1
            canceller #2
            #1 is unfired
            #2 has None
        )");
    row(
        "test_cancelFiredOnOneCallbackDeferredList",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred list = shown(DeferredList(members, {.fireOnOneCallback = true}, &w.engine));
            members[0].callback(1);
            list.cancel();
            tell(w, members.last());
        },
        uR"(
            list((1, 0))
            #2 is unfired
        )");
    row(
        "test_cancelFiredOnOneErrbackDeferredList",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred list
                = shown(DeferredList(members, {.fireOnOneErrback = true, .consumeErrors = true}, &w.engine));
            members[0].errback(failureOf("x"));
            list.cancel();
            tell(w, members.last());
        },
        uR"(
            list fails(FirstError: FirstError[#0, Boom: x])
            #2 is unfired
        )");
    row(
        "test_gatherResults",
        [](World &w) {
            Deferred a = w.deferred();
            Deferred b = w.deferred();
            Deferred both = shown(gatherResults({a, b}, false, &w.engine));
            a.callback(1);
            b.callback(2);
            QList<Deferred> others{w.deferred(), w.deferred()};
            Deferred failing = shown(gatherResults(others, false, &w.engine));
            others[1].errback(failureOf("x"));
            handle(others);
        },
        uR"(
            list([1, 2])
            list fails(FirstError: FirstError[#1, Boom: x])
            handled(Boom: x)
        )");
    row(
        "test_gatherResultsWithConsumeErrors",
        [](World &w) {
            Deferred good = succeed(1, &w.engine);
            Deferred bad = fail(failureOf("x"), &w.engine);
            Deferred list = shown(gatherResults({good, bad}, true, &w.engine));
            tell(w, bad);
        },
        uR"(
            list fails(FirstError: FirstError[#1, Boom: x])
            #2 has None
        )");
    row(
        "test_cancelGatherResults",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred list = shown(gatherResults(members, true, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            list fails(FirstError: FirstError[#0, CancelledError])
            canceller #2
        )");
    row(
        "test_cancelGatherResultsWithAllDeferredsCallback",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"fire"_s, u"fire"_s});
            Deferred list = shown(gatherResults(members, true, &w.engine));
            list.cancel();
        },
        uR"(
            canceller #1
            canceller #2
            list(['by its canceller', 'by its canceller'])
        )");
}

void tst_FamilyStatements::firstErrors_data()
{
    storyColumns();
    row(
        "test_repr", [](World &w) { w.note(FirstError(failureOf("some text"), 2).repr()); },
        uR"(FirstError[#2, Boom('some text')])");
    row(
        "test_str", [](World &w) { w.note(FirstError(failureOf("some text"), 2).str()); },
        uR"(FirstError[#2, Boom: some text])");
    row(
        "test_comparison",
        [](World &w) {
            const Failure one = failureOf("one");
            const Failure two = failureOf("two");
            const auto tellEqual = [&w](const FirstError &a, const FirstError &b) {
                w.note(a == b ? u"equal"_s : u"different"_s);
            };
            tellEqual(FirstError(one, 10), FirstError(one, 10));
            tellEqual(FirstError(one, 10), FirstError(one, 20));
            tellEqual(FirstError(one, 10), FirstError(two, 10));
        },
        uR"(
            equal
            different
            different
        )");
}

void tst_FamilyStatements::races_data()
{
    storyColumns();
    row(
        "test_success",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s, u"silent"_s});
            Deferred winner = shown(race(members, &w.engine));
            members[1].callback(5);
        },
        uR"(
            canceller #1
            canceller #3
            list((1, 5))
        )");
    row(
        "test_failure",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred result = race(members, &w.engine);
            result.addErrback([&w](const Failure &failure) {
                for (const Failure &each : dynamic_cast<FailureGroup &>(*failure.value()).failures)
                    w.note(each.message());
            });
            members[1].errback(failureOf("b"));
            members[0].errback(failureOf("a"));
        },
        uR"(
            (FailureGroup)
            a
            b
        )");
    row(
        "test_resultAfterCancel",
        [](World &w) {
            QList<Deferred> members{w.deferred(), w.deferred()};
            Deferred result = shown(race(members, &w.engine));
            members[1].callback(5);
            members[0].callback(u"late"_s);
            tell(w, members[0]);
        },
        uR"(
            list((1, 5))
            #1 has None
        )");
    row(
        "test_resultFromCancel",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"fire"_s, u"silent"_s});
            Deferred result = shown(race(members, &w.engine));
            members[1].callback(5);
        },
        uR"(
            canceller #1
            list((1, 5))
        )");
    row(
        "test_cancel",
        [](World &w) {
            QList<Deferred> members = cancellable(w, {u"silent"_s, u"silent"_s});
            Deferred result = shown(race(members, &w.engine));
            result.cancel();
        },
        uR"(
            canceller #3
            canceller #1
            canceller #2
            list fails(FailureGroup)
        )");
}

void tst_FamilyStatements::maybeDeferreds_data()
{
    storyColumns();
    row(
        "test_maybeDeferredSync",
        [](World &w) { tell(w, maybeDeferred([] { return Outcome::returned(10); }, &w.engine)); },
        uR"(#1 has 10)");
    row(
        "test_maybeDeferredSyncWithArgs",
        [](World &w) {
            const auto plus = [](int a, int b) { return Outcome::returned(a + b); };
            tell(w, maybeDeferred(std::bind(plus, 5, 7), &w.engine));
        },
        uR"(#1 has 12)");
    row(
        "test_maybeDeferredSyncException",
        [](World &w) {
            maybeDeferred([]() -> Outcome { throw RaisedError(boom(), u"x"_s); }, &w.engine)
                .addErrback(returns("errback", 0));
        },
        uR"(errback(Boom: x))");
    row(
        "test_maybeDeferredSyncFailure",
        [](World &w) {
            const Failure failure = failureOf("x");
            Deferred d = maybeDeferred([&] { return Outcome::returned(failure); }, &w.engine);
            w.note(toFailure(*d.look()) == failure ? u"the same"_s : u"another"_s);
        },
        uR"(the same)");
    row(
        "test_maybeDeferredAsync",
        [](World &w) {
            Deferred d = w.deferred();
            Deferred result = maybeDeferred([&] { return Outcome::returned(d); }, &w.engine);
            w.note(result == d ? u"the same"_s : u"another"_s);
            result.addCallback(same("callback"));
            d.callback(u"success"_s);
        },
        uR"(
            the same
            callback('success')
        )");
    row(
        "test_maybeDeferredAsyncError",
        [](World &w) {
            Deferred d = w.deferred();
            Deferred result = maybeDeferred([&] { return Outcome::returned(d); }, &w.engine);
            result.addErrback(returns("errback", 0));
            d.errback(failureOf("x"));
        },
        uR"(errback(Boom: x))");
    row(
        "test_passesThroughDeferreds",
        [](World &w) {
            const Deferred d = w.deferred();
            w.note(Deferred::from(Value(d)) == d ? u"the same"_s : u"another"_s);
        },
        uR"(the same)");
}

void tst_FamilyStatements::resultsInTests_data()
{
    storyColumns();
    row(
        "successResultOf: the result that is there, and no other",
        [](World &w) {
            Deferred d = succeed(5, &w.engine);
            w.note(repr(successResultOf(d)));
            tell(w, d);
            w.attempt([&] { successResultOf(w.deferred()); });
            w.attempt([&] { successResultOf(fail(failureOf("x"), &w.engine)); });
        },
        uR"(
            (5)
            5
            #1 has None
            raised AssertionError
            (Boom: x)
            raised AssertionError
        )");
    row(
        "failureResultOf: the failure that is there, of a type that was named",
        [](World &w) {
            w.note(failureResultOf(fail(failureOf("x"), &w.engine)).message());
            w.note(failureResultOf(fail(failureOf("y"), &w.engine), {&exceptions::exception()}).message());
            w.attempt([&] { failureResultOf(fail(failureOf("z"), &w.engine), {&exceptions::typeError()}); });
            w.attempt([&] { failureResultOf(succeed(5, &w.engine)); });
            w.attempt([&] { failureResultOf(w.deferred()); });
        },
        uR"(
            (Boom: x)
            x
            (Boom: y)
            y
            (Boom: z)
            raised AssertionError
            (5)
            raised AssertionError
            raised AssertionError
        )");
    row(
        "assertNoResult: looks, and lets a later result pass",
        [](World &w) {
            Deferred d = w.deferred();
            assertNoResult(d);
            d.callback(5);
            tell(w, d);
            w.attempt([&] { assertNoResult(d); });
            w.attempt([&] { assertNoResult(fail(failureOf("x"), &w.engine)); });
        },
        uR"(
            (5)
            #1 has 5
            (5)
            raised AssertionError
            (Boom: x)
            (Boom: x)
            raised AssertionError
        )");
    row(
        "assertFailure: gives the exception on",
        [](World &w) {
            assertFailure(fail(failureOf("x"), &w.engine), {&boom()}).addCallback(same("expected"));
            assertFailure(fail(failureOf("y"), &w.engine), {&exceptions::typeError()})
                .addErrback(returns("another", 0));
            assertFailure(succeed(5, &w.engine), {&boom()}).addErrback(returns("none", 0));
        },
        uR"(
            (Boom: x)
            expected(Boom('x'))
            (Boom: y)
            another(AssertionError: TypeError was expected, and it failed: Boom: y)
            (5)
            none(AssertionError: Boom was expected, and the result is 5)
        )");
}

void tst_FamilyStatements::timeouts_data()
{
    storyColumns();
    row(
        "test_timeoutChainable",
        [](World &w) {
            Deferred d = w.deferred();
            w.note(d.addTimeout(1, w.clock) == d ? u"the same"_s : u"another"_s);
        },
        uR"(the same)");
    row(
        "test_successResultBeforeTimeout", [](World &w) { firedInTime(w, {}, false); }, uR"(
            0 calls wait
            callback('in time')
            #2 waits for #1
        )");
    row(
        "test_successResultBeforeTimeoutCustom", [](World &w) { firedInTime(w, customized(w), false); }, uR"(
            0 calls wait
            callback('in time')
            #2 waits for #1
        )");
    row(
        "test_failureBeforeTimeout", [](World &w) { firedInTime(w, {}, true); }, uR"(
            0 calls wait
            errback(Boom: in time)
            #2 waits for #1
        )");
    row(
        "test_failureBeforeTimeoutCustom", [](World &w) { firedInTime(w, customized(w), true); }, uR"(
            0 calls wait
            errback(Boom: in time)
            #2 waits for #1
        )");
    row(
        "test_timedOut",
        [](World &w) {
            Deferred d = timed(w, w.deferred());
            w.clock.advance(9);
            w.note(u"9 s"_s);
            w.clock.advance(1);
        },
        uR"(
            9 s
            errback(TimeoutError: (10, 'Deferred'))
        )");
    row(
        "test_timedOutCustom",
        [](World &w) {
            Deferred d = timed(w, w.deferred(), customized(w));
            w.clock.advance(10);
        },
        uR"(
            custom(CancelledError, 10)
            callback('custom')
        )");
    row(
        "test_timedOutProvidedCancelSuccess",
        [](World &w) {
            Deferred d = timed(w, w.deferred([](Deferred who) { who.callback(u"its own"_s); }));
            w.clock.advance(10);
        },
        uR"(
            canceller #1
            callback('its own')
        )");
    row(
        "test_timedOutProvidedCancelFailure",
        [](World &w) {
            Deferred d = timed(w, w.deferred([](Deferred who) { who.errback(failureOf("its own")); }));
            w.clock.advance(10);
        },
        uR"(
            canceller #1
            errback(Boom: its own)
        )");
    row(
        "test_cancelBeforeTimeout", [](World &w) { cancelledByHand(w, {}); }, uR"(
            errback(CancelledError)
            0 calls wait
        )");
    row(
        "test_cancelBeforeTimeoutCustom", [](World &w) { cancelledByHand(w, customized(w)); }, uR"(
            errback(CancelledError)
            0 calls wait
        )");
    row(
        "test_providedCancelCalledBeforeTimeoutCustom",
        [](World &w) {
            Deferred d = timed(w, w.deferred([](Deferred who) { who.errback(failureOf("its own")); }),
                               customized(w));
            w.clock.advance(10);
        },
        uR"(
            canceller #1
            custom(Boom: its own, 10)
            callback('custom')
        )");
    row(
        "test_errbackAddedBeforeTimeout",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(same("before"));
            timed(w, d);
            w.clock.advance(10);
        },
        uR"(
            before(CancelledError)
            errback(TimeoutError: (10, 'Deferred'))
        )");
    row(
        "test_errbackAddedBeforeTimeoutSuppressesCancellation",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("before", u"swallowed"_s));
            timed(w, d);
            w.clock.advance(10);
        },
        uR"(
            before(CancelledError)
            callback('swallowed')
        )");
    row(
        "test_errbackAddedBeforeTimeoutCustom",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(same("before"));
            timed(w, d, customized(w));
            w.clock.advance(10);
        },
        uR"(
            before(CancelledError)
            custom(CancelledError, 10)
            callback('custom')
        )");
    row(
        "test_errbackAddedBeforeTimeoutSuppressesCancellationCustom",
        [](World &w) {
            Deferred d = w.deferred();
            d.addErrback(returns("before", u"swallowed"_s));
            timed(w, d, customized(w));
            w.clock.advance(10);
        },
        uR"(
            before(CancelledError)
            custom('swallowed', 10)
            callback('custom')
        )");
    row(
        "test_callbackAddedToCancelerBeforeTimeout",
        [](World &w) {
            Deferred d = w.deferred([](Deferred who) { who.callback(u"its own"_s); });
            d.addCallback(same("before"));
            timed(w, d);
            w.clock.advance(10);
        },
        uR"(
            canceller #1
            before('its own')
            callback('its own')
        )");
    row(
        "test_callbackAddedToCancelerBeforeTimeoutCustom",
        [](World &w) {
            Deferred d = w.deferred([](Deferred who) { who.callback(u"its own"_s); });
            d.addCallback(same("before"));
            timed(w, d, customized(w));
            w.clock.advance(10);
        },
        uR"(
            canceller #1
            before('its own')
            custom('its own', 10)
            callback('custom')
        )");
}

void tst_FamilyStatements::locks_data()
{
    storyColumns();
    row(
        "testLock",
        [](World &w) {
            DeferredLock lock(&w.engine);
            lock.acquire().addCallback(same("first"));
            Deferred second = lock.acquire(2);
            second.addCallback(same("second"));
            Deferred third = lock.acquire(3);
            third.addErrback(returns("third fails", 0));
            third.cancel();
            w.note(u"releases"_s);
            lock.release();
            lock.release();
            Deferred job = w.deferred();
            Deferred run = lock.run([job] { return Outcome::returned(job); });
            run.addCallback(same("run"));
            w.note(lock.isLocked() ? u"locked"_s : u"free"_s);
            job.callback(5);
            w.note(lock.isLocked() ? u"locked"_s : u"free"_s);
        },
        uR"(
            first(None)
            canceller #3
            third fails(CancelledError)
            releases
            second(2)
            execute(None)
            locked
            _releaseAndReturn(5)
            run(5)
            free
        )");
    row(
        "test_cancelLockAfterAcquired",
        [](World &w) {
            DeferredLock lock(&w.engine);
            Deferred granted = lock.acquire(1);
            granted.cancel();
            granted.addCallback(same("granted"));
            w.note(lock.isLocked() ? u"locked"_s : u"free"_s);
        },
        uR"(
            granted(1)
            locked
        )");
    row(
        "test_cancelLockBeforeAcquired",
        [](World &w) {
            DeferredLock lock(&w.engine);
            lock.acquire();
            Deferred waiting = lock.acquire();
            waiting.addErrback(returns("waiting fails", 0));
            waiting.cancel();
            w.note(u"%1 wait"_s.arg(lock.waiting().size()));
        },
        uR"(
            canceller #2
            waiting fails(CancelledError)
            0 wait
        )");
    row(
        "testSemaphore",
        [](World &w) {
            DeferredSemaphore semaphore(2, &w.engine);
            Deferred job = w.deferred();
            Deferred run = semaphore.run([job] { return Outcome::returned(job); });
            run.addCallback(same("run"));
            w.note(u"%1 left"_s.arg(semaphore.tokens()));
            semaphore.acquire(1).addCallback(same("first"));
            Deferred second = semaphore.acquire(2);
            second.addCallback(same("second"));
            Deferred third = semaphore.acquire(3);
            third.addErrback(returns("third fails", 0));
            third.cancel();
            w.note(u"%1 left"_s.arg(semaphore.tokens()));
            job.callback(5);
            semaphore.release();
            semaphore.release();
            w.note(u"%1 left"_s.arg(semaphore.tokens()));
            w.attempt([&] { semaphore.release(); });
        },
        uR"(
            execute(None)
            1 left
            first(1)
            canceller #5
            third fails(CancelledError)
            0 left
            _releaseAndReturn(5)
            second(2)
            run(5)
            2 left
            raised AssertionError
        )");
    row(
        "test_semaphoreInvalidTokens",
        [](World &w) {
            w.attempt([&] { DeferredSemaphore(0, &w.engine); });
            w.attempt([&] { DeferredSemaphore(-1, &w.engine); });
        },
        uR"(
            raised ValueError
            raised ValueError
        )");
    row(
        "test_cancelSemaphoreAfterAcquired",
        [](World &w) {
            DeferredSemaphore semaphore(1, &w.engine);
            Deferred granted = semaphore.acquire(1);
            granted.cancel();
            granted.addCallback(same("granted"));
            w.note(u"%1 left"_s.arg(semaphore.tokens()));
        },
        uR"(
            granted(1)
            0 left
        )");
    row(
        "test_cancelSemaphoreBeforeAcquired",
        [](World &w) {
            DeferredSemaphore semaphore(1, &w.engine);
            semaphore.acquire();
            Deferred waiting = semaphore.acquire();
            waiting.addErrback(returns("waiting fails", 0));
            waiting.cancel();
            w.note(u"%1 wait"_s.arg(semaphore.waiting().size()));
        },
        uR"(
            canceller #2
            waiting fails(CancelledError)
            0 wait
        )");
    row(
        "testQueue",
        [](World &w) {
            DeferredQueue queue(2, 1, &w.engine);
            queue.put(1);
            queue.put(2);
            w.attempt([&] { queue.put(3); });
            queue.get().addCallback(same("first"));
            queue.get().addCallback(same("second"));
            Deferred waiting = queue.get();
            waiting.addCallback(same("third"));
            w.attempt([&] { queue.get(); });
            queue.put(3);
            DeferredQueue none(0, 0, &w.engine);
            w.attempt([&] { none.put(1); });
            w.attempt([&] { none.get(); });
        },
        uR"(
            raised QueueOverflow
            first(1)
            second(2)
            raised QueueUnderflow
            third(3)
            raised QueueOverflow
            raised QueueUnderflow
        )");
    row(
        "test_cancelQueueAfterSynchronousGet",
        [](World &w) {
            DeferredQueue queue({}, {}, &w.engine);
            queue.put(1);
            Deferred got = queue.get();
            got.cancel();
            got.addCallback(same("got"));
        },
        uR"(got(1))");
    row(
        "test_cancelQueueAfterGet",
        [](World &w) {
            DeferredQueue queue({}, {}, &w.engine);
            Deferred cancelled = queue.get();
            cancelled.addErrback(returns("cancelled", 0));
            cancelled.cancel();
            queue.put(1);
            queue.get().addCallback(same("got"));
        },
        uR"(
            canceller #1
            cancelled(CancelledError)
            got(1)
        )");
}

void tst_FamilyStatements::fileLocks_data()
{
    storyColumns();
    row(
        "test_waitUntilLockedWithNoLock",
        [](World &w) {
            DeferredFilesystemLock lock(lockFile(), w.clock, &w.engine);
            lock.deferUntilLocked(1).addCallback(same("locked"));
        },
        uR"(locked(None))");
    row(
        "test_waitUntilLockedWithTimeoutLocked",
        [](World &w) {
            DeferredFilesystemLock holder(lockFile(), w.clock, &w.engine);
            holder.lock();
            DeferredFilesystemLock lock(lockFile(), w.clock, &w.engine);
            lock.deferUntilLocked(5.5).addErrback(returns("too late", 0));
            w.clock.advance(1);
            w.clock.advance(4);
            w.note(u"5 s"_s);
            w.clock.advance(0.5);
        },
        uR"(
            5 s
            too late(TimeoutError: lock was not free within 5.5 s)
        )");
    row(
        "test_waitUntilLockedWithTimeoutUnlocked",
        [](World &w) {
            DeferredFilesystemLock holder(lockFile(), w.clock, &w.engine);
            holder.lock();
            DeferredFilesystemLock lock(lockFile(), w.clock, &w.engine);
            lock.deferUntilLocked(10).addCallback(same("locked"));
            w.clock.advance(1);
            holder.unlock();
            w.clock.advance(1);
            w.note(u"%1 calls wait"_s.arg(w.clock.calls().size()));
        },
        uR"(
            locked(None)
            0 calls wait
        )");
    row(
        "test_concurrentUsage",
        [](World &w) {
            DeferredFilesystemLock holder(lockFile(), w.clock, &w.engine);
            holder.lock();
            DeferredFilesystemLock lock(lockFile(), w.clock, &w.engine);
            Deferred first = lock.deferUntilLocked();
            first.addCallback(same("first"));
            lock.deferUntilLocked().addErrback(returns("second fails", 0));
            holder.unlock();
            w.clock.advance(1);
        },
        uR"(
            second fails(AlreadyTryingToLockError: lock is being waited for already)
            first(None)
        )");
    row(
        "test_multipleUsages",
        [](World &w) {
            DeferredFilesystemLock lock(lockFile(), w.clock, &w.engine);
            for (int i = 0; i < 2; ++i) {
                lock.deferUntilLocked().addCallback(same("locked"));
                lock.unlock();
            }
        },
        uR"(
            locked(None)
            locked(None)
        )");
    row(
        "test_cancelDeferUntilLocked",
        [](World &w) {
            DeferredFilesystemLock holder(lockFile(), w.clock, &w.engine);
            holder.lock();
            DeferredFilesystemLock lock(lockFile(), w.clock, &w.engine);
            Deferred waiting = lock.deferUntilLocked();
            waiting.addErrback(returns("cancelled", 0));
            waiting.cancel();
            w.note(u"%1 calls wait"_s.arg(w.clock.calls().size()));
        },
        uR"(
            canceller #1
            cancelled(CancelledError)
            0 calls wait
        )");
    row(
        "test_cancelDeferUntilLockedWithTimeout",
        [](World &w) {
            DeferredFilesystemLock holder(lockFile(), w.clock, &w.engine);
            holder.lock();
            DeferredFilesystemLock lock(lockFile(), w.clock, &w.engine);
            Deferred waiting = lock.deferUntilLocked(1);
            waiting.addErrback(returns("cancelled", 0));
            waiting.cancel();
            w.note(u"%1 calls wait"_s.arg(w.clock.calls().size()));
        },
        uR"(
            canceller #1
            cancelled(CancelledError)
            0 calls wait
        )");
}

QTEST_GUILESS_MAIN(tst_FamilyStatements)
#include "tst_familystatements.moc"
