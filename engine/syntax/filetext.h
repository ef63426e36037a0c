// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/diagnostic.h"

#include <QByteArrayView>

#include <optional>
#include <variant>

namespace deferscope::syntax {

/// How the lines of a text stand in its file. Its encoding is what the text itself says in its first lines,
/// or UTF-8.
struct TextFormat
{
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

/// The bytes of \a text in a file of \a format; nothing when its encoding has no bytes for it. What
/// decodeFile() gave becomes what it was given, where all lines end alike.
std::optional<QByteArray> encode(const QString &text, const TextFormat &format);

inline constexpr qsizetype MaximumBytes
    = 1024 * 1024; ///< the longest that is read and shown without a pause that a person feels

} // namespace deferscope::syntax
