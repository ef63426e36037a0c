// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

/// The methods of str that look for something in it, or take it apart.
namespace deferscope::script::library::strings {

Value count(Interpreter &vm, const Arguments &arguments);
Value endsWith(Interpreter &vm, const Arguments &arguments);
Value find(Interpreter &vm, const Arguments &arguments);
Value findLast(Interpreter &vm, const Arguments &arguments);
Value index(Interpreter &vm, const Arguments &arguments);
Value indexLast(Interpreter &vm, const Arguments &arguments);
Value partition(Interpreter &vm, const Arguments &arguments);
Value partitionLast(Interpreter &vm, const Arguments &arguments);
Value split(Interpreter &vm, const Arguments &arguments);
Value splitLast(Interpreter &vm, const Arguments &arguments);
Value splitLines(Interpreter &vm, const Arguments &arguments);
Value startsWith(Interpreter &vm, const Arguments &arguments);

} // namespace deferscope::script::library::strings
