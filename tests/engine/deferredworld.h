// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/clock/virtualclock.h"
#include "engine/deferred/deferredlist.h"
#include "engine/deferred/race.h"
#include "engine/trace/traceline.h"
#include "engine/trace/tracerecorder.h"

#include <QTest>
#include <QThread>

namespace deferscope::test {

using namespace Qt::StringLiterals;

inline const ExceptionType &boom()
{
    static const ExceptionType type(u"Boom"_s, u"__main__"_s, &exceptions::exception());
    return type;
}

/// What a row's program works with: Deferreds that are traced, a clock, and callables with a name.
struct World
{
    TraceRecorder recorder;
    Engine engine{&recorder};
    VirtualClock clock{&recorder};

    Deferred deferred() { return Deferred(&engine); }
    Deferred deferred(std::function<void(Deferred)> canceller)
    {
        return Deferred({std::move(canceller), {}}, &engine);
    }
    void note(const QString &text) { recorder.print(text, Stream::Out); }

    /// Tries \a action and notes the name of what it raises.
    template <typename Action> void attempt(Action action)
    {
        try {
            action();
        } catch (const RaisedError &error) {
            note(u"raised "_s + error.exception()->typeName());
        }
    }
};

inline Callable named(const char *name, std::function<Outcome(const Value &)> function)
{
    return {std::move(function), {QString::fromLatin1(name), {}}};
}
inline Callable same(const char *name)
{
    return named(name, [](const Value &value) { return Outcome::returned(value); });
}
inline Callable returns(const char *name, const Value &value)
{
    return named(name, [value](const Value &) { return Outcome::returned(value); });
}
inline Callable raises(const char *name, const char *message)
{
    return named(name, [text = QString::fromLatin1(message)](const Value &) -> Outcome {
        throw RaisedError(boom(), text);
    });
}

using Program = void (*)(World &world);

/// The events of \a trace as a row writes them: `run #1[0] callback 5`.
inline QStringList eventsOf(const Trace &trace)
{
    QStringList lines;
    for (const QString &line : toLines(trace))
        lines.append(line.simplified().section(u' ', 2));
    return lines;
}

inline QStringList linesOf(const char16_t *text)
{
    QStringList lines;
    for (const QString &line : QStringView(text).toString().split(u'\n')) {
        if (!line.trimmed().isEmpty())
            lines.append(line.simplified());
    }
    return lines;
}

inline void row(const char *name, Program program, const char16_t *expected)
{
    QTest::newRow(name) << program << linesOf(expected);
}

} // namespace deferscope::test

Q_DECLARE_METATYPE(deferscope::test::Program)
