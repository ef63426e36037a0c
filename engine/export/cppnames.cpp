// SPDX-License-Identifier: MIT
// What a name stands for in the C++ program.
#include "cppwriter.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

namespace deferscope::exporting {

using namespace edit;
using namespace syntax;
using namespace Qt::StringLiterals;

QString CppWriter::spelled(const QString &name)
{
    static const QSet<QString> taken{
        u"alignas"_s, u"auto"_s, u"bool"_s, u"case"_s, u"catch"_s, u"char"_s, u"const"_s, u"default"_s,
        u"delete"_s, u"do"_s, u"double"_s, u"enum"_s, u"explicit"_s, u"export"_s, u"extern"_s, u"float"_s,
        u"friend"_s, u"goto"_s, u"inline"_s, u"int"_s, u"long"_s, u"main"_s, u"mutable"_s, u"namespace"_s,
        u"new"_s, u"operator"_s, u"private"_s, u"protected"_s, u"public"_s, u"register"_s, u"requires"_s,
        u"short"_s, u"signed"_s, u"sizeof"_s, u"static"_s, u"struct"_s, u"switch"_s, u"template"_s, u"this"_s,
        u"throw"_s, u"typedef"_s, u"typename"_s, u"union"_s, u"unsigned"_s, u"using"_s, u"virtual"_s,
        u"void"_s, u"volatile"_s, u"and"_s, u"or"_s, u"not"_s, u"xor"_s,
        // names of the engine and of the helpers
        u"reactor"_s, u"print"_s, u"join"_s, u"plus"_s, u"minus"_s, u"times"_s, u"isTrue"_s, u"less"_s,
        u"itemsOf"_s, u"deferredIn"_s, u"length"_s, u"succeed"_s, u"fail"_s, u"race"_s, u"str"_s, u"repr"_s,
        u"app"_s, u"error"_s, u"result"_s, u"Value"_s, u"Deferred"_s, u"Failure"_s, u"argc"_s, u"argv"_s,
        u"listOf"_s, u"tupleOf"_s, u"exceptions"_s, u"time"_s, u"printf"_s, u"puts"_s, u"signal"_s};
    for (const QChar c : name)
        if (c.unicode() > 0x7f)
            throw NoForm{u"the name %1"_s.arg(name)};
    return taken.contains(name) ? name + u'_' : name;
}

/// What a path means: `defer.succeed` is twisted.internet.defer.succeed; empty for a name of the script.
QString CppWriter::qualified(const ExpressionPtr &expression) const
{
    const QString path = pathOf(expression);
    const QString first = path.section(u'.', 0, 0);
    if (path.isEmpty() || !m_source.outline.imports.contains(first) || owner(first))
        return {};
    const QString rest = path.section(u'.', 1);
    return m_source.outline.imports.value(first) + (rest.isEmpty() ? QString() : u'.' + rest);
}

Scope *CppWriter::owner(const QString &name) const
{
    for (Scope *scope = m_scope; scope; scope = scope->outer)
        if (scope->assigned.contains(name) || scope->functions.contains(name))
            return scope;
    return nullptr;
}

void CppWriter::noteTarget(const ExpressionPtr &target, bool isDeferred, Scope &scope) const
{
    if (const auto *tuple = std::get_if<TupleDisplay>(&target->node)) {
        for (const ExpressionPtr &item : tuple->items)
            noteTarget(item, false, scope);
        return;
    }
    const QString name = nameOf(target);
    if (name.isEmpty())
        throw NoForm{u"the assignment to %1"_s.arg(print(target))};
    if (isDeferred && !scope.assigned.contains(name))
        scope.deferreds.insert(name);
    else if (!isDeferred)
        scope.deferreds.remove(name);
    ++scope.assigned[name];
}

/// Finds what the statements of \a block bind.
void CppWriter::note(const Block &block, Scope &scope) const
{
    for (const StatementPtr &statement : block) {
        if (const auto *assign = std::get_if<Assign>(&statement->node)) {
            for (const ExpressionPtr &target : assign->targets)
                noteTarget(target, makesDeferred(assign->value), scope);
        } else if (const auto *augmented = std::get_if<AugmentedAssign>(&statement->node)) {
            noteTarget(augmented->target, false, scope);
        } else if (const auto *loop = std::get_if<For>(&statement->node)) {
            noteTarget(loop->target, false, scope);
        } else if (const auto *function = std::get_if<FunctionDefinition>(&statement->node)) {
            scope.functions.insert(function->name, function->parameters.size());
            continue;
        }
        for (const Block *inner : blocksOf(*statement))
            note(*inner, scope);
    }
}

QString CppWriter::variable(const QString &name)
{
    Scope *scope = owner(name);
    if (!scope)
        throw NoForm{u"the name %1"_s.arg(name)};
    if (scope->functions.contains(name))
        throw NoForm{u"the function %1 as a value"_s.arg(name)};
    if (scope != m_scope && !scope->isModule()) {
        if (scope->assigned.value(name) > 1 || !scope->declared.contains(name))
            throw NoForm{u"%1, which changes after a function inside has taken it,"_s.arg(name)};
    }
    return spelled(name);
}

QString CppWriter::helper(const QString &name)
{
    m_helpers.insert(name);
    return name;
}

} // namespace deferscope::exporting
