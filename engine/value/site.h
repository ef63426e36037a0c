// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

namespace deferscope {

/// A place in a program's source. Line and column count from 1; line 0 means that the place is not known.
struct Site
{
    QString file;     ///< as the program or the recording names it
    int line = 0;     ///< from 1
    int column = 0;   ///< from 1
    QString function; ///< the function that the place lies in; empty at module level
    QString binding;  ///< what the statement there binds, as written: `d`, `self.ready`; empty when it binds
                      ///< nothing
    int endLine = 0;   ///< from 1, of the end of the call; 0: unknown
    int endColumn = 0; ///< from 1, behind its last character; 0: unknown

    explicit operator bool() const { return line > 0; }           ///< whether the place is known
    friend bool operator==(const Site &, const Site &) = default; ///< the same place, function and binding
};

/// For QHash.
size_t qHash(const Site &site, size_t seed = 0) noexcept;

/// A callable's name as its author wrote it, and where it was defined.
struct Label
{
    QString name; ///< empty: nobody gave it one
    Site site;    ///< where it was defined

    friend bool operator==(const Label &, const Label &) = default; ///< the same name and place
};

/// For QHash.
size_t qHash(const Label &label, size_t seed = 0) noexcept;

} // namespace deferscope
