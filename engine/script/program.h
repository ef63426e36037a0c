// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxnames.h"
#include "engine/syntax/diagnostic.h"

#include <memory>
#include <variant>

namespace deferscope::script {

struct Code;

/// A script that has been read and accepted: ready to run any number of times. Immutable, cheap to copy.
class Program
{
public:
    /// Reads \a text; \a file is what sites and tracebacks call it.
    static std::variant<Program, Diagnostic> compile(const QString &text, const QString &file);

    const QString &file() const { return m_file; }
    const QString &text() const { return m_text; }
    const std::shared_ptr<const Code> &code() const { return m_code; }

private:
    Program(QString file, QString text, std::shared_ptr<const Code> code);

    QString m_file;
    QString m_text;
    std::shared_ptr<const Code> m_code;
};

} // namespace deferscope::script
