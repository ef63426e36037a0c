// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/classes.h"

namespace deferscope::script {

/// Everything that Python and Twisted bring along, as tables. The compiler asks catalogue.h for the names alone.
namespace library {

struct ModuleSpec
{
    QStringView name;
    std::span<const NativeSpec> functions = {};
    std::span<const QStringView> classes = {}; ///< keys of ClassSpecs that it exports, possibly another module's
    QList<std::pair<QStringView, const ExceptionType *>> (*exceptions)() = nullptr;
    std::span<const QStringView> values = {}; ///< names of what fill adds
    void (*fill)(Interpreter &, ModuleObject &) = nullptr;
};

QList<ModuleSpec> modules();
QList<ClassSpec> builtinClasses(); ///< a base before those that derive from it
QList<ClassSpec> twistedClasses();
const ClassSpec &exceptionClass(); ///< what all exceptions have
QList<NativeSpec> builtinFunctions();

} // namespace library

} // namespace deferscope::script
