// SPDX-License-Identifier: MIT
#pragma once

#include <QProcessEnvironment>
#include <QString>

namespace deferscope {

/// Which Python runs the programs, and where this project's package for it lies.
struct Python
{
    QString program; ///< a path, or a name on the PATH
    QString package; ///< the folder that holds `deferscope`; empty: there is none

    /// Debian's, else the first on the PATH; the package from where this program is itself. \a program:
    /// another one, a virtual environment's for instance.
    static Python find(const QString &program = {});

    /// What a Python process needs to import the package.
    QProcessEnvironment environment() const;
    /// Why nothing can be run with it, as a sentence; empty: nothing is known to be missing.
    QString whyUnusable() const;

    friend bool operator==(const Python &, const Python &) = default;
};

/// What is missing, from what Python wrote on stderr when it could not begin, and what to do about it.
QString explainFailure(const Python &python, const QString &errors);

} // namespace deferscope
