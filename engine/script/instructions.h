// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/bytecode.h"

namespace deferscope::script {

class Interpreter;
class Frame;

/// What each Op does.
namespace instructions {

#define DEFERSCOPE_SCRIPT_DECLARE(name) void do##name(Interpreter &vm, Frame &frame, qint32 argument);
DEFERSCOPE_SCRIPT_OPERATIONS(DEFERSCOPE_SCRIPT_DECLARE)
#undef DEFERSCOPE_SCRIPT_DECLARE

using Function = void (*)(Interpreter &, Frame &, qint32);
inline constexpr std::array Table{
#define DEFERSCOPE_SCRIPT_ADDRESS(name) static_cast<Function>(do##name),
    DEFERSCOPE_SCRIPT_OPERATIONS(DEFERSCOPE_SCRIPT_ADDRESS)
#undef DEFERSCOPE_SCRIPT_ADDRESS
};

} // namespace instructions

} // namespace deferscope::script
