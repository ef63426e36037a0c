// SPDX-License-Identifier: GPL-3.0-or-later
#include "output.h"

#include "engine/trace/traceline.h"

#include <cstdio>

namespace deferscope::app {

namespace {

void write(const QString &text, Stream stream)
{
    const QByteArray bytes = text.toUtf8();
    std::FILE *file = stream == Stream::Out ? stdout : stderr;
    std::fwrite(bytes.constData(), 1, size_t(bytes.size()), file);
}

} // namespace

void Output::show(const Trace &trace)
{
    for (; m_shown < trace.size(); ++m_shown) {
        const TraceEvent &event = trace.at(m_shown);
        if (m_asTrace)
            write(toLine(trace, m_shown) + u'\n', Stream::Out);
        else if (event.kind == EventKind::Print)
            write(trace.text(event), event.stream);
    }
    std::fflush(stdout);
    std::fflush(stderr);
}

} // namespace deferscope::app
