// SPDX-License-Identifier: GPL-3.0-or-later
#include "scriptrun.h"

namespace deferscope::test {

QString ScriptRun::printed(Stream stream) const
{
    QString text;
    for (const TraceEvent &event : trace.events()) {
        if (event.kind == EventKind::Print && event.stream == stream)
            text += trace.text(event);
    }
    return text;
}

ScriptRun runScript(const QString &text, const script::Budget &budget, const QString &file)
{
    const auto compiled = script::Program::compile(text, file);
    if (const auto *diagnostic = std::get_if<syntax::Diagnostic>(&compiled))
        return {{}, {}, syntax::toText(*diagnostic, file)};
    script::Run run(std::get<script::Program>(compiled), budget);
    const script::Ending ending = run.runToEnd();
    return {ending, run.trace(), {}};
}

} // namespace deferscope::test
