// SPDX-License-Identifier: MIT
#include "modules.h"

#include "engine/script/interpreter.h"
#include "engine/script/iterators.h"
#include "engine/script/operations.h"
#include "engine/script/reactor.h"
#include "engine/script/textstream.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

// ---- sys ----

Value exitProgram(Interpreter &, const Arguments &arguments)
{
    throw RaisedError(ExceptionRef(new ScriptException(errors::systemExit(), arguments.positional)));
}

constexpr NativeSpec SysFunctions[]
    = {{.name = u"exit", .function = exitProgram, .minimum = 0, .maximum = 1}};
constexpr QStringView SysValues[] = {u"stdout", u"stderr", u"argv", u"maxsize", u"version_info"};

void fillSys(Interpreter &vm, ModuleObject &module)
{
    module.attributes.insert(u"stdout"_s, ObjectRef(new TextStream(vm.heap(), Stream::Out)));
    module.attributes.insert(u"stderr"_s, ObjectRef(new TextStream(vm.heap(), Stream::Err)));
    module.attributes.insert(u"argv"_s, vm.list({vm.file()}));
    module.attributes.insert(u"maxsize"_s, std::numeric_limits<qint64>::max());
    module.attributes.insert(u"version_info"_s,
                             vm.tuple({qint64(3), qint64(11), qint64(2), u"final"_s, qint64(0)}));
}

// ---- time ----

Value timeNow(Interpreter &vm, const Arguments &)
{
    constexpr double Epoch = 1'000'000'000; // of every run, so that the same program prints the same
    return Epoch + vm.reactor().clock().seconds();
}

Value monotonic(Interpreter &vm, const Arguments &) { return vm.reactor().clock().seconds(); }

constexpr NativeSpec TimeFunctions[] = {{.name = u"time", .function = timeNow},
                                        {.name = u"monotonic", .function = monotonic},
                                        {.name = u"perf_counter", .function = monotonic}};

// ---- string ----

constexpr std::pair<QStringView, QStringView> Letters[]
    = {{u"ascii_lowercase", u"abcdefghijklmnopqrstuvwxyz"},
       {u"ascii_uppercase", u"ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
       {u"ascii_letters", u"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"},
       {u"digits", u"0123456789"},
       {u"hexdigits", u"0123456789abcdefABCDEF"},
       {u"octdigits", u"01234567"},
       {u"punctuation", u"!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"},
       {u"whitespace", u" \t\n\r\v\f"}};
constexpr QStringView StringValues[]
    = {u"ascii_lowercase", u"ascii_uppercase", u"ascii_letters", u"digits",
       u"hexdigits",       u"octdigits",       u"punctuation",   u"whitespace"};

void fillString(Interpreter &, ModuleObject &module)
{
    for (const auto &[name, text] : Letters)
        module.attributes.insert(name.toString(), text.toString());
}

// ---- functools ----

Value reduce(Interpreter &vm, const Arguments &arguments)
{
    Value result = arguments.size() > 2 ? arguments.at(2) : unbound();
    forEach(vm, arguments.at(1), [&](const Value &item) {
        result = isUnbound(result) ? item : vm.call(arguments.at(0), {{result, item}, {}});
        return true;
    });
    if (isUnbound(result))
        raiseTypeError(u"reduce() of empty iterable with no initial value"_s);
    return result;
}

/// What @wraps(f) decorates gets f's name.
Value wrapWith(Interpreter &vm, const Arguments &arguments)
{
    for (const QString &name : {u"__name__"_s, u"__qualname__"_s}) {
        if (const auto value = findAttribute(vm, arguments.at(0), name))
            storeAttribute(vm, arguments.at(1), name, *value);
    }
    storeAttribute(vm, arguments.at(1), u"__wrapped__"_s, arguments.at(0));
    return arguments.at(1);
}

Value wraps(Interpreter &vm, const Arguments &arguments)
{
    static constexpr NativeSpec wrapper{
        .name = u"update_wrapper", .function = wrapWith, .minimum = 2, .maximum = 2};
    const Value function = ObjectRef(new NativeObject(vm.heap(), wrapper, QString()));
    return ObjectRef(new PartialObject(vm.heap(), function, {{arguments.at(0)}, {}}));
}

constexpr NativeSpec FunctoolsFunctions[] = {
    {.name = u"reduce", .function = reduce, .minimum = 2, .maximum = 3},
    {.name = u"wraps", .function = wraps, .signature = u"wrapped"},
};
constexpr QStringView FunctoolsClasses[] = {u"functools.partial"};

} // namespace

QList<ModuleSpec> pythonModules()
{
    return {
        {.name = u"__future__"},
        {.name = u"functools", .functions = FunctoolsFunctions, .classes = FunctoolsClasses},
        jsonModule(),
        mathModule(),
        randomModule(),
        {.name = u"string", .values = StringValues, .fill = fillString},
        {.name = u"sys", .functions = SysFunctions, .values = SysValues, .fill = fillSys},
        {.name = u"time", .functions = TimeFunctions},
    };
}

QList<ModuleSpec> modules() { return pythonModules() + twistedModules(); }

} // namespace deferscope::script::library
