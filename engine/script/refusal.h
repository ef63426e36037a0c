// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxnames.h"
#include "engine/syntax/diagnostic.h"

namespace deferscope::script {

/// How compiling ends early. Thrown and caught inside compile() alone.
struct Refusal
{
    Diagnostic diagnostic;
};

/// Refuses what Python would refuse too.
[[noreturn]] void refuseSyntax(const Range &range, const QString &message);

/// Refuses what Python takes and this program does not run: \a construct is named with its article or plural,
/// `classes`.
[[noreturn]] void refuseUnsupported(const Range &range, const QString &message, const QString &advice = {});

} // namespace deferscope::script
