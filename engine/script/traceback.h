// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/exception.h"

#include <QStringList>

#include <functional>

namespace deferscope::script {

/// The lines of a script, for tracebacks.
class SourceLines
{
public:
    explicit SourceLines(const QString &text)
        : m_lines(text.split(u'\n'))
    {
    }
    QString at(int line) const
    {
        return line > 0 && line <= m_lines.size() ? m_lines.at(line - 1).trimmed() : QString();
    }

private:
    QStringList m_lines;
};

/// As Python prints an uncaught exception: causes first, `Traceback (most recent call last):` and so on. \a
/// messageOf gives what str() of an exception shows.
QString textOf(const Exception &exception, const SourceLines &source,
               const std::function<QString(const Exception &)> &messageOf);

} // namespace deferscope::script
