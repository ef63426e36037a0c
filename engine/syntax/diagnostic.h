// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace deferscope::syntax {

/// A place in a script's text. Lines and columns count from 1; columns count characters.
struct Position
{
    int line = 1;
    int column = 1;

    friend bool operator==(const Position &, const Position &) = default;
};

/// From a first character to behind a last one.
struct Range
{
    Position begin;
    Position end;

    friend bool operator==(const Range &, const Range &) = default;
};

/// Why a script is not accepted, and where.
struct Diagnostic
{
    enum class Kind : quint8 {
        Unreadable, ///< not a text in UTF-8, or too long
        Syntax,     ///< Python would refuse it too
        Unsupported ///< Python takes it, this program does not (yet)
    };

    Kind kind = Kind::Syntax;
    Range range;
    QString message; ///< one sentence: what is wrong; for Unsupported it names the construct
    QString advice;  ///< what to do instead; may be empty

    friend bool operator==(const Diagnostic &, const Diagnostic &) = default;
};

/// `chaining.py:3:5: error: …`, with the advice on a second line.
QString toText(const Diagnostic &diagnostic, const QString &file);

} // namespace deferscope::syntax
