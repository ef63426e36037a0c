// SPDX-License-Identifier: MIT
#include "interpreter.h"

#include "engine/script/descriptors.h"

/// `class` statements.
namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

ClassObject &checkedBase(Interpreter &vm, const Value &base)
{
    if (isUnbound(base))
        return vm.classes().named(u"object");
    auto *cls = as<ClassObject>(base);
    if (!cls)
        raiseTypeError(u"a class's base must be a class here, not '%1'"_s.arg(base.typeName()));
    const bool isPlain = cls->isUserDefined || cls->exceptionType || cls == &vm.classes().named(u"object");
    if (!isPlain)
        raiseTypeError(u"a class that derives from '%1' is not run here"_s.arg(cls->qualifiedName()));
    return *cls;
}

} // namespace

void Interpreter::beginClassBody(const Value &body, const Value &base)
{
    checkedBase(*this, base); // before the body runs, as Python does
    auto frame = makeFrame(Ref<FunctionObject>(as<FunctionObject>(body)));
    frame->names = std::make_unique<QHash<QString, Value>>();
    frame->classBase = base;
    pushFrame(std::move(frame));
}

/// The class that the body in \a frame has described.
Value Interpreter::finishClass(const Frame &frame)
{
    ClassObject &cls
        = m_classes.defineUserClass(frame.code().name, checkedBase(*this, frame.classBase), *frame.names);
    for (const Value &attribute : std::as_const(cls.attributes)) {
        const auto *descriptor = as<DescriptorObject>(attribute);
        const QList<Value> parts = descriptor
            ? QList{descriptor->getter, descriptor->setter, descriptor->deleter}
            : QList{attribute};
        for (const Value &part : parts) {
            if (auto *function = as<FunctionObject>(part); function && !function->owner)
                function->owner = &cls;
        }
    }
    return ObjectRef(&cls);
}

} // namespace deferscope::script
