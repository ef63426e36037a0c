// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/syntax/syntaxtree.h"

namespace deferscope::syntax {

/// A tree in the words of Python's `ast` module, on one line; data/script/trees.py writes the same of
/// Python's own tree.
QString treeText(const Module &module);

} // namespace deferscope::syntax
