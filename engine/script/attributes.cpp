// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/script/descriptors.h"
#include "engine/script/interpreter.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Where an object keeps attributes of its own, or null.
QHash<QString, Value> *ownAttributes(const Value &object)
{
    if (auto *instance = as<InstanceObject>(object))
        return &instance->attributes;
    if (auto *module = as<ModuleObject>(object))
        return &module->attributes;
    if (auto *cls = as<ClassObject>(object))
        return &cls->attributes;
    if (auto *function = as<FunctionObject>(object))
        return &function->attributes;
    if (Exception *exception = asException(object)) {
        if (auto *own = dynamic_cast<UserException *>(exception))
            return &own->attributes;
    }
    return nullptr;
}

bool isFunction(const Value &value) { return as<FunctionObject>(value) || as<NativeObject>(value); }

/// A function of a class that was decorated, as \a object or, when that is unbound, the class \a cls sees it.
Value fromDescriptor(Interpreter &vm, const DescriptorObject &descriptor, const Value &object,
                     ClassObject &cls)
{
    switch (descriptor.role) {
    case DescriptorObject::Role::Static: return descriptor.getter;
    case DescriptorObject::Role::Class:
        return ObjectRef(new BoundMethod(vm.heap(), Value(ObjectRef(&cls)), descriptor.getter));
    case DescriptorObject::Role::Property: break;
    }
    if (isUnbound(object))
        return ObjectRef(const_cast<DescriptorObject *>(&descriptor));
    return vm.call(descriptor.getter, {{object}, {}});
}

/// The property of the script that \a name is in \a object's class, or null.
const DescriptorObject *userProperty(Interpreter &vm, const Value &object, const QString &name)
{
    const auto *instance = as<InstanceObject>(object);
    const bool isUsers = instance || (asException(object) && vm.classes().of(object).isUserDefined);
    const Value *found = isUsers ? vm.classes().of(object).lookUp(name) : nullptr;
    const auto *descriptor = found ? as<DescriptorObject>(*found) : nullptr;
    return descriptor && descriptor->role == DescriptorObject::Role::Property ? descriptor : nullptr;
}

/// An attribute of a class, as its instances see it.
Value bind(Interpreter &vm, const Value &object, const Value &found)
{
    if (const auto *descriptor = as<DescriptorObject>(found))
        return fromDescriptor(vm, *descriptor, object, vm.classes().of(object));
    return isFunction(found) ? Value(ObjectRef(new BoundMethod(vm.heap(), object, found))) : found;
}

std::optional<Value> specialAttribute(Interpreter &vm, const Value &object, const QString &name)
{
    if (name == u"__class__")
        return Value(ObjectRef(&vm.classes().of(object)));
    if (name == u"__dict__") {
        if (const auto *instance = as<InstanceObject>(object)) {
            DictRef dict(new DictObject(vm.heap()));
            for (auto i = instance->attributes.cbegin(); i != instance->attributes.cend(); ++i)
                dict->insert(i.key(), i.value());
            return Value(ObjectRef(dict));
        }
    }
    if (name != u"__name__" && name != u"__qualname__" && name != u"__module__" && name != u"__doc__")
        return std::nullopt;
    const bool isName = name == u"__name__";
    if (const auto *function = as<FunctionObject>(object)) {
        if (name == u"__module__")
            return Value(u"__main__"_s);
        return name == u"__doc__" ? Value()
                                  : Value(isName ? function->code->name : function->code->qualifiedName);
    }
    if (const auto *native = as<NativeObject>(object); native && name != u"__doc__" && name != u"__module__")
        return Value(isName ? native->name : native->qualifiedName());
    if (const auto *cls = as<ClassObject>(object)) {
        if (name == u"__module__")
            return Value(cls->module.isEmpty() ? u"builtins"_s : cls->module);
        return name == u"__doc__" ? Value() : Value(cls->name);
    }
    if (const auto *module = as<ModuleObject>(object); module && isName)
        return Value(module->name);
    if (const auto *method = as<BoundMethod>(object))
        return specialAttribute(vm, method->function, name);
    return std::nullopt;
}

std::optional<Value> superAttribute(Interpreter &vm, const Value &object, const QString &name)
{
    const auto *super = static_cast<const SuperObject *>(object.object());
    for (const ClassObject *cls = super->owner.base; cls; cls = cls->base) {
        const auto found = cls->attributes.constFind(name);
        if (found != cls->attributes.cend())
            return bind(vm, super->self, *found);
    }
    return std::nullopt;
}

[[noreturn]] void raiseMissing(const Value &object, const QString &name)
{
    if (const auto *module = as<ModuleObject>(object))
        raise(errors::attributeError(), u"module '%1' has no attribute '%2'"_s.arg(module->name, name));
    if (const auto *cls = as<ClassObject>(object))
        raise(errors::attributeError(), u"type object '%1' has no attribute '%2'"_s.arg(cls->name, name));
    raise(errors::attributeError(), u"'%1' object has no attribute '%2'"_s.arg(object.typeName(), name));
}

} // namespace

std::optional<Value> findAttribute(Interpreter &vm, const Value &object, const QString &name)
{
    if (as<SuperObject>(object))
        return superAttribute(vm, object, name);
    if (auto *cls = as<ClassObject>(object)) {
        if (const Value *found = cls->lookUp(name)) {
            const auto *descriptor = as<DescriptorObject>(*found);
            return descriptor ? fromDescriptor(vm, *descriptor, unbound(), *cls) : *found;
        }
        return specialAttribute(vm, object, name);
    }
    if (const auto *property = userProperty(vm, object, name))
        return vm.call(property->getter, {{object}, {}});
    if (const auto *own = ownAttributes(object)) {
        const auto found = own->constFind(name);
        if (found != own->cend())
            return *found;
    }
    const ClassObject &cls = vm.classes().of(object);
    if (const PropertySpec *property = cls.property(name)) {
        Value value = property->get(vm, object);
        return isUnbound(value) ? std::nullopt : std::optional(std::move(value));
    }
    if (const Value *found = cls.lookUp(name))
        return bind(vm, object, *found);
    return specialAttribute(vm, object, name);
}

Value attribute(Interpreter &vm, const Value &object, const QString &name)
{
    if (auto found = findAttribute(vm, object, name))
        return *found;
    if (const auto *instance = as<InstanceObject>(object)) {
        if (const Value *method = instance->cls.lookUp(u"__getattr__"_s))
            return vm.call(*method, {{object, name}, {}});
    }
    raiseMissing(object, name);
}

void storeAttribute(Interpreter &vm, const Value &object, const QString &name, const Value &value)
{
    if (const auto *userOwned = userProperty(vm, object, name)) {
        if (userOwned->setter.isNone())
            raise(errors::attributeError(),
                  u"property '%1' of '%2' object has no setter"_s.arg(name, object.typeName()));
        vm.call(userOwned->setter, {{object, value}, {}});
        return;
    }
    const PropertySpec *property = vm.classes().of(object).property(name);
    if (property && property->set) {
        property->set(vm, object, value);
        return;
    }
    if (property && !ownAttributes(object))
        raise(errors::attributeError(),
              u"attribute '%1' of '%2' objects is not writable"_s.arg(name, object.typeName()));
    const auto *cls = as<ClassObject>(object);
    if (cls && !cls->isUserDefined)
        raiseTypeError(u"cannot set '%1' attribute of immutable type '%2'"_s.arg(name, cls->name));
    if (auto *own = ownAttributes(object)) {
        vm.reserve(96);
        const Value dropped = std::exchange((*own)[name], value);
        return;
    }
    if (vm.classes().of(object).lookUp(name))
        raise(errors::attributeError(),
              u"'%1' object attribute '%2' is read-only"_s.arg(object.typeName(), name));
    raiseMissing(object, name);
}

void deleteAttribute(Interpreter &vm, const Value &object, const QString &name)
{
    if (const auto *property = userProperty(vm, object, name)) {
        if (property->deleter.isNone())
            raise(errors::attributeError(),
                  u"property '%1' of '%2' object has no deleter"_s.arg(name, object.typeName()));
        vm.call(property->deleter, {{object}, {}});
        return;
    }
    auto *own = ownAttributes(object);
    if (!own || !own->contains(name))
        raiseMissing(object, name);
    const Value dropped = own->take(name);
}

} // namespace deferscope::script
