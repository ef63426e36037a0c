// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/scope.h"

namespace deferscope::script {

/// Notes in \a scope, and in new ones inside it, which variables \a block binds, uses and declares.
void collectVariables(Scope &scope, const Block &block);

} // namespace deferscope::script
