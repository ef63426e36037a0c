// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/coroutines.h"
#include "engine/script/deferredclass.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/lockclasses.h"
#include "engine/script/modules.h"
#include "engine/script/operations.h"

#include <cmath>

/// The types that Python has of itself: what calling them makes.
namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

Value makeObject(Interpreter &vm, const Arguments &)
{
    return ObjectRef(new InstanceObject(vm.heap(), vm.classes().named(u"object")));
}

Value makeBool(Interpreter &vm, const Arguments &arguments)
{
    return !arguments.positional.isEmpty() && isTrue(vm, arguments.at(0));
}

[[noreturn]] void raiseInvalidInteger(Interpreter &vm, int base, const Value &text)
{
    raiseValueError(u"invalid literal for int() with base %1: %2"_s.arg(base).arg(reprOf(vm, text)));
}

Value parseInteger(Interpreter &vm, const Value &value, int base)
{
    QString digits = value.toString().trimmed();
    const bool isNegative = digits.startsWith(u'-');
    if (isNegative || digits.startsWith(u'+'))
        digits.remove(0, 1);
    const QString prefix = digits.first(qMin<qsizetype>(2, digits.size())).toLower();
    const int prefixed = prefix == u"0x" ? 16 : prefix == u"0o" ? 8 : prefix == u"0b" ? 2 : 0;
    if (prefixed != 0 && (base == prefixed || base == 0))
        digits.remove(0, 2);
    const int used = base != 0 ? base : prefixed != 0 ? prefixed : 10;
    if (digits.startsWith(u'_') || digits.endsWith(u'_') || digits.contains(u"__"_s) || digits.isEmpty()
        || !digits.at(0).isLetterOrNumber())
        raiseInvalidInteger(vm, base, value);
    digits.remove(u'_');
    bool ok = false;
    const qint64 magnitude = digits.toLongLong(&ok, used);
    if (!ok) {
        const bool allDigits
            = std::all_of(digits.cbegin(), digits.cend(), [](QChar c) { return c.isDigit(); });
        if (allDigits && used == 10)
            raiseTooLarge();
        raiseInvalidInteger(vm, base, value);
    }
    return isNegative ? -magnitude : magnitude;
}

Value makeInt(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.positional.isEmpty())
        return 0;
    const Value &value = arguments.at(0);
    if (arguments.size() == 2) {
        if (value.kind() != Value::Kind::String)
            raiseTypeError(u"int() can't convert non-string with explicit base"_s);
        const qint64 base = indexFrom(arguments.at(1));
        if (base != 0 && (base < 2 || base > 36))
            raiseValueError(u"int() base must be >= 2 and <= 36, or 0"_s);
        return parseInteger(vm, value, static_cast<int>(base));
    }
    if (isInteger(value))
        return toInteger(value);
    if (value.kind() == Value::Kind::Float)
        return integerFromFloat(value.toFloat());
    if (value.kind() == Value::Kind::String)
        return parseInteger(vm, value, 10);
    raiseTypeError(u"int() argument must be a string, a bytes-like object or a real number, not '%1'"_s.arg(
        value.typeName()));
}

Value makeFloat(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.positional.isEmpty())
        return 0.0;
    const Value &value = arguments.at(0);
    if (isNumber(value))
        return toNumber(value);
    if (value.kind() != Value::Kind::String)
        raiseTypeError(
            u"float() argument must be a string or a real number, not '%1'"_s.arg(value.typeName()));
    QString text = value.toString().trimmed().toLower();
    const QString unsignedText = text.startsWith(u'-') || text.startsWith(u'+') ? text.sliced(1) : text;
    const double sign = text.startsWith(u'-') ? -1 : 1;
    if (unsignedText == u"inf" || unsignedText == u"infinity")
        return sign * std::numeric_limits<double>::infinity();
    if (unsignedText == u"nan")
        return std::numeric_limits<double>::quiet_NaN();
    bool ok = false;
    const double number = text.remove(u'_').toDouble(&ok);
    if (!ok)
        raiseValueError(u"could not convert string to float: %1"_s.arg(reprOf(vm, value)));
    return number;
}

Value makeStr(Interpreter &vm, const Arguments &arguments)
{
    return arguments.positional.isEmpty() ? u""_s : strOf(vm, arguments.at(0));
}

Value makeList(Interpreter &vm, const Arguments &arguments)
{
    return vm.list(arguments.positional.isEmpty() ? QList<Value>() : toList(vm, arguments.at(0)));
}

Value makeTuple(Interpreter &vm, const Arguments &arguments)
{
    if (!arguments.positional.isEmpty() && asTuple(arguments.at(0)))
        return arguments.at(0);
    return vm.tuple(arguments.positional.isEmpty() ? QList<Value>() : toList(vm, arguments.at(0)));
}

Value makeRange(Interpreter &vm, const Arguments &arguments)
{
    const bool hasStart = arguments.size() > 1;
    const qint64 start = hasStart ? indexFrom(arguments.at(0)) : 0;
    const qint64 stop = indexFrom(arguments.at(hasStart ? 1 : 0));
    const qint64 step = arguments.size() > 2 ? indexFrom(arguments.at(2)) : 1;
    if (step == 0)
        raiseValueError(u"range() arg 3 must not be zero"_s);
    return ObjectRef(new RangeObject(vm.heap(), start, stop, step));
}

Value makeSlice(Interpreter &vm, const Arguments &arguments)
{
    const bool hasStart = arguments.size() > 1;
    return ObjectRef(new SliceObject(vm.heap(), hasStart ? arguments.at(0) : Value(),
                                     arguments.at(hasStart ? 1 : 0),
                                     arguments.size() > 2 ? arguments.at(2) : Value()));
}

Value typeOf(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.size() != 1)
        raiseTypeError(u"type() with three arguments is not run here"_s);
    return ObjectRef(&vm.classes().of(arguments.at(0)));
}

Value makePartial(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.positional.isEmpty())
        raiseTypeError(u"type 'partial' takes at least one argument"_s);
    if (!isCallable(arguments.at(0)))
        raiseTypeError(u"the first argument must be callable"_s);
    vm.reserve(256);
    return ObjectRef(
        new PartialObject(vm.heap(), arguments.at(0), {arguments.positional.sliced(1), arguments.keywords}));
}

/// super() inside a method: the class whose body defined the method, and its first parameter.
Value makeSuper(Interpreter &vm, const Arguments &arguments)
{
    if (!arguments.positional.isEmpty()) {
        auto *cls = as<ClassObject>(arguments.at(0));
        if (!cls || arguments.size() != 2)
            raiseTypeError(u"super() argument 1 must be a type, not %1"_s.arg(arguments.at(0).typeName()));
        return ObjectRef(new SuperObject(vm.heap(), *cls, arguments.at(1)));
    }
    const Frame *frame = vm.frame();
    ClassObject *owner = frame ? frame->function->owner : nullptr;
    if (!owner || frame->code().signature.positional == 0)
        raise(exceptions::runtimeError(), u"super(): no arguments"_s);
    const auto &ofCells = frame->code().parameterOfCell;
    const auto cell = std::find(ofCells.cbegin(), ofCells.cend(), 0);
    const Value self = cell == ofCells.cend()
        ? frame->locals.front()
        : frame->cells[static_cast<size_t>(cell - ofCells.cbegin())]->value;
    return ObjectRef(new SuperObject(vm.heap(), *owner, self));
}

constexpr NativeSpec ObjectMethods[] = {
    {.name = u"__init__",
     .function = [](Interpreter &, const Arguments &) { return Value(); },
     .takesAnything = true},
};

constexpr PropertySpec SliceProperties[] = {
    {u"start", [](Interpreter &, const Value &slice) { return as<SliceObject>(slice)->lower; }},
    {u"stop", [](Interpreter &, const Value &slice) { return as<SliceObject>(slice)->upper; }},
    {u"step", [](Interpreter &, const Value &slice) { return as<SliceObject>(slice)->step; }},
};

constexpr PropertySpec RangeProperties[] = {
    {u"start", [](Interpreter &, const Value &range) -> Value { return as<RangeObject>(range)->start; }},
    {u"stop", [](Interpreter &, const Value &range) -> Value { return as<RangeObject>(range)->stop; }},
    {u"step", [](Interpreter &, const Value &range) -> Value { return as<RangeObject>(range)->step; }},
};

constexpr PropertySpec PartialProperties[] = {
    {u"func", [](Interpreter &, const Value &partial) { return as<PartialObject>(partial)->function; }},
    {u"args",
     [](Interpreter &vm, const Value &partial) {
         return vm.tuple(as<PartialObject>(partial)->arguments.positional);
     }},
};

constexpr PropertySpec MethodProperties[] = {
    {u"__self__", [](Interpreter &, const Value &method) { return as<BoundMethod>(method)->self; }},
    {u"__func__", [](Interpreter &, const Value &method) { return as<BoundMethod>(method)->function; }},
};

constexpr NativeSpec construct(QStringView name, NativeFunction function, qint8 minimum, qint8 maximum)
{
    return {.name = name, .function = function, .minimum = minimum, .maximum = maximum};
}

} // namespace

QList<ClassSpec> builtinClasses()
{
    return {
        {.name = u"object", .construct = construct(u"object", makeObject, 0, 0), .methods = ObjectMethods},
        {.name = u"type", .construct = {.name = u"type", .function = typeOf, .takesAnything = true}},
        {.name = u"int", .construct = construct(u"int", makeInt, 0, 2)},
        {.name = u"bool", .base = u"int", .construct = construct(u"bool", makeBool, 0, 1)},
        {.name = u"float", .construct = construct(u"float", makeFloat, 0, 1), .methods = floatMethods()},
        {.name = u"str", .construct = construct(u"str", makeStr, 0, 1), .methods = stringMethods()},
        {.name = u"list", .construct = construct(u"list", makeList, 0, 1), .methods = listMethods()},
        {.name = u"tuple", .construct = construct(u"tuple", makeTuple, 0, 1), .methods = tupleMethods()},
        {.name = u"dict",
         .construct = {.name = u"dict", .function = makeDict, .takesAnything = true},
         .methods = dictMethods()},
        setClass(),
        frozenSetClass(),
        propertyClass(),
        staticMethodClass(),
        classMethodClass(),
        {.name = u"range", .construct = construct(u"range", makeRange, 1, 3), .properties = RangeProperties},
        {.name = u"slice", .construct = construct(u"slice", makeSlice, 1, 3), .properties = SliceProperties},
        {.name = u"enumerate",
         .construct = {.name = u"enumerate", .function = makeEnumerate, .takesAnything = true}},
        {.name = u"filter", .construct = construct(u"filter", makeFilter, 2, 2)},
        {.name = u"map", .construct = construct(u"map", makeMap, 0, -1)},
        {.name = u"reversed", .construct = construct(u"reversed", makeReversed, 1, 1)},
        {.name = u"zip", .construct = {.name = u"zip", .function = makeZip, .takesAnything = true}},
        {.name = u"super", .construct = construct(u"super", makeSuper, 0, 2)},
        {.name = u"NoneType", .isHidden = true},
        {.name = u"module", .isHidden = true},
        {.name = u"function", .isHidden = true},
        {.name = u"builtin_function_or_method", .isHidden = true},
        {.name = u"method", .properties = MethodProperties, .isHidden = true},
        {.name = u"iterator", .isHidden = true},
        generatorClass(),
        coroutineClass(),
        {.name = u"dict_view", .isHidden = true},
    };
}

QList<ClassSpec> twistedClasses()
{
    return lockClasses()
        + QList<ClassSpec>{
            randomClass(),
            deferredClass(),
            deferredListClass(),
            failureClass(),
            delayedCallClass(),
            clockClass(),
            loopingCallClass(),
            reactorClass(),
            textStreamClass(),
            {.name = u"partial",
             .module = u"functools",
             .construct = {.name = u"partial", .function = makePartial, .takesAnything = true},
             .properties = PartialProperties},
        };
}

} // namespace deferscope::script::library
