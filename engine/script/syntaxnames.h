// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/syntaxtree.h"

/// The interpreter calls the nodes of the tree by their names.
namespace deferscope::script {
using namespace syntax;
}
