// SPDX-License-Identifier: MIT
#include "operations.h"

#include "engine/script/interpreter.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

bool isCallable(const Value &value)
{
    const auto *instance = as<InstanceObject>(value);
    return as<FunctionObject>(value) || as<NativeObject>(value) || as<BoundMethod>(value)
        || as<ClassObject>(value) || as<PartialObject>(value)
        || (instance && instance->cls.lookUp(u"__call__"_s));
}

Label labelOf(const Value &callee)
{
    if (const auto *function = as<FunctionObject>(callee))
        return {function->code->qualifiedName.section(u'.', -1), function->code->definition};
    if (const auto *native = as<NativeObject>(callee))
        return {native->qualifiedName(), {}};
    if (const auto *method = as<BoundMethod>(callee)) {
        if (!method->written.isEmpty())
            return {method->written, {}};
        const auto *function = as<FunctionObject>(method->function);
        if (function)
            return {function->code->qualifiedName.section(u"<locals>."_s, -1), function->code->definition};
        return labelOf(method->function);
    }
    if (const auto *partial = as<PartialObject>(callee))
        return labelOf(partial->function);
    if (const auto *cls = as<ClassObject>(callee))
        return {cls->name, {}};
    return {callee.typeName(), {}};
}

QString displayNameOf(const Value &callee)
{
    if (const auto *function = as<FunctionObject>(callee))
        return u"__main__."_s + function->code->qualifiedName;
    if (const auto *native = as<NativeObject>(callee))
        return native->qualifiedName();
    if (const auto *method = as<BoundMethod>(callee))
        return displayNameOf(method->function);
    if (const auto *cls = as<ClassObject>(callee))
        return cls->qualifiedName();
    return callee.typeName() + u" object"_s;
}

QList<std::pair<QString, Value>> mergedKeywords(QList<std::pair<QString, Value>> first,
                                                const QList<std::pair<QString, Value>> &second)
{
    for (const auto &argument : second) {
        const auto same = [&argument](const auto &other) { return other.first == argument.first; };
        const auto found = std::find_if(first.begin(), first.end(), same);
        if (found == first.end())
            first.append(argument);
        else
            found->second = argument.second;
    }
    return first;
}

QString asciiOf(const QString &text)
{
    QString result;
    for (const char32_t character : text.toUcs4()) {
        if (character < 0x80)
            result += QChar(static_cast<char16_t>(character));
        else if (character < 0x100)
            result += u"\\x"_s + QString::number(character, 16).rightJustified(2, u'0');
        else if (character < 0x10000)
            result += u"\\u"_s + QString::number(character, 16).rightJustified(4, u'0');
        else
            result += u"\\U"_s + QString::number(character, 16).rightJustified(8, u'0');
    }
    return result;
}

bool isInstance(Interpreter &vm, const Value &value, const Value &classes)
{
    if (const Sequence *tuple = asTuple(classes)) {
        return std::any_of(tuple->items.cbegin(), tuple->items.cend(),
                           [&](const Value &cls) { return isInstance(vm, value, cls); });
    }
    const auto *cls = as<ClassObject>(classes);
    if (!cls)
        raiseTypeError(u"isinstance() arg 2 must be a type, a tuple of types, or a union"_s);
    const ClassObject &own = vm.classes().of(value);
    return own.isA(*cls);
}

Value newInstance(Interpreter &vm, ClassObject &cls, const Arguments &arguments)
{
    vm.reserve(256);
    if (cls.exceptionType)
        return ObjectRef(new UserException(vm.heap(), cls, arguments.positional));
    return ObjectRef(new InstanceObject(vm.heap(), cls));
}

void checkUninitialised(const ClassObject &cls, const Arguments &arguments)
{
    if (cls.exceptionType) {
        if (!arguments.keywords.isEmpty())
            raiseTypeError(u"%1() takes no keyword arguments"_s.arg(cls.name));
        return;
    }
    if (!arguments.positional.isEmpty() || !arguments.keywords.isEmpty())
        raiseTypeError(u"%1() takes no arguments"_s.arg(cls.name));
}

} // namespace deferscope::script
