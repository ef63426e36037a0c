// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

/// Texts by character as Python counts them, also beyond the basic plane, where a QString takes two units for
/// one.
namespace deferscope::script::text {

qsizetype length(const QString &text);
QString at(const QString &text, qsizetype index);
QString slice(const QString &text, qsizetype first, qsizetype step, qsizetype count);
qsizetype toUnits(const QString &text, qsizetype characters); ///< an index of Python's as one of QString's
qsizetype toCharacters(const QString &text, qsizetype units);

} // namespace deferscope::script::text
