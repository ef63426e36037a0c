// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/deferred/deferred.h"
#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/textstream.h"

#include <cmath>

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

/// The values of the keywords that a function knows, in the order of \a names; unbound() where not given.
QList<Value> takeKeywords(const Arguments &arguments, const QStringList &names, const QString &function)
{
    QList<Value> values(names.size(), unbound());
    for (const auto &[name, value] : arguments.keywords) {
        const qsizetype index = names.indexOf(name);
        if (index < 0)
            raiseTypeError(u"'%1' is an invalid keyword argument for %2()"_s.arg(name, function));
        values[index] = value;
    }
    return values;
}

QString separator(const Value &given, const QString &otherwise, const QString &name)
{
    if (isUnbound(given) || given.isNone())
        return otherwise;
    if (given.kind() != Value::Kind::String)
        raiseTypeError(u"%1 must be None or a string, not %2"_s.arg(name, given.typeName()));
    return given.toString();
}

Value print(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> options
        = takeKeywords(arguments, {u"sep"_s, u"end"_s, u"file"_s, u"flush"_s}, u"print"_s);
    const QString between = separator(options.at(0), u" "_s, u"sep"_s);
    const QString end = separator(options.at(1), u"\n"_s, u"end"_s);
    QString text;
    const Holding holding(vm);
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        if (i > 0)
            text += between;
        const QString piece = strOf(vm, arguments.at(i));
        holding.grow(piece.size() * qint64(sizeof(QChar)));
        text += piece;
    }
    text += end;
    const Value &file = options.at(2);
    if (isUnbound(file) || file.isNone())
        vm.print(text, Stream::Out);
    else
        vm.call(attribute(vm, file, u"write"_s), {{text}, {}});
    return {};
}

Value len(Interpreter &vm, const Arguments &arguments) { return lengthOf(vm, arguments.at(0)); }
Value repr(Interpreter &vm, const Arguments &arguments) { return reprOf(vm, arguments.at(0)); }
Value callable(Interpreter &, const Arguments &arguments) { return isCallable(arguments.at(0)); }

Value isinstance(Interpreter &vm, const Arguments &arguments)
{
    return isInstance(vm, arguments.at(0), arguments.at(1));
}

bool isSubclass(const ClassObject &cls, const Value &classes)
{
    if (const Sequence *tuple = asTuple(classes)) {
        return std::any_of(tuple->items.cbegin(), tuple->items.cend(),
                           [&cls](const Value &candidate) { return isSubclass(cls, candidate); });
    }
    const auto *other = as<ClassObject>(classes);
    if (!other)
        raiseTypeError(u"issubclass() arg 2 must be a class, a tuple of classes, or a union"_s);
    return cls.isA(*other);
}

Value issubclass(Interpreter &, const Arguments &arguments)
{
    const auto *cls = as<ClassObject>(arguments.at(0));
    if (!cls)
        raiseTypeError(u"issubclass() arg 1 must be a class"_s);
    return isSubclass(*cls, arguments.at(1));
}

// ---- attributes ----

const QString &attributeName(const Value &name, const QString &function)
{
    if (name.kind() != Value::Kind::String)
        raiseTypeError(function + u"(): attribute name must be string"_s);
    return name.toString();
}

Value getattr(Interpreter &vm, const Arguments &arguments)
{
    const QString &name = attributeName(arguments.at(1), u"getattr"_s);
    if (arguments.size() == 2)
        return attribute(vm, arguments.at(0), name);
    return findAttribute(vm, arguments.at(0), name).value_or(arguments.at(2));
}

Value hasattr(Interpreter &vm, const Arguments &arguments)
{
    return findAttribute(vm, arguments.at(0), attributeName(arguments.at(1), u"hasattr"_s)).has_value();
}

Value setattr(Interpreter &vm, const Arguments &arguments)
{
    storeAttribute(vm, arguments.at(0), attributeName(arguments.at(1), u"setattr"_s), arguments.at(2));
    return {};
}

Value id(Interpreter &, const Arguments &arguments)
{
    constexpr qint64 Base = 0x7f0000000000;
    const Value &value = arguments.at(0);
    if (value.kind() != Value::Kind::Object)
        return Base + static_cast<qint64>(hashOf(value) % 0xffffffff) * 32;
    if (const auto *tracked = dynamic_cast<const Tracked *>(value.object()))
        return Base + tracked->serial() * qint64(64);
    if (const auto deferred = Deferred::from(value))
        return Base + (qint64(1) << 40) + deferred->id().value * qint64(64);
    return static_cast<qint64>(reinterpret_cast<quintptr>(value.object()));
}

Value hash(Interpreter &, const Arguments &arguments)
{
    return static_cast<qint64>(hashOf(arguments.at(0)) >> 2);
}

// ---- iteration ----

Value iter(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.size() == 1)
        return iteratorOf(vm, arguments.at(0));
    if (!isCallable(arguments.at(0)))
        raiseTypeError(u"iter(v, w): v must be callable"_s);
    return makeIterator(vm, u"callable_iterator"_s, {arguments.at(0), arguments.at(1)},
                        [](Interpreter &machine, QList<Value> &values) -> std::optional<Value> {
                            const Value sentinel = values.at(1);
                            const Value value = machine.call(Value(values.at(0)));
                            return equals(machine, value, sentinel) ? std::nullopt : std::optional(value);
                        });
}

Value next(Interpreter &vm, const Arguments &arguments)
{
    auto *iterator = as<IteratorObject>(arguments.at(0));
    if (!iterator) {
        if (const auto *instance = as<InstanceObject>(arguments.at(0));
            instance && instance->cls.lookUp(u"__next__"_s))
            return vm.call(attribute(vm, arguments.at(0), u"__next__"_s));
        raiseTypeError(u"'%1' object is not an iterator"_s.arg(arguments.at(0).typeName()));
    }
    if (const auto value = iterator->next(vm))
        return *value;
    if (arguments.size() == 2)
        return arguments.at(1);
    throw RaisedError(ExceptionRef(new ScriptException(errors::stopIteration())));
}

Value any(Interpreter &vm, const Arguments &arguments)
{
    bool found = false;
    forEach(vm, arguments.at(0), [&](const Value &value) {
        found = isTrue(vm, value);
        return !found;
    });
    return found;
}

Value all(Interpreter &vm, const Arguments &arguments)
{
    bool holds = true;
    forEach(vm, arguments.at(0), [&](const Value &value) {
        holds = isTrue(vm, value);
        return holds;
    });
    return holds;
}

Value sum(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> options = takeKeywords(arguments, {u"start"_s}, u"sum"_s);
    if (arguments.positional.isEmpty())
        raiseTypeError(u"sum() takes at least 1 positional argument (0 given)"_s);
    Value total = arguments.size() > 1 ? arguments.at(1)
        : isUnbound(options.at(0))     ? Value(0)
                                       : options.at(0);
    if (total.kind() == Value::Kind::String)
        raiseTypeError(u"sum() can't sum strings [use ''.join(seq) instead]"_s);
    forEach(vm, arguments.at(0), [&](const Value &value) {
        total = binary(vm, BinaryOperator::Add, total, value);
        return true;
    });
    return total;
}

Value extreme(Interpreter &vm, const Arguments &arguments, const QString &function, bool wantsLargest)
{
    const QList<Value> options = takeKeywords(arguments, {u"key"_s, u"default"_s}, function);
    if (arguments.positional.isEmpty())
        raiseTypeError(u"%1 expected at least 1 argument, got 0"_s.arg(function));
    if (arguments.size() > 1 && !isUnbound(options.at(1)))
        raiseTypeError(
            u"Cannot specify a default for %1() with multiple positional arguments"_s.arg(function));
    const Value key = isUnbound(options.at(0)) ? Value() : options.at(0);
    std::optional<Value> best;
    Value bestRank;
    const auto consider = [&](const Value &value) {
        const Value rank = key.isNone() ? value : vm.call(key, {{value}, {}});
        if (!best
            || (wantsLargest ? isTrue(vm, compare(vm, CompareOperator::Greater, rank, bestRank))
                             : isLess(vm, rank, bestRank))) {
            best = value;
            bestRank = rank;
        }
        return true;
    };
    if (arguments.size() > 1)
        std::for_each(arguments.positional.cbegin(), arguments.positional.cend(), consider);
    else
        forEach(vm, arguments.at(0), consider);
    if (!best && isUnbound(options.at(1)))
        raiseValueError(u"%1() arg is an empty sequence"_s.arg(function));
    return best ? *best : options.at(1);
}

Value min(Interpreter &vm, const Arguments &arguments) { return extreme(vm, arguments, u"min"_s, false); }
Value max(Interpreter &vm, const Arguments &arguments) { return extreme(vm, arguments, u"max"_s, true); }

Value sorted(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> options = takeKeywords(arguments, {u"key"_s, u"reverse"_s}, u"sort"_s);
    if (arguments.size() != 1)
        raiseTypeError(u"sorted expected 1 argument, got %1"_s.arg(arguments.size()));
    const bool isReversed = !isUnbound(options.at(1)) && isTrue(vm, options.at(1));
    return vm.list(sortedValues(vm, toList(vm, arguments.at(0)),
                                isUnbound(options.at(0)) ? Value() : options.at(0), isReversed));
}

} // namespace

QList<Value> sortedValues(Interpreter &vm, QList<Value> values, const Value &key, bool isReversed)
{
    QList<std::pair<Value, Value>> ranked;
    for (const Value &value : std::as_const(values))
        ranked.append({key.isNone() ? value : vm.call(key, {{value}, {}}), value});
    vm.spend(values.size());
    // Reversed twice, so that equal ones keep their order as Python promises. std::stable_sort copes with a
    // comparison that contradicts itself; what it throws leaves the values unsorted, and the list untouched.
    if (isReversed)
        std::reverse(ranked.begin(), ranked.end());
    std::stable_sort(ranked.begin(), ranked.end(), [&vm](const auto &left, const auto &right) {
        vm.spend(1);
        return isLess(vm, left.first, right.first);
    });
    if (isReversed)
        std::reverse(ranked.begin(), ranked.end());
    values.clear();
    for (const auto &pair : std::as_const(ranked))
        values.append(pair.second);
    return values;
}

QList<NativeSpec> builtinFunctions()
{
    QList<NativeSpec> functions{
        {.name = u"all", .function = all, .minimum = 1, .maximum = 1},
        {.name = u"any", .function = any, .minimum = 1, .maximum = 1},
        {.name = u"callable", .function = callable, .minimum = 1, .maximum = 1},
        {.name = u"getattr", .function = getattr, .minimum = 2, .maximum = 3},
        {.name = u"hasattr", .function = hasattr, .minimum = 2, .maximum = 2},
        {.name = u"hash", .function = hash, .minimum = 1, .maximum = 1},
        {.name = u"id", .function = id, .minimum = 1, .maximum = 1},
        {.name = u"isinstance", .function = isinstance, .minimum = 2, .maximum = 2},
        {.name = u"issubclass", .function = issubclass, .minimum = 2, .maximum = 2},
        {.name = u"iter", .function = iter, .minimum = 1, .maximum = 2},
        {.name = u"len", .function = len, .minimum = 1, .maximum = 1},
        {.name = u"max", .function = max, .takesAnything = true},
        {.name = u"min", .function = min, .takesAnything = true},
        {.name = u"next", .function = next, .minimum = 1, .maximum = 2},
        {.name = u"print", .function = print, .takesAnything = true},
        {.name = u"repr", .function = repr, .minimum = 1, .maximum = 1},
        {.name = u"setattr", .function = setattr, .minimum = 3, .maximum = 3},
        {.name = u"sorted", .function = sorted, .takesAnything = true},
        {.name = u"sum", .function = sum, .takesAnything = true},
    };
    return functions + numberFunctions() + withFunctions();
}

} // namespace deferscope::script::library
