// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

namespace deferscope::script {

/// What property(), staticmethod() and classmethod() make of functions in a class.
class DescriptorObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Descriptor;
    enum class Role : quint8 { Property, Static, Class };

    DescriptorObject(Heap &heap, Role descriptorRole, Value getFunction, Value setFunction = {},
                     Value deleteFunction = {})
        : ScriptObject(heap, Type)
        , role(descriptorRole)
        , getter(std::move(getFunction))
        , setter(std::move(setFunction))
        , deleter(std::move(deleteFunction))
    {
    }
    ~DescriptorObject() override { buryMembers(getter, setter, deleter); }

    QString typeName() const override;
    QString repr() const override { return QStringLiteral("<%1 object at %2>").arg(typeName(), address()); }
    void visit(const std::function<void(const Value &)> &visitor) const override;
    void clear() override { getter = setter = deleter = {}; }

    const Role role;
    Value getter; ///< of a static or class method its function
    Value setter;
    Value deleter;
};

} // namespace deferscope::script
