// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/syntaxtree.h"

namespace deferscope::syntax {

/// The tree of \a text, whatever it holds: a statement in error is an opaque one, and all around it is read.
/// What is wrong with it is told by Module::problems, in few words: who wants Python's asks Python.
Module parse(QStringView text);

} // namespace deferscope::syntax
