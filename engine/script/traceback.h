// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/failure.h"

namespace deferscope::script {

/// The lines of a script, for tracebacks.
class SourceLines
{
public:
    explicit SourceLines(const QString &text) : m_lines(text.split(u'\n')) {}
    QString at(int line) const { return line > 0 && line <= m_lines.size() ? m_lines.at(line - 1).trimmed() : QString(); }

private:
    QStringList m_lines;
};

/// As Python prints an uncaught exception: causes first, `Traceback (most recent call last):` and so on.
QString textOf(const Exception &exception, const SourceLines &source);

/// As Twisted prints a Failure: `Traceback (most recent call last):`, places, `builtins.ValueError: message`.
QString textOf(const Failure &failure);

/// `ValueError: message`, or the type alone when there is no message.
QString lastLineOf(const Exception &exception);

} // namespace deferscope::script
