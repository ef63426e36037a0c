// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/classes.h"

namespace deferscope::script::library {

/// A module that scripts may import.
struct ModuleSpec
{
    QStringView name;
    std::span<const NativeSpec> functions = {};
    std::span<const QStringView> classes = {}; ///< qualified names
    QList<const ExceptionType *> (*exceptions)() = nullptr;
    std::span<const QStringView> values = {}; ///< names of what fill() adds
    void (*fill)(Interpreter &, ModuleObject &) = nullptr;
    QStringView instanceOf = {}; ///< not a module but an object, as the reactor is
};

QList<ModuleSpec> modules(); ///< packages before what is in them
QList<ModuleSpec> twistedModules();
QList<ModuleSpec> pythonModules();
ModuleSpec mathModule();
ModuleSpec randomModule();
ModuleSpec jsonModule();
ClassSpec randomClass();

} // namespace deferscope::script::library
