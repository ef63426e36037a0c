// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxnames.h"
#include "engine/syntax/syntaxtree.h"

namespace deferscope::script {

/// `with` in the words of simpler statements, for whoever translates or reads the scopes of a script: try,
/// except and finally round the body, with variables that no script can name. What the author wrote stands in
/// it unchanged.
Block lowered(const With &with);

} // namespace deferscope::script
