// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "deferredworld.h"

#include <QHash>
#include <QRegularExpression>

namespace deferscope::test {

inline Failure failureOf(const char *message) { return Failure(boom(), QString::fromLatin1(message)); }

/// A callback that does something and passes its argument on.
inline Callable does(const char *name, const std::function<void()> &action)
{
    return named(name, [action](const Value &value) {
        action();
        return Outcome::returned(value);
    });
}

/// \a text with its Failures written as an event writes one: `Boom: x`.
inline QString withBriefFailures(QString text)
{
    static const QRegularExpression failure(
        u"<twisted\\.python\\.failure\\.Failure ([\\w]+\\.)*(\\w+): ([^<>]*)>"_s);
    for (QString before; before != text;) {
        before = text;
        text.replace(failure, u"\\2: \\3"_s);
    }
    return text.replace(QRegularExpression(u": (?=[,)\\]]|$)"_s), {});
}

/// What a program's own functions saw of a run, in order: `f(5)`, `canceller #1`, what it noted, `unhandled
/// Boom: x`.
inline QStringList storyOf(const Trace &trace)
{
    QHash<std::pair<quint32, qint32>, LinkInfo> links;
    QStringList story;
    for (const TraceEvent &event : trace.events()) {
        const std::pair<quint32, qint32> place(event.deferred.value, event.link);
        if (event.kind == EventKind::Add)
            links.insert(place, trace.link(event));
        else if (event.kind == EventKind::Canceller)
            story.append(u"canceller #%1"_s.arg(event.deferred.value));
        else if (event.kind == EventKind::Print)
            story.append(trace.text(event));
        else if (event.kind == EventKind::Unhandled)
            story.append(u"unhandled "_s + trace.value(event).text);
        else if (event.kind == EventKind::Run && links[place].purpose == LinkPurpose::User) {
            const LinkInfo &link = links[place];
            const QString name = (event.side == Side::Callback ? link.callback : link.errback).name;
            story.append(u"%1(%2)"_s.arg(name, trace.value(event).text));
        }
    }
    for (QString &line : story)
        line = withBriefFailures(line);
    return story;
}

/// Notes what \a deferred has come to: `#1 has 5`, `#1 is unfired`, `#2 waits for #1`.
inline void tell(World &world, const Deferred &deferred)
{
    const DeferredState state = deferred.state();
    QString text = u'#' + QString::number(deferred.id().value);
    if (state.waitingOn)
        text += u" waits for #"_s + QString::number(state.waitingOn.value);
    else if (state.result)
        text += u" has "_s + repr(*state.result);
    else
        text += u" is unfired"_s;
    world.note(text);
}

inline void storyColumns()
{
    QTest::addColumn<Program>("program");
    QTest::addColumn<QStringList>("expected");
}

/// Compares the story of the row's program with what the row expects.
inline void compareStory()
{
    QFETCH(Program, program);
    QFETCH(QStringList, expected);
    World world;
    program(world);
    const QStringList story = storyOf(world.recorder.trace());
    QVERIFY2(story == expected, qPrintable(u"This happened:\n"_s + story.join(u'\n')));
}

} // namespace deferscope::test
