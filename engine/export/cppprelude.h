// SPDX-License-Identifier: MIT
#pragma once

#include <QSet>
#include <QStringList>

namespace deferscope::exporting {

/// The parts of a C++ program that says what a script says.
struct CppParts
{
    QSet<QString> helpers;    ///< what it calls of Python's ways with values: plus, join, …
    QStringList exceptions;   ///< definitions of the script's own exception types
    QStringList variables;    ///< of the module, that functions share
    QStringList declarations; ///< of its functions
    QStringList functions;    ///< their definitions
    QStringList body;         ///< of main(), indented
};

/// The whole text, with the helpers that it needs.
QString cppProgram(const CppParts &parts);

} // namespace deferscope::exporting
