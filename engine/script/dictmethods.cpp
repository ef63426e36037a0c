// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

DictObject &self(const Arguments &arguments) { return *as<DictObject>(arguments.at(0)); }

[[noreturn]] void raiseKeyError(const Value &key)
{
    throw RaisedError(ExceptionRef(new ScriptException(errors::keyError(), {key})));
}

void insertPair(Interpreter &vm, DictObject &dict, const Value &pair, qsizetype number)
{
    if (!isIterable(pair))
        raiseTypeError(u"cannot convert dictionary update sequence element #%1 to a sequence"_s.arg(number));
    const QList<Value> parts = toList(vm, pair);
    if (parts.size() != 2) {
        raiseValueError(
            u"dictionary update sequence element #%1 has length %2; 2 is required"_s.arg(number).arg(
                parts.size()));
    }
    vm.reserve(sizeof(DictObject::Entry));
    dict.insert(parts.at(0), parts.at(1));
}

void updateFrom(Interpreter &vm, DictObject &dict, const Value &source)
{
    if (const auto *other = as<DictObject>(source)) {
        vm.reserve(other->size());
        const auto entries = other->entries();
        for (const DictObject::Entry &entry : entries) {
            if (entry.isAlive)
                dict.insert(entry.key, entry.value);
        }
        return;
    }
    qsizetype number = 0;
    forEach(vm, source, [&](const Value &pair) {
        insertPair(vm, dict, pair, number++);
        return true;
    });
}

void updateWith(Interpreter &vm, DictObject &dict, const QList<Value> &sources, const Arguments &arguments,
                const QString &name)
{
    if (sources.size() > 1)
        raiseTypeError(u"%1 expected at most 1 argument, got %2"_s.arg(name).arg(sources.size()));
    if (!sources.isEmpty())
        updateFrom(vm, dict, sources.constFirst());
    for (const auto &[keyword, value] : arguments.keywords)
        dict.insert(keyword, value);
}

Value update(Interpreter &vm, const Arguments &arguments)
{
    updateWith(vm, self(arguments), arguments.positional.sliced(1), arguments, u"update"_s);
    return {};
}

Value get(Interpreter &, const Arguments &arguments)
{
    const Value *found = self(arguments).find(arguments.at(1));
    return found ? *found : arguments.size() > 2 ? arguments.at(2) : Value();
}

Value setDefault(Interpreter &vm, const Arguments &arguments)
{
    if (const Value *found = self(arguments).find(arguments.at(1)))
        return *found;
    vm.reserve(sizeof(DictObject::Entry));
    const Value value = arguments.size() > 2 ? arguments.at(2) : Value();
    self(arguments).insert(arguments.at(1), value);
    return value;
}

Value pop(Interpreter &, const Arguments &arguments)
{
    if (const Value *found = self(arguments).find(arguments.at(1))) {
        Value value = *found;
        self(arguments).remove(arguments.at(1));
        return value;
    }
    if (arguments.size() > 2)
        return arguments.at(2);
    raiseKeyError(arguments.at(1));
}

Value popItem(Interpreter &vm, const Arguments &arguments)
{
    const auto &entries = self(arguments).entries();
    const auto last
        = std::find_if(entries.crbegin(), entries.crend(), [](const auto &entry) { return entry.isAlive; });
    if (last == entries.crend())
        raise(errors::keyError(), u"popitem(): dictionary is empty"_s);
    const DictObject::Entry entry = *last;
    self(arguments).remove(entry.key);
    return vm.tuple({entry.key, entry.value});
}

Value view(Interpreter &vm, const Arguments &arguments, DictView::Part part)
{
    return ObjectRef(new DictView(vm.heap(), DictRef(&self(arguments)), part));
}

Value keys(Interpreter &vm, const Arguments &arguments) { return view(vm, arguments, DictView::Part::Keys); }
Value values(Interpreter &vm, const Arguments &arguments)
{
    return view(vm, arguments, DictView::Part::Values);
}
Value items(Interpreter &vm, const Arguments &arguments)
{
    return view(vm, arguments, DictView::Part::Items);
}

Value clear(Interpreter &, const Arguments &arguments)
{
    self(arguments).clear();
    return {};
}

Value copy(Interpreter &vm, const Arguments &arguments)
{
    DictRef dict(new DictObject(vm.heap()));
    updateFrom(vm, *dict, arguments.at(0));
    return ObjectRef(dict);
}

Value fromKeys(Interpreter &vm, const Arguments &arguments)
{
    DictRef dict(new DictObject(vm.heap()));
    const Value value = arguments.size() > 1 ? arguments.at(1) : Value();
    forEach(vm, arguments.at(0), [&](const Value &key) {
        vm.reserve(sizeof(DictObject::Entry));
        dict->insert(key, value);
        return true;
    });
    return ObjectRef(dict);
}

constexpr NativeSpec Methods[] = {
    {.name = u"clear", .function = clear},
    {.name = u"copy", .function = copy},
    {.name = u"fromkeys", .function = fromKeys, .takesAnything = true},
    {.name = u"get", .function = get, .minimum = 1, .maximum = 2},
    {.name = u"items", .function = items},
    {.name = u"keys", .function = keys},
    {.name = u"pop", .function = pop, .minimum = 1, .maximum = 2},
    {.name = u"popitem", .function = popItem},
    {.name = u"setdefault", .function = setDefault, .minimum = 1, .maximum = 2},
    {.name = u"update", .function = update, .takesAnything = true},
    {.name = u"values", .function = values},
};

} // namespace

Value makeDict(Interpreter &vm, const Arguments &arguments)
{
    DictRef dict(new DictObject(vm.heap()));
    updateWith(vm, *dict, arguments.positional, arguments, u"dict"_s);
    return ObjectRef(dict);
}

std::span<const NativeSpec> dictMethods() { return Methods; }

} // namespace deferscope::script::library
