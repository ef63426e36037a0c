// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/classes.h"

/// Everything that Python and Twisted bring along, as tables.
namespace deferscope::script::library {

QList<ClassSpec> builtinClasses(); ///< a base before those that derive from it
QList<ClassSpec> twistedClasses();
const ClassSpec &exceptionClass(); ///< what all exceptions have
QList<NativeSpec> builtinFunctions();
QList<NativeSpec> numberFunctions(); ///< those of builtinFunctions() that compute with numbers and characters

/// Sorted as Python's sort() does: stable, by \a key unless it is None.
QList<Value> sortedValues(Interpreter &vm, QList<Value> values, const Value &key, bool isReversed);

ClassSpec textStreamClass();
ClassSpec setClass();
ClassSpec frozenSetClass();
ClassSpec propertyClass();
ClassSpec staticMethodClass();
ClassSpec classMethodClass();
QList<NativeSpec> withFunctions(); ///< what `with` is made of, by names that no script can write

Value makeDict(Interpreter &vm, const Arguments &arguments);
Value makeEnumerate(Interpreter &vm, const Arguments &arguments);
Value makeFilter(Interpreter &vm, const Arguments &arguments);
Value makeMap(Interpreter &vm, const Arguments &arguments);
Value makeReversed(Interpreter &vm, const Arguments &arguments);
Value makeZip(Interpreter &vm, const Arguments &arguments);

std::span<const NativeSpec> floatMethods();
std::span<const NativeSpec> stringMethods();
std::span<const NativeSpec> listMethods();
std::span<const NativeSpec> tupleMethods();
std::span<const NativeSpec> dictMethods();

} // namespace deferscope::script::library
