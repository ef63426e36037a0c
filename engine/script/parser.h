// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxtree.h"

#include <QByteArrayView>

namespace deferscope::script {

/// The tree of \a text, or the first error in it. Never throws; deep nesting is refused rather than followed.
std::variant<Module, Diagnostic> parse(QStringView text);

/// The text of a file's \a bytes: UTF-8, with or without a byte order mark, with any line ends. Refused with
/// its place when it is binary, not UTF-8, or longer than MaximumBytes.
std::variant<QString, Diagnostic> decode(QByteArrayView bytes);
inline constexpr qsizetype MaximumBytes
    = 1024 * 1024; ///< the longest that is read, compiled and shown without a pause that a person feels

} // namespace deferscope::script
