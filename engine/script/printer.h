// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxtree.h"

namespace deferscope::script {

/// \a module as text. Comments, blank lines, literals and parentheses come back as they were written; spaces and
/// indentation are made regular. print(parse(print(m))) == print(m).
QString print(const Module &module);
QString print(const Expression &expression);

} // namespace deferscope::script
