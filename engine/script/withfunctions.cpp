// SPDX-License-Identifier: MIT
#include "library.h"

#include "engine/script/interpreter.h"

namespace deferscope::script::library {

using namespace Qt::StringLiterals;

namespace {

const Value &method(Interpreter &vm, const Value &manager, const QString &name)
{
    const ClassObject &cls = vm.classes().of(manager);
    const Value *found = cls.lookUp(name);
    if (!found) {
        const QString missing = name == u"__exit__" ? u" (missed __exit__ method)"_s : QString();
        raiseTypeError(u"'%1' object does not support the context manager protocol"_s.arg(cls.qualifiedName())
                       + missing);
    }
    return *found;
}

Value enter(Interpreter &vm, const Arguments &arguments)
{
    const Value &manager = arguments.at(0);
    const Value &entering = method(vm, manager, u"__enter__"_s);
    method(vm, manager, u"__exit__"_s);
    return vm.call(entering, {{manager}, {}});
}

/// Whether the exception, when there is one, is to be swallowed.
Value leave(Interpreter &vm, const Arguments &arguments)
{
    const Value &manager = arguments.at(0);
    const Value &raised = arguments.at(1);
    const Value type = raised.isNone() ? Value() : Value(ObjectRef(&vm.classes().of(raised)));
    return vm.call(method(vm, manager, u"__exit__"_s), {{manager, type, raised, {}}, {}});
}

} // namespace

QList<NativeSpec> withFunctions()
{
    return {{.name = u"$enter", .function = enter, .minimum = 1, .maximum = 1},
            {.name = u"$exit", .function = leave, .minimum = 2, .maximum = 2}};
}

} // namespace deferscope::script::library
