// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock/virtualclock.h"
#include "engine/deferred/deferred.h"
#include "engine/deferred/deferredlist.h"
#include "engine/trace/tracerecorder.h"

namespace deferscope::test {

/// A small program told line by line, and the trace that it leaves.
class Story
{
public:
    Story() { recorder.beginTurn(0); }

    Deferred make(const QString &name) { return line(name), Deferred(&engine); }
    Deferred make(const QString &name, Canceller canceller)
    {
        return line(name), Deferred(std::move(canceller), &engine);
    }
    void line(const QString &binding = {})
    {
        recorder.setSite({QStringLiteral("story.py"), ++m_line, 1, {}, binding});
    }

    void later(double seconds, Deferred deferred, const Value &result)
    {
        const auto fire = [deferred, result]() mutable { deferred.callback(result); };
        clock.callLater(seconds, {fire, {QStringLiteral("callback"), {}}, deferred.id()});
    }

    /// Lets time pass until nothing is scheduled.
    const Trace &tell()
    {
        while (clock.hasCalls()) {
            clock.moveTo(clock.nextDue());
            recorder.beginTurn(clock.seconds());
            while (clock.runNext()) { }
        }
        return recorder.trace();
    }
    const Trace &trace() const { return recorder.trace(); }

    TraceRecorder recorder;
    Engine engine{&recorder};
    VirtualClock clock{&recorder};

private:
    int m_line = 0;
};

inline Callable passOn(const QString &name)
{
    return {[](const Value &value) { return Outcome::returned(value); }, {name, {}}};
}

inline Callable returning(const QString &name, const Value &result)
{
    return {[result](const Value &) { return Outcome::returned(result); }, {name, {}}};
}

inline Failure valueError(const QString &message) { return Failure(exceptions::valueError(), message); }

inline Callable raising(const QString &name, const QString &message)
{
    return {[message](const Value &) { return Outcome::raise(valueError(message)); }, {name, {}}};
}

/// `outer` waits for `inner`, which has a link before the hand-over and one behind it.
inline Trace waitingStory()
{
    Story story;
    Deferred outer = story.make(QStringLiteral("outer"));
    Deferred inner = story.make(QStringLiteral("inner"));
    inner.addCallback(passOn(QStringLiteral("before")));
    outer.addCallback(returning(QStringLiteral("ask"), inner)).addCallback(passOn(QStringLiteral("use")));
    outer.callback(1);
    inner.addCallback(passOn(QStringLiteral("late")));
    story.later(1.5, inner, QStringLiteral("answer"));
    return story.tell();
}

/// `fetch`: a callback raises, an errback recovers, one function serves both sides.
inline Trace failingStory()
{
    Story story;
    Deferred fetch = story.make(QStringLiteral("fetch"));
    fetch.addCallbacks(raising(QStringLiteral("parse"), QStringLiteral("no")), passOn(QStringLiteral("log")));
    fetch.addCallback(passOn(QStringLiteral("render")));
    fetch.addErrback(returning(QStringLiteral("recover"), QStringLiteral("default")));
    fetch.addBoth(passOn(QStringLiteral("close")));
    story.later(2, fetch, QStringLiteral("page"));
    return story.tell();
}

/// `first` waits for the last of \a depth Deferreds, through all those between.
inline Trace deepStory(int depth)
{
    Story story;
    QList<Deferred> chain;
    for (int index = 0; index < depth; ++index)
        chain.append(story.make(QStringLiteral("d%1").arg(index + 1)));
    for (int index = 0; index + 1 < depth; ++index)
        chain[index].addCallback(returning(QStringLiteral("next"), chain.at(index + 1)));
    for (int index = 0; index + 1 < depth; ++index)
        chain[index].callback(index);
    story.later(3, chain.constLast(), 42);
    return story.tell();
}

/// `a` and `b` wait for each other, `own` waits for itself.
inline Trace circleStory()
{
    Story story;
    Deferred a = story.make(QStringLiteral("a"));
    Deferred b = story.make(QStringLiteral("b"));
    Deferred own = story.make(QStringLiteral("own"));
    a.addCallback(returning(QStringLiteral("return_b"), b));
    b.addCallback(returning(QStringLiteral("return_a"), a));
    own.addCallback(returning(QStringLiteral("return_self"), own));
    a.callback(1);
    b.callback(2);
    own.callback(3);
    return story.trace();
}

/// `pages` collects \a members Deferreds that fire one after another.
inline Trace listStory(int members)
{
    Story story;
    QList<Deferred> pages;
    for (int index = 0; index < members; ++index)
        pages.append(story.make(QStringLiteral("page%1").arg(index + 1)));
    story.line(QStringLiteral("pages"));
    Deferred list = gatherResults(pages, false, &story.engine);
    list.addCallback(passOn(QStringLiteral("show")));
    for (int index = 0; index < members; ++index)
        story.later(1 + index, pages.at(index), index);
    return story.tell();
}

/// \a count Deferreds that have nothing to do with each other, of \a links links each.
inline Trace crowdStory(int count, int links)
{
    Story story;
    for (int index = 0; index < count; ++index) {
        Deferred deferred = story.make(QStringLiteral("d%1").arg(index));
        for (int link = 0; link < links; ++link)
            deferred.addCallback(passOn(QStringLiteral("cb%1").arg(link)));
        deferred.callback(index);
    }
    return story.trace();
}

/// What the other stories leave out: pauses, cancellation, late firings, timeouts, failures that nobody
/// takes.
inline Trace mixedStory()
{
    using namespace Qt::StringLiterals;
    Story story;
    Deferred paused = story.make(u"paused"_s);
    paused.pause();
    paused.pause();
    paused.callback(1);
    paused.unpause();
    paused.unpause();
    try {
        paused.callback(2);
    } catch (const RaisedError &) { // AlreadyCalledError: recorded as Refire
    }
    paused.cancel();

    Deferred cancelled = story.make(u"cancelled"_s);
    cancelled.addErrback(passOn(u"report"_s));
    cancelled.cancel();
    cancelled.callback(9);

    Deferred slow = story.make(u"slow"_s, Canceller{[](Deferred) {}, {}});
    Deferred waiter = story.make(u"waiter"_s);
    waiter.addCallback(returning(u"ask"_s, slow));
    waiter.callback(0);
    waiter.cancel();

    Deferred ready = story.make(u"ready"_s);
    ready.callback(5);
    Deferred thief = story.make(u"thief"_s);
    thief.addCallback(returning(u"take"_s, ready));
    thief.callback(0);

    Deferred timed = story.make(u"timed"_s);
    timed.addTimeout(4, story.clock);
    Deferred copy = story.make(u"copy"_s);
    timed.chainDeferred(copy);
    Deferred quick = story.make(u"quick"_s);
    quick.addTimeout(4, story.clock);
    quick.callback(7);

    story.make(u"forgotten"_s);
    story.make(u"broken"_s).errback(valueError(u"no"_s));
    story.recorder.print(u"oops\n"_s, Stream::Err);
    story.tell();
    {
        Deferred buried = story.make(u"buried"_s);
        buried.pause();
        buried.errback(valueError(u"unheard"_s));
    }
    story.recorder.stop(u"the reactor stopped"_s);
    story.recorder.limit(u"1000 events were made"_s);
    return story.trace();
}

} // namespace deferscope::test
