// SPDX-License-Identifier: MIT
#include "interpreter.h"

#include "engine/script/modules.h"
#include "engine/script/operations.h"

/// Modules come into being when they are first imported.
namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

void fill(Interpreter &vm, ModuleObject &module, const library::ModuleSpec &spec)
{
    for (const NativeSpec &function : spec.functions)
        module.attributes.insert(function.name.toString(),
                                 ObjectRef(new NativeObject(vm.heap(), function, QString())));
    for (const QStringView qualified : spec.classes) {
        ClassObject &cls = vm.classes().named(qualified);
        module.attributes.insert(cls.name, ObjectRef(&cls));
    }
    if (spec.exceptions) {
        for (const ExceptionType *type : spec.exceptions())
            module.attributes.insert(type->name(), ObjectRef(&vm.classes().forException(*type)));
    }
    if (spec.fill)
        spec.fill(vm, module);
}

Value make(Interpreter &vm, const library::ModuleSpec &spec)
{
    if (!spec.instanceOf.isEmpty())
        return ObjectRef(new InstanceObject(vm.heap(), vm.classes().named(spec.instanceOf)));
    Ref<ModuleObject> module(new ModuleObject(vm.heap(), spec.name.toString()));
    fill(vm, *module, spec);
    return ObjectRef(module);
}

} // namespace

Value Interpreter::importModule(const QString &name)
{
    const auto known = m_modules.constFind(name);
    if (known != m_modules.cend())
        return *known;
    const QList<library::ModuleSpec> modules = library::modules();
    const auto spec
        = std::find_if(modules.cbegin(), modules.cend(), [&name](const auto &s) { return s.name == name; });
    Q_ASSERT(spec != modules.cend()); // compile() has refused others
    const Value module = make(*this, *spec);
    m_modules.insert(name, module);
    const qsizetype dot = name.lastIndexOf(u'.');
    if (dot >= 0)
        as<ModuleObject>(importModule(name.first(dot)))->attributes.insert(name.sliced(dot + 1), module);
    return module;
}

Value Interpreter::importFrom(const Value &module, const QString &name)
{
    if (auto found = findAttribute(*this, module, name))
        return *found;
    return importModule(as<ModuleObject>(module)->name + u'.' + name);
}

const Value *Interpreter::globalNamed(const QString &name) const
{
    const qsizetype index = m_globalNames->indexOf(name);
    if (index >= 0 && !isUnbound(m_globals[static_cast<size_t>(index)]))
        return &m_globals[static_cast<size_t>(index)];
    return builtin(name);
}

} // namespace deferscope::script
