// SPDX-License-Identifier: GPL-3.0-or-later
// What a Narrator says about the life of a Deferred: made, added to, fired, paused, cancelled, gone.
#include "narrator.h"

#include "ui/narration/words.h"

namespace deferscope::ui {

using namespace Qt::StringLiterals;

Sentence Narrator::created() const
{
    const QString className = m_trace.text(m_event);
    const QString detail = m_trace.hasCanceller(m_event)
        ? tr("It has no result yet. It brought a canceller: cancel() will ask that first.")
        : tr("It has no result yet, and its chain is empty.");
    if (className.isEmpty() || className == u"Deferred"_s)
        return {tr("The Deferred %1 was made.").arg(who()), detail, u"R1"_s};
    return {tr("The %1 %2 was made.").arg(className, who()), detail, u"R1"_s};
}

Sentence Narrator::added() const
{
    const LinkInfo info = m_trace.link(m_event);
    if (info.purpose != LinkPurpose::User)
        return machineryAdded(info.purpose);

    const QString callback = sideName(info, Side::Callback);
    const QString errback = sideName(info, Side::Errback);
    QString headline
        = tr("%1 was added at the end of %2's chain.").arg(info.hasCallback ? callback : errback, who());
    QString detail;
    if (info.isBoth) {
        detail = tr("It will run for a result and for a failure alike.");
    } else if (info.hasCallback && info.hasErrback) {
        headline = tr("The pair %1 / %2 was added at the end of %3's chain.").arg(callback, errback, who());
        detail = tr("Exactly one of the two will run: %1 for a result, %2 for a failure.")
                     .arg(callback, errback);
    } else if (info.hasCallback) {
        detail = tr("It will run when a result comes down the callback side; a failure will pass by.");
    } else {
        detail = tr("It will run when a failure comes down the errback side; a result will pass by.");
    }
    if (standsBehindHandOver())
        return {
            headline,
            tr("It stands behind a hand-over: the result will be gone by then, and it will receive None."),
            u"R46"_s};
    return {headline, detail, u"R10"_s};
}

Sentence Narrator::machineryAdded(LinkPurpose purpose) const
{
    switch (purpose) {
    case LinkPurpose::User:
    case LinkPurpose::HandOver: break; // a hand-over is told with its Wait event
    case LinkPurpose::Chain:
        return {tr("%1 is chained to %2.").arg(who(), whom()),
                tr("When its result comes here, %1 will be fired with it.").arg(whom()), u"R49"_s};
    case LinkPurpose::Collect:
        return {
            tr("%1 is a member of the list %2.").arg(who(), whom()),
            tr("An entry was added to %1: it notes the result for %2 when it comes by.").arg(who(), whom()),
            u"R90"_s};
    case LinkPurpose::Translate:
        return {tr("A timeout now covers the links that %1 has so far.").arg(who()),
                tr("If time runs out, %1 is cancelled, and this entry makes a TimeoutError of the "
                   "CancelledError.")
                    .arg(who()),
                u"R82"_s};
    case LinkPurpose::Disarm:
        return {tr("An entry that stops the timeout was added to %1.").arg(who()),
                tr("A result that comes this far in time switches the timer off."), u"R83"_s};
    case LinkPurpose::Unwrap:
        return {tr("gatherResults will keep the bare values of %1.").arg(who()),
                tr("Its result will be a list of values instead of (success, value) pairs."), u"R92"_s};
    case LinkPurpose::Await:
        return {tr("The coroutine of %1 waits for %2.").arg(whom(), who()),
                tr("It goes on inside the call that gives %1 its result; %1 is left with None.").arg(who()),
                u"R96"_s};
    case LinkPurpose::Redirect:
        return {tr("An entry was put in front of the chain of %1.").arg(who()),
                tr("Its coroutine may still answer the cancellation: %1 will wait for how it really ends.")
                    .arg(who()),
                u"R97"_s};
    }
    return {tr("An entry was added to %1.").arg(who()), {}, u"R10"_s};
}

Sentence Narrator::fired() const
{
    const ValueText::Kind kind = m_trace.value(m_event).kind;
    const QString headline = kind == ValueText::Kind::Failure
        ? tr("%1 is fired with a failure: %2.").arg(who(), value())
        : tr("%1 is fired with %2.").arg(who(), value());
    if (subject().paused() != 0)
        return {headline, tr("It is paused: the result is kept, and its links wait."), u"R24"_s};
    if (kind == ValueText::Kind::Deferred)
        return {headline, tr("A Deferred as a plain value: nobody waits for it until a link returns it."),
                u"R27"_s};
    if (subject().links.isEmpty())
        return {headline, tr("Its chain is empty: it keeps the result for the first link that is added."),
                u"R26"_s};
    if (kind == ValueText::Kind::Failure)
        return {headline, tr("The failure goes down the errback side, at once, inside this call."), u"R22"_s};
    return {headline, tr("The result goes down the callback side, at once, inside this call."), u"R22"_s};
}

Sentence Narrator::firedAgain() const
{
    return {tr("%1 has been fired already.").arg(who()),
            tr("AlreadyCalledError is raised where it was fired again; its chain does not notice."),
            u"R21"_s};
}

Sentence Narrator::swallowed() const
{
    return {tr("%1 came too late for %2, and is dropped.").arg(value(), who()),
            tr("%1 was cancelled without a canceller: one late firing is ignored in silence.").arg(who()),
            u"R74"_s};
}

Sentence Narrator::paused() const
{
    return {tr("%1 was paused by the program.").arg(who()),
            tr("Its pause count is %1: no link starts until it is 0 again.").arg(subject().paused()),
            u"R60"_s};
}

Sentence Narrator::unpaused() const
{
    const int count = subject().paused();
    if (count != 0)
        return {tr("One pause of %1 was taken back.").arg(who()),
                tr("Its pause count is %1, not 0: no link starts.").arg(count), u"R61"_s};
    return {tr("%1 is no longer paused.").arg(who()),
            subject().called ? tr("Its links run on at once.") : tr("It still waits to be fired."), u"R61"_s};
}

Sentence Narrator::cancelled() const
{
    if (m_event.other)
        return {tr("%1 was told to cancel: it passes that on to %2.").arg(who(), whom()),
                tr("%1 is waiting for %2, so that is where the work can be stopped.").arg(who(), whom()),
                u"R71"_s};
    if (subject().called)
        return {tr("%1 was told to cancel, but has fired already.").arg(who()), tr("Nothing happens."),
                u"R72"_s};
    const EventIndex created = subject().created;
    if (created >= 0 && m_trace.hasCanceller(m_trace.at(created)))
        return {tr("%1 was told to cancel.").arg(who()), tr("Its canceller is asked first."), u"R70"_s};
    return {tr("%1 was told to cancel.").arg(who()),
            tr("It has no canceller: it fails with CancelledError, and one late firing will be ignored."),
            u"R70"_s};
}

Sentence Narrator::cancellerCalled() const
{
    return {tr("The canceller of %1 is called.").arg(who()),
            tr("It may fire %1 itself; otherwise %1 fails with CancelledError.").arg(who()), u"R70"_s};
}

Sentence Narrator::parked() const
{
    return {
        tr("%1's chain has ended, and it still holds a failure: %2.").arg(who(), value()),
        tr("Nobody has handled it. Twisted says so only when %1 is destroyed; an errback can still be added.")
            .arg(who()),
        u"R50"_s};
}

Sentence Narrator::unhandled() const
{
    return {tr("Unhandled error in %1: %2.").arg(who(), value()),
            tr("It was destroyed with a failure that nobody took; Twisted logs it now."), u"R55"_s};
}

Sentence Narrator::lost() const
{
    return {tr("%1 is gone with a failure that nobody will hear of: %2.").arg(who(), value()),
            tr("Its chain was paused before it came to the end, and Twisted logs a failure only from there."),
            u"R56"_s};
}

Sentence Narrator::destroyed() const
{
    if (!subject().called)
        return {tr("%1 is gone, and was never fired.").arg(who()),
                tr("Twisted is silent about that: whoever waited for it waits for ever."), u"R57"_s};
    return {tr("%1 is gone: nobody refers to it any more.").arg(who()), tr("Its result went with it."),
            u"R57"_s};
}

} // namespace deferscope::ui
