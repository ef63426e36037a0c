// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "engine/trace/traceline.h"

#include <cstdio>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

void write(const QString &text, Stream stream)
{
    const QByteArray bytes = text.toUtf8();
    std::FILE *file = stream == Stream::Out ? stdout : stderr;
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
}

QString unhandledText(const Trace &trace, const TraceEvent &event)
{
    const ValueText &failure = trace.value(event);
    QString text = u"Unhandled error in Deferred %1:\n"_s.arg(displayName(trace, event.deferred));
    if (const Site &site = trace.site(failure.raisedAt))
        text += u"  File \"%1\", line %2, in %3\n"_s.arg(site.file).arg(site.line).arg(
            site.function.isEmpty() ? u"<module>"_s : site.function);
    return text + failure.text + u'\n';
}

} // namespace

void Output::show(const Trace &trace)
{
    for (; m_shown < trace.size(); ++m_shown) {
        if (m_asTrace)
            write(toLine(trace, m_shown) + u'\n', Stream::Out);
        else
            showEvent(trace, trace.at(m_shown));
    }
    std::fflush(stdout);
    std::fflush(stderr);
}

void Output::showEvent(const Trace &trace, const TraceEvent &event)
{
    if (event.kind == EventKind::Print)
        write(trace.text(event), event.stream);
    else if (event.kind == EventKind::Unhandled)
        write(unhandledText(trace, event), Stream::Err);
}

} // namespace deferscope::app
