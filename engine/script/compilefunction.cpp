// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/catalogue.h"
#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

Compiler::Compiler(const QString &file)
    : m_file(file)
{
}

namespace {

void collectBoundGlobals(const Scope &scope, QSet<QString> &names)
{
    if (scope.kind == Scope::Kind::Module)
        names += scope.bound;
    for (const QString &name : scope.globals) {
        if (scope.bound.contains(name))
            names.insert(name);
    }
    for (const auto &child : scope.children)
        collectBoundGlobals(*child, names);
}

Signature signatureOf(const QList<Parameter> &parameters, const QStringList &names)
{
    Signature signature;
    signature.names = names;
    for (const Parameter &parameter : parameters) {
        switch (parameter.kind) {
        case Parameter::Kind::PositionalOnly: ++signature.positionalOnly; [[fallthrough]];
        case Parameter::Kind::Positional: ++signature.positional; break;
        case Parameter::Kind::KeywordOnly: ++signature.keywordOnly; break;
        case Parameter::Kind::Star: signature.hasStar = !parameter.name.isEmpty(); break;
        case Parameter::Kind::DoubleStar: signature.hasDoubleStar = true; break;
        }
    }
    return signature;
}

} // namespace

std::shared_ptr<const Code> Compiler::compile(const Module &module)
{
    m_scopes = analyseScopes(module);
    collectBoundGlobals(*m_scopes, m_boundGlobals);
    collectImports(module);
    Unit unit;
    beginUnit(unit, m_scopes.get(), {});
    unit.builder.code().isModule = true;
    compile(module.body);
    out().emitConstant({});
    out().emit(Op::Return);
    unit.builder.code().globals = m_globals;
    return endUnit();
}

/// Finds the names that stand for one module from their import on, so that their attributes can be checked.
void Compiler::collectImports(const Module &module)
{
    const auto add = [this](const QString &name, const QString &imported) {
        if (!m_scopes->rebound.contains(name))
            m_modules.insert(name, imported);
    };
    for (const StatementPtr &statement : module.body) {
        if (const auto *import = std::get_if<Import>(&statement->node)) {
            for (const ImportName &name : import->names) {
                const bool hasAlias = !name.alias.isEmpty();
                add(hasAlias ? name.alias : name.name.section(u'.', 0, 0),
                    hasAlias ? name.name : name.name.section(u'.', 0, 0));
            }
        } else if (const auto *from = std::get_if<ImportFrom>(&statement->node)) {
            for (const ImportName &name : from->names) {
                const QString imported = from->module + u'.' + name.name;
                if (catalogue::hasModule(imported))
                    add(name.alias.isEmpty() ? name.name : name.alias, imported);
            }
        }
    }
}

void Compiler::beginUnit(Unit &unit, const Scope *scope, const Range &definition)
{
    unit.scope = scope;
    unit.outer = m_unit;
    const bool isModule = scope->kind == Scope::Kind::Module;
    const bool isNested = m_unit && m_unit->scope->kind != Scope::Kind::Module;
    if (isNested) {
        const bool inFunction = m_unit->scope->kind == Scope::Kind::Function;
        unit.qualifiedName = m_unit->qualifiedName + (inFunction ? u".<locals>."_s : u"."_s) + scope->name;
    } else {
        unit.qualifiedName = scope->name;
    }
    unit.functionName = isModule ? QString() : scope->name;
    Code &code = unit.builder.code();
    code.name = scope->name;
    code.qualifiedName = unit.qualifiedName;
    code.definition = {m_file, definition.begin.line, definition.begin.column, unit.functionName, {}};
    assignSlots(unit);
    if (m_unit)
        captureVariables(unit);
    m_unit = &unit;
    setSite(definition.begin);
}

void Compiler::assignSlots(Unit &unit)
{
    Code &code = unit.builder.code();
    if (unit.scope->kind == Scope::Kind::Function)
        code.locals = unit.scope->locals;
    for (int i = 0; i < code.locals.size(); ++i)
        unit.locals.insert(code.locals.at(i), i);
    code.cells = unit.scope->cells + unit.scope->frees;
    code.ownCells = static_cast<int>(unit.scope->cells.size());
    for (int i = 0; i < code.cells.size(); ++i)
        unit.cells.insert(code.cells.at(i), i);
    for (const QString &cell : unit.scope->cells)
        code.parameterOfCell.push_back(static_cast<int>(unit.scope->parameters.indexOf(cell)));
}

void Compiler::captureVariables(Unit &unit)
{
    for (const QString &name : unit.scope->frees) {
        const int index = m_unit->cells.value(name);
        const int own = m_unit->builder.code().ownCells;
        unit.builder.code().captures.push_back({index < own, index < own ? index : index - own});
    }
}

std::shared_ptr<const Code> Compiler::endUnit()
{
    Unit *unit = m_unit;
    unit->builder.code().globals = m_globals;
    m_unit = unit->outer;
    return unit->builder.finish();
}

int Compiler::compileFunction(const QList<Parameter> &parameters, const Scope *scope, const Range &definition,
                              const Block *body, const ExpressionPtr &value)
{
    Unit unit;
    beginUnit(unit, scope, definition);
    unit.builder.code().signature = signatureOf(parameters, scope->parameters);
    unit.builder.code().isGenerator = scope->hasYield || scope->isAsync;
    unit.builder.code().isCoroutine = scope->isAsync;
    if (body) {
        compile(*body);
        out().emitConstant({});
    } else {
        compile(value);
    }
    out().emit(Op::Return);
    const auto code = endUnit();
    out().code().functions.append(code);
    return static_cast<int>(out().code().functions.size() - 1);
}

int Compiler::compileDefaults(const QList<Parameter> &parameters)
{
    int flags = 0;
    int defaults = 0;
    for (const Parameter &parameter : parameters) {
        if (parameter.defaultValue && parameter.kind != Parameter::Kind::KeywordOnly) {
            compile(parameter.defaultValue);
            ++defaults;
        }
    }
    if (defaults > 0) {
        out().emit(Op::BuildTuple, defaults);
        flags |= FunctionFlag::Defaults;
    }
    for (const Parameter &parameter : parameters) {
        if (!parameter.defaultValue || parameter.kind != Parameter::Kind::KeywordOnly)
            continue;
        if (!(flags & FunctionFlag::KeywordDefaults))
            out().emit(Op::BuildDict);
        flags |= FunctionFlag::KeywordDefaults;
        out().emitConstant(parameter.name);
        compile(parameter.defaultValue);
        out().emit(Op::DictInsert, 1);
    }
    return flags;
}

void Compiler::compileDecorated(const QList<ExpressionPtr> &decorators,
                                const std::function<void()> &definition)
{
    compileAll(decorators);
    definition();
    for (auto decorator = decorators.crbegin(); decorator != decorators.crend(); ++decorator)
        emitAt((*decorator)->range.begin, Op::Call, 1);
}

void Compiler::compileNode(const FunctionDefinition &node, const Statement &statement)
{
    compileDecorated(node.decorators, [&] {
        const int flags = compileDefaults(node.parameters);
        const Scope *scope = m_unit->scope->child(&node);
        const Range place{statement.range.begin, node.nameRange.end};
        emitAt(statement.range.begin, Op::MakeFunction,
               compileFunction(node.parameters, scope, place, &node.body, {}) | flags);
    });
    storeName(node.name);
}

void Compiler::compileNode(const Lambda &node, const Expression &expression)
{
    const int flags = compileDefaults(node.parameters);
    const Scope *scope = m_unit->scope->child(&node);
    emitAt(expression.range.begin, Op::MakeFunction,
           compileFunction(node.parameters, scope, expression.range, nullptr, node.body) | flags);
}

void Compiler::setSite(const Position &position, const QString &binding)
{
    out().setSite({m_file, position.line, position.column, m_unit->functionName, binding});
}

void Compiler::emitAt(const Position &position, Op op, qint32 argument)
{
    setSite(position);
    out().emit(op, argument);
}

} // namespace deferscope::script
