// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace deferscope::script {

/// Python's format specification, `[[fill]align][sign][#][0][width][,][.precision][type]`, taken apart.
struct FormatSpec
{
    static constexpr int MaximumWidth = 100'000'000;

    QChar fill = u' ';
    QChar alignment; ///< null: not given
    QChar sign;
    bool isAlternate = false;
    bool isZeroPadded = false; ///< by a 0 before the width
    int width = 0;
    QChar grouping;
    int precision = -1; ///< -1: not given
    QChar type;

    static FormatSpec parse(const QString &text, const QString &typeName); ///< raises ValueError
    QString padded(const QString &prefix, const QString &body, QChar standard) const;
};

/// The digits of a float in one of the forms e, f and g.
QString digitsOf(double magnitude, QChar type, int precision, bool isAlternate);

} // namespace deferscope::script
