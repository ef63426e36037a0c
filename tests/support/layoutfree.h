// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/syntax/syntaxtree.h"

namespace deferscope::test {

/// \a module as if code had made it: no statement remembers how it was written, so that the printer sets all
/// of it.
syntax::Module withoutLayout(const syntax::Module &module);

} // namespace deferscope::test
