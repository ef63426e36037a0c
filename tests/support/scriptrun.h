// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/script/run.h"

namespace deferscope::test {

/// What a script's run left behind.
struct ScriptRun
{
    script::Ending ending;
    Trace trace;
    QString refusal; ///< when it was not accepted

    QString printed(Stream stream = Stream::Out) const;
};

ScriptRun runScript(const QString &text, const script::Budget &budget = {},
                    const QString &file = QStringLiteral("script.py"));

} // namespace deferscope::test
