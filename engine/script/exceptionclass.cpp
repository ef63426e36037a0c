// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/deferred/deferredlist.h"
#include "engine/deferred/race.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/text.h"
#include "engine/script/textstream.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

Exception &self(const Value &value)
{
    Exception *exception = asException(value);
    if (!exception)
        raiseTypeError(u"an exception is needed, not '%1'"_s.arg(value.typeName()));
    return *exception;
}

Value initialise(Interpreter &, const Arguments &arguments)
{
    self(arguments.at(0)).args = arguments.positional.sliced(1);
    return {};
}

Value text(Interpreter &vm, const Arguments &arguments)
{
    const Exception &exception = self(arguments.at(0));
    if (exception.args.isEmpty())
        return u""_s;
    return exception.args.size() == 1 ? strOf(vm, exception.args.constFirst())
                                      : reprOf(vm, vm.tuple(exception.args));
}

Value withTraceback(Interpreter &, const Arguments &arguments) { return arguments.at(0); }

constexpr NativeSpec Methods[] = {
    {.name = u"__init__", .function = initialise, .takesAnything = true},
    {.name = u"__str__", .function = text},
    {.name = u"with_traceback", .function = withTraceback, .minimum = 1, .maximum = 1},
};

Value orNone(const ExceptionRef &exception) { return exception ? Value(ObjectRef(exception)) : Value(); }

/// The first argument of an exception of \a type; exceptions of other types do not have the attribute.
Value firstArgument(const Value &value, const ExceptionType &type)
{
    const Exception &exception = self(value);
    if (!exception.type().isA(type))
        return unbound();
    return exception.args.isEmpty() ? Value() : exception.args.constFirst();
}

constexpr PropertySpec Properties[] = {
    {u"args", [](Interpreter &vm, const Value &value) { return vm.tuple(self(value).args); },
     [](Interpreter &vm, const Value &value, const Value &args) { self(value).args = toList(vm, args); }},
    {u"__cause__", [](Interpreter &, const Value &value) { return orNone(self(value).cause); }},
    {u"__context__", [](Interpreter &, const Value &value) { return orNone(self(value).context); }},
    {u"__traceback__", [](Interpreter &, const Value &) { return Value(); }},
    {u"value",
     [](Interpreter &, const Value &value) { return firstArgument(value, errors::stopIteration()); }},
    {u"code", [](Interpreter &, const Value &value) { return firstArgument(value, errors::systemExit()); }},
    {u"subFailure",
     [](Interpreter &, const Value &value) {
         const auto *first = dynamic_cast<const FirstError *>(&self(value));
         return first ? Value(first->subFailure) : unbound();
     }},
    {u"index",
     [](Interpreter &, const Value &value) {
         const auto *first = dynamic_cast<const FirstError *>(&self(value));
         return first ? Value(first->index) : unbound();
     }},
    {u"failures",
     [](Interpreter &vm, const Value &value) {
         const auto *group = dynamic_cast<const FailureGroup *>(&self(value));
         return group ? vm.list({group->failures.cbegin(), group->failures.cend()}) : unbound();
     }},
};

// ---- sys.stdout ----

Value write(Interpreter &vm, const Arguments &arguments)
{
    const Value &written = arguments.at(1);
    if (written.kind() != Value::Kind::String)
        raiseTypeError(u"write() argument must be str, not %1"_s.arg(written.typeName()));
    vm.print(written.toString(), as<TextStream>(arguments.at(0))->stream);
    return text::length(written.toString());
}

Value flush(Interpreter &, const Arguments &) { return {}; }

constexpr NativeSpec StreamMethods[] = {
    {.name = u"write", .function = write, .minimum = 1, .maximum = 1},
    {.name = u"flush", .function = flush},
};

} // namespace

const ClassSpec &exceptionClass()
{
    static const ClassSpec spec{.name = u"BaseException",
                                .construct
                                = {.name = u"BaseException", .function = initialise, .takesAnything = true},
                                .methods = Methods,
                                .properties = Properties};
    return spec;
}

ClassSpec textStreamClass() { return {.name = u"TextIOWrapper", .module = u"_io", .methods = StreamMethods}; }

} // namespace deferscope::script::library
