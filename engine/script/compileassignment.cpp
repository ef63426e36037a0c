// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/catalogue.h"
#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

void Compiler::accessName(const QString &name, Op local, Op cell, Op global, Op inClass)
{
    switch (m_unit->scope->storageOf(name)) {
    case Storage::Local: out().emit(local, m_unit->locals.value(name)); return;
    case Storage::Cell:
    case Storage::Free: out().emit(cell, m_unit->cells.value(name)); return;
    case Storage::Global: out().emit(global, globalIndex(name)); return;
    case Storage::Name: out().emitNamed(inClass, name); return;
    }
}

void Compiler::loadName(const QString &name)
{
    const bool isGlobal = m_unit->scope->storageOf(name) == Storage::Global;
    if (isGlobal && !m_boundGlobals.contains(name) && catalogue::isMissingBuiltin(name)) {
        const Site &place = out().code().sites.at(out().siteIndex());
        const Position begin{place.line, place.column};
        refuseUnsupported({begin, {begin.line, begin.column + static_cast<int>(name.size())}},
                          u"the builtin '%1' is not available here"_s.arg(name));
    }
    accessName(name, Op::LoadLocal, Op::LoadCell, Op::LoadGlobal, Op::LoadName);
}

void Compiler::storeName(const QString &name)
{
    accessName(name, Op::StoreLocal, Op::StoreCell, Op::StoreGlobal, Op::StoreName);
}

void Compiler::deleteName(const QString &name)
{
    accessName(name, Op::DeleteLocal, Op::DeleteCell, Op::DeleteGlobal, Op::DeleteName);
}

int Compiler::globalIndex(const QString &name)
{
    const auto known = m_globalIds.constFind(name);
    if (known != m_globalIds.cend())
        return *known;
    const int index = static_cast<int>(m_globals->size());
    m_globals->append(name);
    m_globalIds.insert(name, index);
    return index;
}

void Compiler::store(const ExpressionPtr &target)
{
    setSite(target->range.begin);
    if (const auto *name = std::get_if<Name>(&target->node)) {
        storeName(name->id);
    } else if (const auto *attribute = std::get_if<Attribute>(&target->node)) {
        compile(attribute->object);
        emitAt(target->range.begin, Op::StoreAttribute, out().nameIndex(attribute->name));
    } else if (const auto *subscript = std::get_if<Subscript>(&target->node)) {
        compile(subscript->object);
        compile(subscript->index);
        emitAt(target->range.begin, Op::StoreSubscript);
    } else if (const auto *tuple = std::get_if<TupleDisplay>(&target->node)) {
        storeUnpacked(tuple->items);
    } else if (const auto *list = std::get_if<ListDisplay>(&target->node)) {
        storeUnpacked(list->items);
    } else {
        refuseSyntax(target->range, u"cannot assign to this expression"_s);
    }
}

void Compiler::storeUnpacked(const QList<ExpressionPtr> &targets)
{
    int star = -1;
    for (int i = 0; i < targets.size(); ++i) {
        if (std::holds_alternative<Starred>(targets.at(i)->node)) {
            if (star >= 0)
                refuseSyntax(targets.at(i)->range, u"multiple starred expressions in assignment"_s);
            star = i;
        }
    }
    const int count = static_cast<int>(targets.size());
    if (star < 0)
        out().emit(Op::UnpackSequence, count);
    else
        out().emit(Op::UnpackStarred, star * (1 << 16) + (count - star - 1));
    for (const ExpressionPtr &target : targets) {
        const auto *starred = std::get_if<Starred>(&target->node);
        store(starred ? starred->value : target);
    }
}

void Compiler::deleteTarget(const ExpressionPtr &target)
{
    setSite(target->range.begin);
    if (const auto *name = std::get_if<Name>(&target->node)) {
        deleteName(name->id);
    } else if (const auto *attribute = std::get_if<Attribute>(&target->node)) {
        compile(attribute->object);
        emitAt(target->range.begin, Op::DeleteAttribute, out().nameIndex(attribute->name));
    } else if (const auto *subscript = std::get_if<Subscript>(&target->node)) {
        compile(subscript->object);
        compile(subscript->index);
        emitAt(target->range.begin, Op::DeleteSubscript);
    } else if (const auto *tuple = std::get_if<TupleDisplay>(&target->node)) {
        std::for_each(tuple->items.cbegin(), tuple->items.cend(),
                      [this](const auto &item) { deleteTarget(item); });
    } else if (const auto *list = std::get_if<ListDisplay>(&target->node)) {
        std::for_each(list->items.cbegin(), list->items.cend(),
                      [this](const auto &item) { deleteTarget(item); });
    } else {
        refuseSyntax(target->range, u"cannot delete this expression"_s);
    }
}

void Compiler::compileNode(const Assign &node, const Statement &)
{
    if (node.targets.size() == 1)
        nameCalls(node.value, node.targets.constFirst());
    compile(node.value);
    for (qsizetype i = 0; i < node.targets.size(); ++i) {
        if (i + 1 < node.targets.size())
            out().emit(Op::Duplicate);
        store(node.targets.at(i));
    }
}

void Compiler::compileNode(const AnnotatedAssign &node, const Statement &)
{
    if (!node.value)
        return;
    nameCalls(node.value, node.target);
    compile(node.value);
    store(node.target);
}

void Compiler::compileNode(const AugmentedAssign &node, const Statement &statement)
{
    if (node.op == BinaryOperator::MatrixMultiply)
        refuseUnsupported(statement.range, u"the operator '@=' is not run"_s);
    const Position place = statement.range.begin;
    const auto combine = [&] {
        compile(node.value);
        emitAt(place, Op::InPlace, static_cast<int>(node.op));
    };
    if (const auto *attribute = std::get_if<Attribute>(&node.target->node)) {
        compile(attribute->object);
        out().emit(Op::Duplicate);
        emitAt(place, Op::LoadAttribute, out().nameIndex(attribute->name));
        combine();
        out().emit(Op::Swap);
        out().emit(Op::StoreAttribute, out().nameIndex(attribute->name));
    } else if (const auto *subscript = std::get_if<Subscript>(&node.target->node)) {
        compile(subscript->object);
        compile(subscript->index);
        out().emit(Op::DuplicateTwo);
        emitAt(place, Op::LoadSubscript);
        combine();
        out().emit(Op::RotateThree);
        out().emit(Op::StoreSubscript);
    } else {
        compile(node.target);
        combine();
        store(node.target);
    }
}

void Compiler::compileNode(const Delete &node, const Statement &)
{
    for (const ExpressionPtr &target : node.targets)
        deleteTarget(target);
}

/// Lets a Deferred that \a value creates know its name: `d` in `d = Deferred()`, in `d =
/// Deferred().addCallback(f)` too.
void Compiler::nameCalls(const ExpressionPtr &value, const ExpressionPtr &target)
{
    QString binding;
    if (const auto *name = std::get_if<Name>(&target->node)) {
        binding = name->id;
    } else if (const auto *attribute = std::get_if<Attribute>(&target->node)) {
        if (const auto *owner = std::get_if<Name>(&attribute->object->node))
            binding = owner->id + u'.' + attribute->name;
    }
    if (binding.isEmpty())
        return;
    const Expression *expression = value.get();
    while (const auto *call = std::get_if<Call>(&expression->node)) {
        m_bindings.insert(expression, binding);
        const auto *method = std::get_if<Attribute>(&call->function->node);
        if (!method)
            return;
        expression = method->object.get();
    }
}

} // namespace deferscope::script
