// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"
#include "engine/script/syntaxnames.h"
#include "engine/syntax/syntaxtree.h"

#include <optional>

/// What Python's operators and protocols do with values.
namespace deferscope::script {

class ClassObject;

// operators
Value binary(Interpreter &vm, BinaryOperator op, const Value &left, const Value &right, bool inPlace = false);
Value unary(Interpreter &vm, UnaryOperator op, const Value &operand);
Value compare(Interpreter &vm, CompareOperator op, const Value &left, const Value &right);
bool equals(Interpreter &vm, const Value &left, const Value &right);
bool isLess(Interpreter &vm, const Value &left, const Value &right);
bool contains(Interpreter &vm, const Value &container, const Value &item);
bool isTrue(Interpreter &vm, const Value &value);
std::optional<Value> setOperation(Interpreter &vm, BinaryOperator op, const Value &left, const Value &right,
                                  bool inPlace); ///< nothing unless both are sets, as the next
std::optional<bool> setComparison(CompareOperator op, const Value &left, const Value &right);

// containers
Value subscript(Interpreter &vm, const Value &object, const Value &index);
void storeSubscript(Interpreter &vm, const Value &object, const Value &index, const Value &value);
void deleteSubscript(Interpreter &vm, const Value &object, const Value &index);
qint64 lengthOf(Interpreter &vm, const Value &value);
void checkMutable(Interpreter &vm, Sequence &list); ///< before a list is changed: the engine may have made it

// attributes
std::optional<Value> findAttribute(Interpreter &vm, const Value &object, const QString &name);
Value attribute(Interpreter &vm, const Value &object, const QString &name); ///< or AttributeError
void storeAttribute(Interpreter &vm, const Value &object, const QString &name, const Value &value);
void deleteAttribute(Interpreter &vm, const Value &object, const QString &name);

// texts
QString reprOf(Interpreter &vm, const Value &value); ///< runs the script's __repr__
QString strOf(Interpreter &vm, const Value &value);
QString format(Interpreter &vm, const Value &value, const QString &specification);
QString percentFormat(Interpreter &vm, const QString &format, const Value &arguments);
QString braceFormat(Interpreter &vm, const QString &format, const Arguments &arguments);

QString asciiOf(const QString &text); ///< as ascii() escapes what is beyond it

// classes and calls
Value newInstance(Interpreter &vm, ClassObject &cls, const Arguments &arguments);
void checkUninitialised(const ClassObject &cls, const Arguments &arguments);
bool isInstance(Interpreter &vm, const Value &value,
                const Value &classes); ///< or a TypeError in isinstance()'s words
bool isCallable(const Value &value);
QString displayNameOf(const Value &callee); ///< as messages about its arguments name it
Label labelOf(const Value &callee);         ///< the name to show for a function, and where it is defined
QList<std::pair<QString, Value>> mergedKeywords(QList<std::pair<QString, Value>> first,
                                                const QList<std::pair<QString, Value>> &second);

// numbers
/// \a op for two numbers; nothing when it is not defined for them.
std::optional<Value> numberOperation(BinaryOperator op, const Value &left, const Value &right);
bool isInteger(const Value &value);   ///< an int or a bool
qint64 toInteger(const Value &value); ///< of an int or a bool
bool isNumber(const Value &value);
double toNumber(const Value &value);  ///< of an int, bool or float
qint64 indexFrom(const Value &value); ///< what range() and subscripts take, or TypeError
Value integerFromFloat(double value); ///< cut off, as int() does
[[noreturn]] void raiseTooLarge();

} // namespace deferscope::script
