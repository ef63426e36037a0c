// SPDX-License-Identifier: MIT
#pragma once

#include "engine/edit/edits.h"
#include "engine/edit/textpatch.h"

#include <functional>

namespace deferscope::edit {

/// One after the other, each on the text that the one before has left; the first refusal ends it, and so does
/// an error that the script did not have.
using Step = std::function<Result(const Source &)>;
Result inSteps(const Source &source, const QList<Step> &steps);
Result checked(const Source &source, const Result &edited); ///< the same for an edit of one step

/// Imports `defer` and `reactor` from twisted.internet where the script does not yet.
Result withImports(const Source &source);

/// A script with timers runs the reactor, and stops it some time after the last of them.
Result withRun(const Source &source);

/// Lines of a definition `def name(parameter):` with what \a form says.
QStringList definitionOf(const QString &name, const QString &parameter, const Form &form,
                         const Outline &outline);

/// Puts the definition in front of the module's statement at \a topLine, behind the functions that stand
/// there.
void insertDefinition(TextPatch &patch, const Source &source, int topLine, const QStringList &lines);

/// Removes statements; what else stands on their lines stays. A block that would be empty gets `pass`.
void removeStatements(TextPatch &patch, const Source &source, QList<int> statements);

/// Removes the function \a name when nothing in the script names it any more.
Result withoutUnused(const Source &source, const QStringList &functions);

QString indentationAt(const Source &source, int statement);
int lastLineOf(const syntax::Statement &statement);
int firstLineOf(const syntax::Statement &statement); ///< its decorators included
Refusal notThere();                                  ///< the place is not in the script (any more)

} // namespace deferscope::edit
