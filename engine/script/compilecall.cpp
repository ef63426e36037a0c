// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/catalogue.h"
#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

constexpr int MaximumArguments = 4096;

bool isExtended(const Argument &argument)
{
    return argument.kind == Argument::Kind::Star || argument.kind == Argument::Kind::DoubleStar;
}

/// Where a call stands: of a method's its name, so that the calls of one chain are told apart; Python's
/// tracebacks name the line of the same place.
Position placeOf(const Call &call, const Expression &expression)
{
    const auto *attribute = std::get_if<Attribute>(&call.function->node);
    return attribute ? attribute->nameRange.begin : expression.range.begin;
}

} // namespace

void Compiler::compileNode(const Call &node, const Expression &expression)
{
    if (node.arguments.size() > MaximumArguments)
        refuseUnsupported(expression.range,
                          u"calls with more than %1 arguments are not run"_s.arg(MaximumArguments));
    if (std::any_of(node.arguments.cbegin(), node.arguments.cend(), isExtended)) {
        compileExtendedCall(node, expression);
        return;
    }
    compile(node.function);
    QStringList keywords;
    for (const Argument &argument : node.arguments) {
        compile(argument.value);
        if (argument.kind == Argument::Kind::Keyword)
            keywords.append(argument.name);
    }
    setSite(placeOf(node, expression), m_bindings.value(&expression));
    const int count = static_cast<int>(node.arguments.size());
    if (keywords.isEmpty())
        out().emit(Op::Call, count);
    else
        out().emit(Op::CallKeywords, out().keywordsIndex(keywords) * (MaximumArguments + 1) + count);
}

void Compiler::compileExtendedCall(const Call &node, const Expression &expression)
{
    const Position place = placeOf(node, expression);
    compile(node.function);
    out().emit(Op::BuildList);
    for (const Argument &argument : node.arguments) {
        if (argument.kind == Argument::Kind::Positional) {
            compile(argument.value);
            out().emit(Op::ListAppend, 1);
        } else if (argument.kind == Argument::Kind::Star) {
            compile(argument.value);
            emitAt(place, Op::ListExtend, 1);
        }
    }
    out().emit(Op::BuildDict);
    for (const Argument &argument : node.arguments) {
        if (argument.kind == Argument::Kind::Keyword) {
            out().emitConstant(argument.name);
            compile(argument.value);
            emitAt(place, Op::DictMerge, 1);
        } else if (argument.kind == Argument::Kind::DoubleStar) {
            compile(argument.value);
            emitAt(place, Op::DictMerge, 0);
        }
    }
    setSite(place, m_bindings.value(&expression));
    out().emit(Op::CallExtended);
}

QString Compiler::moduleNamed(const Expression &expression) const
{
    if (const auto *name = std::get_if<Name>(&expression.node))
        return m_unit->scope->storageOf(name->id) == Storage::Global ? m_modules.value(name->id) : QString();
    if (const auto *attribute = std::get_if<Attribute>(&expression.node)) {
        const QString package = moduleNamed(*attribute->object);
        const QString module = package + u'.' + attribute->name;
        return !package.isEmpty() && catalogue::hasModule(module) ? module : QString();
    }
    return {};
}

void Compiler::checkModuleAttribute(const Attribute &attribute)
{
    const QString module = moduleNamed(*attribute.object);
    if (!module.isEmpty() && !catalogue::hasAttribute(module, attribute.name)) {
        refuseUnsupported(attribute.nameRange,
                          u"'%1' of module %2 is not available here"_s.arg(attribute.name, module));
    }
}

} // namespace deferscope::script
