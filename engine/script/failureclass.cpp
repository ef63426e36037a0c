// SPDX-License-Identifier: MIT
#include "deferredclass.h"

#include "engine/script/deferredbridge.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/texts.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

Failure self(const Arguments &arguments)
{
    if (!arguments.at(0).isFailure())
        raiseTypeError(u"a Failure is needed, not '%1'"_s.arg(arguments.at(0).typeName()));
    return toFailure(arguments.at(0));
}

Value construct(Interpreter &vm, const Arguments &arguments) { return failureFrom(vm, arguments.at(1)); }

/// Whether the Failure's exception is of \a wanted, a class or a class's qualified name.
bool matches(const Failure &failure, const Value &wanted)
{
    if (const auto *cls = as<ClassObject>(wanted))
        return cls->exceptionType && failure.type().isA(*cls->exceptionType);
    if (wanted.kind() != Value::Kind::String)
        return false;
    for (const ExceptionType *type = &failure.type(); type; type = type->base()) {
        const QString name = type->module().isEmpty() ? u"builtins."_s + type->name() : type->qualifiedName();
        if (name == wanted.toString())
            return true;
    }
    return false;
}

/// The first of the `*errorTypes` that fits, or nothing.
std::optional<Value> firstMatch(const Arguments &arguments)
{
    for (const Value &wanted : asTuple(arguments.at(1))->items) {
        if (matches(self(arguments), wanted))
            return wanted;
    }
    return std::nullopt;
}

Value check(Interpreter &, const Arguments &arguments) { return firstMatch(arguments).value_or(Value()); }

Value trap(Interpreter &, const Arguments &arguments)
{
    if (auto match = firstMatch(arguments))
        return *match;
    throw RaisedError(self(arguments).value());
}

Value raiseException(Interpreter &, const Arguments &arguments)
{
    throw RaisedError(self(arguments).value());
}

Value getErrorMessage(Interpreter &vm, const Arguments &arguments)
{
    return strOf(vm, Value(ObjectRef(self(arguments).value())));
}

Value getTraceback(Interpreter &vm, const Arguments &arguments) { return tracebackOf(vm, self(arguments)); }
Value getBriefTraceback(Interpreter &vm, const Arguments &arguments)
{
    return briefTracebackOf(vm, self(arguments));
}

Value printTraceback(Interpreter &vm, const Arguments &arguments)
{
    const QString text = tracebackOf(vm, self(arguments));
    if (arguments.at(1).isNone())
        vm.gate().print(text, Stream::Err);
    else
        vm.call(attribute(vm, arguments.at(1), u"write"_s), {{text}, {}});
    return {};
}

Value cleanFailure(Interpreter &, const Arguments &) { return {}; }
Value text(Interpreter &vm, const Arguments &arguments) { return strOf(vm, arguments.at(0)); }

constexpr NativeSpec Methods[] = {
    {.name = u"check", .function = check, .signature = u"self, *errorTypes"},
    {.name = u"trap", .function = trap, .signature = u"self, *errorTypes"},
    {.name = u"raiseException", .function = raiseException, .signature = u"self"},
    {.name = u"getErrorMessage", .function = getErrorMessage, .signature = u"self"},
    {.name = u"getTraceback",
     .function = getTraceback,
     .signature = u"self, elideFrameworkCode=False, detail='default'"},
    {.name = u"getBriefTraceback", .function = getBriefTraceback, .signature = u"self"},
    {.name = u"printTraceback",
     .function = printTraceback,
     .signature = u"self, file=None, elideFrameworkCode=False, detail='default'"},
    {.name = u"printBriefTraceback",
     .function = printTraceback,
     .signature = u"self, file=None, elideFrameworkCode=False"},
    {.name = u"printDetailedTraceback",
     .function = printTraceback,
     .signature = u"self, file=None, elideFrameworkCode=False"},
    {.name = u"cleanFailure", .function = cleanFailure, .signature = u"self"},
    {.name = u"__str__", .function = text, .signature = u"self"},
};

constexpr PropertySpec Properties[] = {
    {u"value",
     [](Interpreter &, const Value &failure) -> Value { return ObjectRef(toFailure(failure).value()); }},
    {u"type",
     [](Interpreter &vm, const Value &failure) -> Value {
         return ObjectRef(&vm.classes().forException(toFailure(failure).type()));
     }},
    {u"tb", [](Interpreter &, const Value &) { return Value(); }},
};

} // namespace

ClassSpec failureClass()
{
    return {.name = u"Failure",
            .module = u"twisted.python.failure",
            .construct
            = {.name = u"Failure.__init__",
               .function = construct,
               .signature = u"self, exc_value=None, exc_type=None, exc_tb=None, captureVars=False"},
            .methods = Methods,
            .properties = Properties};
}

} // namespace deferscope::script::library
