// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

namespace deferscope::script {

class Interpreter;

/// How the arguments of a call become the values of a function's parameters.
struct Parameters
{
    const Signature &signature;
    const QString &qualifiedName; ///< for messages
    const QList<Value> &defaults; ///< of the last positional parameters, then of native keyword-only ones
    const QHash<QString, Value> *keywordDefaults = nullptr;
};

/// The value of each parameter, in the signature's order, or Python's TypeError.
QList<Value> bindArguments(Interpreter &vm, const Parameters &parameters, Arguments arguments);

/// Checks a call of a C function of Python's that takes \a spec's numbers of arguments. \a boundCount of them
/// are `self`, which messages do not count.
void checkArity(const NativeObject &native, const Arguments &arguments);

} // namespace deferscope::script
