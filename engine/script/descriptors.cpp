// SPDX-License-Identifier: MIT
#include "descriptors.h"

#include "engine/script/interpreter.h"
#include "engine/script/library.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;
using Role = DescriptorObject::Role;

QString DescriptorObject::typeName() const
{
    switch (role) {
    case Role::Property: return u"property"_s;
    case Role::Static: return u"staticmethod"_s;
    case Role::Class: return u"classmethod"_s;
    }
    Q_UNREACHABLE();
}

void DescriptorObject::visit(const std::function<void(const Value &)> &visitor) const
{
    visitor(getter);
    visitor(setter);
    visitor(deleter);
}

namespace library {

namespace {

template <Role role> Value makeDescriptor(Interpreter &vm, const Arguments &arguments)
{
    return ObjectRef(new DescriptorObject(vm.heap(), role, arguments.at(0)));
}

Value makeProperty(Interpreter &vm, const Arguments &arguments)
{
    return ObjectRef(new DescriptorObject(vm.heap(), Role::Property, arguments.positional.value(0),
                                          arguments.positional.value(1), arguments.positional.value(2)));
}

/// A copy with another function: `@v.setter`.
template <Value DescriptorObject::*part> Value changed(Interpreter &vm, const Arguments &arguments)
{
    const auto *old = as<DescriptorObject>(arguments.at(0));
    auto *made = new DescriptorObject(vm.heap(), Role::Property, old->getter, old->setter, old->deleter);
    const ObjectRef held(made);
    made->*part = arguments.at(1);
    return held;
}

constexpr NativeSpec PropertyMethods[] = {
    {.name = u"getter", .function = changed<&DescriptorObject::getter>, .minimum = 1, .maximum = 1},
    {.name = u"setter", .function = changed<&DescriptorObject::setter>, .minimum = 1, .maximum = 1},
    {.name = u"deleter", .function = changed<&DescriptorObject::deleter>, .minimum = 1, .maximum = 1},
};

} // namespace

ClassSpec propertyClass()
{
    return {.name = u"property",
            .construct = {.name = u"property", .function = makeProperty, .minimum = 0, .maximum = 3},
            .methods = PropertyMethods};
}

ClassSpec staticMethodClass()
{
    return {
        .name = u"staticmethod",
        .construct
        = {.name = u"staticmethod", .function = makeDescriptor<Role::Static>, .minimum = 1, .maximum = 1}};
}

ClassSpec classMethodClass()
{
    return {.name = u"classmethod",
            .construct
            = {.name = u"classmethod", .function = makeDescriptor<Role::Class>, .minimum = 1, .maximum = 1}};
}

} // namespace library

} // namespace deferscope::script
