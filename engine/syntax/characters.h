// SPDX-License-Identifier: MIT
#pragma once

#include <QStringView>

#include <algorithm>

/// What characters are in a script.
namespace deferscope::syntax {

/// May begin a name.
inline bool isNameStart(char32_t c)
{
    if (c < 0x80)
        return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z') || c == U'_';
    return QChar::isLetter(c) || QChar::category(c) == QChar::Number_Letter || c == U'\u2118'
        || c == U'\u212e';
}

inline bool isNamePart(char32_t c)
{
    if (c < 0x80)
        return isNameStart(c) || (c >= U'0' && c <= U'9');
    return isNameStart(c) || QChar::isMark(c) || QChar::category(c) == QChar::Number_DecimalDigit
        || QChar::category(c) == QChar::Punctuation_Connector || c == U'\u00b7' || c == U'\u0387'
        || c == U'\u19da' || (c >= U'\u1369' && c <= U'\u1371');
}

inline bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
/// The `\r` of a line end of Windows is white space in front of the line end.
inline bool isSpace(QChar c) { return c == u' ' || c == u'\t' || c == u'\f' || c == u'\r'; }

template <size_t N> bool contains(const QStringView (&words)[N], QStringView word)
{
    return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

} // namespace deferscope::syntax
