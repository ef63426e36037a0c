// SPDX-License-Identifier: GPL-3.0-or-later
// What a Narrator says about a result on its way through the links, and about the world round the chains.
#include "narrator.h"

#include "ui/narration/words.h"

namespace deferscope::ui {

using namespace Qt::StringLiterals;

Sentence Narrator::started() const
{
    const QString where
        = tr("Link %1 of %2 in %3").arg(m_event.link + 1).arg(subject().links.size()).arg(who());
    if (link().purpose != LinkPurpose::User)
        return {tr("The result %1 reaches %2 in %3.").arg(value(), sideRunning(), who()), where + u'.',
                u"R36"_s};
    const QString side = isFailure() ? tr("the result is a failure, so its errback side runs.")
                                     : tr("the result is not a failure, so its callback side runs.");
    return {tr("%1 is called with %2.").arg(sideRunning(), value()), where + u": "_s + side, u"R36"_s};
}

Sentence Narrator::machineryReturned(LinkPurpose purpose) const
{
    const QString served = name(subject().links.at(m_event.link).other);
    switch (purpose) {
    case LinkPurpose::User:
    case LinkPurpose::HandOver: break; // a hand-over is told with its Resume event
    case LinkPurpose::Chain:
        return {tr("%1 gave its result to %2.").arg(who(), served),
                tr("%1 itself is left with None.").arg(who()), u"R39"_s};
    case LinkPurpose::Collect:
        return {tr("%1 has noted the result of %2.").arg(served, who()),
                tr("%1 goes on with %2.").arg(who(), value()), u"R90"_s};
    case LinkPurpose::Translate:
        return {tr("The timeout's entry lets %1 pass.").arg(value()), tr("%1 came in time.").arg(who()),
                u"R82"_s};
    case LinkPurpose::Disarm:
        return {tr("The timeout of %1 is over: its timer is off.").arg(who()),
                tr("The result goes on: %1.").arg(value()), u"R83"_s};
    case LinkPurpose::Unwrap:
        return {tr("gatherResults keeps the bare values: %1.").arg(value()),
                tr("That is the result of %1 now.").arg(who()), u"R92"_s};
    case LinkPurpose::Await:
        return {tr("The coroutine of %1 has gone on with the result of %2.").arg(served, who()),
                tr("%1 gave its result away, and is left with None.").arg(who()), u"R96"_s};
    case LinkPurpose::Redirect:
        return {tr("The coroutine of %1 was asked to end.").arg(who()),
                tr("%1 waits for %2, which its end will fire.").arg(who(), value()), u"R97"_s};
    }
    return {tr("%1 goes on with %2.").arg(who(), value()), {}, u"R39"_s};
}

Sentence Narrator::returned() const
{
    if (const LinkPurpose purpose = link().purpose; purpose != LinkPurpose::User)
        return machineryReturned(purpose);
    const ValueText &out = m_trace.value(m_event);
    const QString headline = tr("%1 returned %2.").arg(sideRunning(), value());
    switch (out.kind) {
    case ValueText::Kind::Failure:
        return {headline,
                tr("A failure that is returned counts as one that is raised: on to the errback side."),
                u"R39"_s};
    case ValueText::Kind::Deferred:
        return {
            headline,
            tr("A Deferred is no result yet: %1 will have to wait for it, or take what it has.").arg(who()),
            u"R39"_s};
    case ValueText::Kind::NoResult:
    case ValueText::Kind::None:
    case ValueText::Kind::Value: break;
    }
    if (subject().links.at(m_event.link).state == LinkState::Recovered)
        return {headline,
                tr("The errback dealt with the failure: %1 is back on its callback side.").arg(who()),
                u"R39"_s};
    if (m_event.link + 1 < subject().links.size())
        return {headline, tr("That is the result of %1 now; the next link will get it.").arg(who()),
                u"R39"_s};
    return {headline,
            tr("That is the result of %1 now. There are no more links: its chain is done.").arg(who()),
            u"R50"_s};
}

Sentence Narrator::raised() const
{
    if (link().purpose == LinkPurpose::Translate)
        return {tr("Time is up for %1: the cancellation becomes %2.").arg(who(), value()),
                tr("That is what the errbacks below will get."), u"R82"_s};
    return {tr("%1 raised %2.").arg(sideRunning(), value()),
            tr("%1 crosses to its errback side. The errback next to %2 does not see it; those below do.")
                .arg(who(), sideRunning()),
            u"R38"_s};
}

Sentence Narrator::passedBy() const
{
    const Side other = m_event.side == Side::Callback ? Side::Errback : Side::Callback;
    const QString function = sideName(link(), other);
    const QString detail = other == Side::Errback
        ? tr("%1 is an errback: it is there for failures only.").arg(function)
        : tr("%1 is a callback: failures do not stop there.").arg(function);
    return {tr("%1 passes by %2.").arg(value(), function), detail, u"R11"_s};
}

Sentence Narrator::waits() const
{
    return {tr("%1 returned %2, which has no result yet.").arg(sideRunning(), whom()),
            tr("%1 stops here until %2 fires. An entry at the end of %2 will hand its result over.")
                .arg(who(), whom()),
            u"R43"_s};
}

Sentence Narrator::waitsInCycle() const
{
    if (m_event.other == m_event.deferred)
        return {tr("%1 returned %2: the Deferred that it is a link of.").arg(sideRunning(), whom()),
                tr("%1 waits for itself now. This can never finish.").arg(who()), u"R40"_s};
    return {tr("%1 returned %2, which already waits for %3.").arg(sideRunning(), whom(), who()),
            tr("They wait for each other now. This can never finish."), u"R40"_s};
}

Sentence Narrator::resumed() const
{
    const DeferredSnapshot *inner = m_after.find(m_event.other);
    const qint32 entry = m_trace.handOver(m_event);
    QString waited;
    if (inner && entry >= 0 && entry < inner->links.size() && inner->links.at(entry).added >= 0) {
        const double since = m_trace.timeOf(inner->links.at(entry).added);
        waited = tr("%1 had waited %2.").arg(who(), secondsText(m_after.time - since)) + u' ';
    }
    if (subject().paused() != 0)
        return {tr("%1's result %2 moved to %3, which is still paused.").arg(whom(), value(), who()),
                waited + tr("Its pause count is %1: it runs on when that is 0.").arg(subject().paused()),
                u"R65"_s};
    const QString headline = isFailure()
        ? tr("%1 failed: %2 continues on its errback side with %3.").arg(whom(), who(), value())
        : tr("%1's result %2 moved to %3, which runs on with it.").arg(whom(), value(), who());
    return {headline,
            waited + tr("%1 now holds None: that is what its later links will receive.").arg(whom()),
            u"R35"_s};
}

Sentence Narrator::stole() const
{
    const QString headline = isFailure()
        ? tr("%1 had already failed: %2 takes %3 at once.").arg(whom(), who(), value())
        : tr("%1 already had %2: %3 takes it without waiting.").arg(whom(), value(), who());
    return {headline, tr("%1 is left with None.").arg(whom()), u"R44"_s};
}

Sentence Narrator::timerScheduled() const
{
    const TimerInfo &timer = m_trace.timer(m_event);
    const QString headline = tr("%1 is to be called at %2.").arg(timer.function.name, secondsText(timer.due));
    if (timer.fires)
        return {
            headline,
            tr("That will fire %1. The reactor does it once control is back with it.").arg(name(timer.fires)),
            {}};
    return {headline, tr("The reactor does it once control is back with it."), {}};
}

Sentence Narrator::ticked() const
{
    const TimerInfo &timer = m_trace.timer(m_event);
    return {tr("It is %1: the reactor calls %2.").arg(secondsText(m_after.time), timer.function.name),
            timer.fires ? tr("That call fires %1.").arg(name(timer.fires))
                        : tr("It was scheduled for this moment."),
            {}};
}

Sentence Narrator::timerCancelled() const
{
    const TimerInfo &timer = m_trace.timer(m_event);
    return {tr("The call of %1 that was due at %2 is cancelled.")
                .arg(timer.function.name, secondsText(timer.due)),
            tr("It will not happen."),
            {}};
}

Sentence Narrator::turned() const
{
    if (m_after.step == 1)
        return {tr("The program starts."), tr("The clock stands at %1.").arg(secondsText(m_after.time)), {}};
    const QString clock
        = tr("Control is back with the reactor; the clock moves to %1.").arg(secondsText(m_after.time));
    if (m_after.timers.isEmpty())
        return {clock, tr("Nothing is scheduled."), {}};
    const TimerInfo &next = m_trace.timer(m_trace.at(m_after.timers.constFirst().scheduled));
    return {clock, tr("Next: %1, due at %2.").arg(next.function.name, secondsText(next.due)), {}};
}

Sentence Narrator::printed() const
{
    const QString text = elided(m_trace.text(m_event).trimmed(), 80);
    return {m_event.stream == Stream::Out ? tr("The program printed: %1").arg(text)
                                          : tr("The program wrote to its error output: %1").arg(text),
            tr("See the console."),
            {}};
}

Sentence Narrator::ended() const
{
    const QString why = m_trace.text(m_event);
    if (m_event.kind == EventKind::Limit)
        return {
            tr("The run was stopped here: %1.").arg(why), tr("Everything up to here can be looked at."), {}};
    return {why.isEmpty() ? tr("The program has ended.") : tr("The program stops: %1.").arg(why),
            tr("What is still unfired now will never fire."),
            {}};
}

Sentence Narrator::slept() const
{
    return {tr("The program slept for %1 s.").arg(value()),
            tr("The reactor stood still meanwhile: nothing else could run, and no timer was kept."),
            {}};
}

Sentence Narrator::missing() const
{
    return {m_event.payload ? tr("%n event(s) are missing here.", nullptr, int(m_event.payload))
                            : tr("Events are missing here."),
            tr("The recording is damaged; it goes on with what could be read."),
            {}};
}

} // namespace deferscope::ui
