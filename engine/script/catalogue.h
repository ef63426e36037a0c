// SPDX-License-Identifier: MIT
#pragma once

#include <QStringList>

namespace deferscope::script {

/// What scripts may import, and what Python has that they may not use here: known before anything runs, so
/// that a script is refused when it is opened rather than in the middle of its run.
namespace catalogue {

bool hasModule(const QString &module);                         ///< packages on the way included: `twisted`
bool hasAttribute(const QString &module, const QString &name); ///< submodules included
bool isMissingBuiltin(const QString &name);                    ///< of Python's, not of this program's

} // namespace catalogue

} // namespace deferscope::script
