// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/diagnostic.h"

#include <QByteArrayView>

#include <variant>

namespace deferscope::syntax {

/// How the bytes of a file stand for a text.
struct TextFormat
{
    QByteArray codec;     ///< that the file names in its first lines; empty: UTF-8
    bool hasMark = false; ///< the file begins with a byte order mark
    QString lineEnd = QStringLiteral("\n");

    friend bool operator==(const TextFormat &, const TextFormat &) = default;
};

/// The text of a file, with plain line ends.
struct FileText
{
    QString text;
    TextFormat format;
};

/// The text of a file's \a bytes: in UTF-8 or as the file says, with any line ends. Refused with its place
/// when it is binary, not in that encoding, or longer than MaximumBytes.
std::variant<FileText, Diagnostic> decodeFile(QByteArrayView bytes);
std::variant<QString, Diagnostic> decode(QByteArrayView bytes); ///< its text alone

/// The bytes of \a text in a file of \a format: encode() of what decodeFile() gave is what it was given,
/// where all lines end alike.
QByteArray encode(const QString &text, const TextFormat &format);

inline constexpr qsizetype MaximumBytes
    = 1024 * 1024; ///< the longest that is read and shown without a pause that a person feels

} // namespace deferscope::syntax
