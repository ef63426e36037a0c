// SPDX-License-Identifier: MIT
#include "modules.h"

#include "engine/script/interpreter.h"
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
constexpr QStringView SysValues[] = {u"stdout", u"stderr", u"argv"};

void fillSys(Interpreter &vm, ModuleObject &module)
{
    module.attributes.insert(u"stdout"_s, ObjectRef(new TextStream(vm.heap(), Stream::Out)));
    module.attributes.insert(u"stderr"_s, ObjectRef(new TextStream(vm.heap(), Stream::Err)));
    module.attributes.insert(u"argv"_s, vm.list({vm.file()}));
}

// ---- time ----

Value timeNow(Interpreter &vm, const Arguments &)
{
    constexpr double Epoch = 1'000'000'000; // of every run, so that the same program prints the same
    return Epoch + vm.reactor().clock().seconds();
}

constexpr NativeSpec TimeFunctions[] = {{.name = u"time", .function = timeNow}};

// ---- functools ----

constexpr QStringView FunctoolsClasses[] = {u"functools.partial"};

} // namespace

QList<ModuleSpec> pythonModules()
{
    return {
        {.name = u"__future__"},
        {.name = u"functools", .classes = FunctoolsClasses},
        {.name = u"sys", .functions = SysFunctions, .values = SysValues, .fill = fillSys},
        {.name = u"time", .functions = TimeFunctions},
    };
}

QList<ModuleSpec> modules() { return pythonModules() + twistedModules(); }

} // namespace deferscope::script::library
