// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

Sequence &self(const Arguments &arguments) { return *asSequence(arguments.at(0)); }

Sequence &changed(Interpreter &vm, const Arguments &arguments)
{
    checkMutable(vm, self(arguments));
    return self(arguments);
}

Value append(Interpreter &vm, const Arguments &arguments)
{
    vm.reserve(sizeof(Value));
    changed(vm, arguments).items.append(arguments.at(1));
    return {};
}

Value extend(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> added = toList(vm, arguments.at(1));
    vm.reserve(added.size() * qint64(sizeof(Value)));
    changed(vm, arguments).items += added;
    return {};
}

Value insert(Interpreter &vm, const Arguments &arguments)
{
    vm.reserve(sizeof(Value));
    QList<Value> &items = changed(vm, arguments).items;
    const qint64 index = indexFrom(arguments.at(1));
    items.insert(index < 0 ? qMax<qint64>(0, index + items.size()) : qMin<qint64>(index, items.size()),
                 arguments.at(2));
    return {};
}

Value pop(Interpreter &vm, const Arguments &arguments)
{
    QList<Value> &items = changed(vm, arguments).items;
    if (items.isEmpty())
        raise(errors::indexError(), u"pop from empty list"_s);
    qint64 index = arguments.size() > 1 ? indexFrom(arguments.at(1)) : -1;
    if (index < 0)
        index += items.size();
    if (index < 0 || index >= items.size())
        raise(errors::indexError(), u"pop index out of range"_s);
    return items.takeAt(index);
}

/// The place of the first item that equals \a wanted, or -1.
qsizetype find(Interpreter &vm, const QList<Value> &items, const Value &wanted, qint64 first = 0,
               qint64 last = -1)
{
    const QList<Value> held = items;
    const qint64 end = last < 0 ? held.size() : qMin<qint64>(last, held.size());
    vm.spend(held.size() / 8);
    for (qint64 i = first; i < end; ++i) {
        if (held.at(i) == wanted || equals(vm, held.at(i), wanted))
            return i;
    }
    return -1;
}

Value remove(Interpreter &vm, const Arguments &arguments)
{
    const qsizetype index = find(vm, self(arguments).items, arguments.at(1));
    if (index < 0)
        raiseValueError(u"list.remove(x): x not in list"_s);
    const Value dropped = changed(vm, arguments).items.takeAt(index);
    return {};
}

Value index(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> &items = self(arguments).items;
    const auto bound = [&](qsizetype argument, qint64 otherwise) {
        const qint64 given = arguments.size() > argument ? indexFrom(arguments.at(argument)) : otherwise;
        return given < 0 ? qMax<qint64>(0, given + items.size()) : given;
    };
    const qsizetype found = find(vm, items, arguments.at(1), bound(2, 0), bound(3, items.size()));
    if (found < 0 && asTuple(arguments.at(0)))
        raiseValueError(u"tuple.index(x): x not in tuple"_s);
    if (found < 0)
        raiseValueError(u"%1 is not in list"_s.arg(reprOf(vm, arguments.at(1))));
    return found;
}

Value count(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> items = self(arguments).items;
    return std::count_if(items.cbegin(), items.cend(),
                         [&](const Value &item) { return equals(vm, item, arguments.at(1)); });
}

Value clear(Interpreter &vm, const Arguments &arguments)
{
    const QList<Value> dropped = std::exchange(changed(vm, arguments).items, {});
    return {};
}

Value copy(Interpreter &vm, const Arguments &arguments) { return vm.list(self(arguments).items); }

Value reverse(Interpreter &vm, const Arguments &arguments)
{
    QList<Value> &items = changed(vm, arguments).items;
    std::reverse(items.begin(), items.end());
    return {};
}

Value sort(Interpreter &vm, const Arguments &arguments)
{
    if (arguments.size() > 1)
        raiseTypeError(u"sort() takes no positional arguments"_s);
    Value key;
    bool isReversed = false;
    for (const auto &[name, value] : arguments.keywords) {
        if (name == u"key")
            key = value;
        else if (name == u"reverse")
            isReversed = isTrue(vm, value);
        else
            raiseTypeError(u"'%1' is an invalid keyword argument for sort()"_s.arg(name));
    }
    QList<Value> values = sortedValues(vm, self(arguments).items, key, isReversed);
    changed(vm, arguments).items = std::move(values);
    return {};
}

constexpr NativeSpec ListMethods[] = {
    {.name = u"append", .function = append, .minimum = 1, .maximum = 1},
    {.name = u"clear", .function = clear},
    {.name = u"copy", .function = copy},
    {.name = u"count", .function = count, .minimum = 1, .maximum = 1},
    {.name = u"extend", .function = extend, .minimum = 1, .maximum = 1},
    {.name = u"index", .function = index, .minimum = 1, .maximum = 3},
    {.name = u"insert", .function = insert, .minimum = 2, .maximum = 2},
    {.name = u"pop", .function = pop, .minimum = 0, .maximum = 1},
    {.name = u"remove", .function = remove, .minimum = 1, .maximum = 1},
    {.name = u"reverse", .function = reverse},
    {.name = u"sort", .function = sort, .takesAnything = true},
};

constexpr NativeSpec TupleMethods[] = {
    {.name = u"count", .function = count, .minimum = 1, .maximum = 1},
    {.name = u"index", .function = index, .minimum = 1, .maximum = 3},
};

} // namespace

std::span<const NativeSpec> listMethods() { return ListMethods; }
std::span<const NativeSpec> tupleMethods() { return TupleMethods; }

} // namespace deferscope::script::library
