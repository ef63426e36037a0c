// SPDX-License-Identifier: GPL-3.0-or-later
#include "labrun.h"

#include "engine/session/runnerfeed.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QHash>

namespace deferscope::test {

namespace {

LabRun runAnew(const std::shared_ptr<WarmProcess> &warm, const QString &text, const QString &file)
{
    RunnerFeed feed(warm, {text, file, {}, {}, false});
    QEventLoop loop;
    QObject::connect(&feed, &Feed::ended, &loop, &QEventLoop::quit);
    QObject::connect(&feed, &Feed::paused, &loop, &QEventLoop::quit);
    loop.exec();
    const Ending ending = feed.ending() ? *feed.ending() : feed.pause().value_or(Ending());
    if (ending.kind == Ending::Kind::NotRun)
        qFatal("%s", qPrintable(ending.text));
    return {ending, feed.trace(), feed.diagnostic()};
}

} // namespace

QString LabRun::printed(Stream stream) const
{
    QString text;
    for (const TraceEvent &event : trace.events()) {
        if (event.kind == EventKind::Print && event.stream == stream)
            text += trace.text(event);
    }
    return text;
}

const LabRun &runInLab(const QString &text, const QString &file)
{
    static QHash<std::pair<QString, QString>, LabRun> runs;
    static std::shared_ptr<WarmProcess> warm;
    if (!warm) {
        warm = std::make_shared<WarmProcess>(Python::find());
        qAddPostRoutine([] { warm.reset(); });
    }
    const auto known = runs.constFind({text, file});
    return known != runs.cend() ? *known : *runs.insert({text, file}, runAnew(warm, text, file));
}

} // namespace deferscope::test
