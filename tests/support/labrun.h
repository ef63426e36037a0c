// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/ending.h"
#include "engine/trace/trace.h"

#include <optional>

namespace deferscope::test {

/// What a document's run in the lab left behind.
struct LabRun
{
    Ending ending;
    Trace trace;
    std::optional<Diagnostic> diagnostic; ///< when Python did not accept it

    QString printed(Stream stream = Stream::Out) const;
};

/// Runs \a text in the lab, once in a process: the same text is not run again. Needs a QCoreApplication.
const LabRun &runInLab(const QString &text, const QString &file = QStringLiteral("script.py"));

} // namespace deferscope::test
