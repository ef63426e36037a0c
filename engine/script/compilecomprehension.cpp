// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

QString nameOf(Comprehension::Kind kind)
{
    switch (kind) {
    case Comprehension::Kind::List: return u"<listcomp>"_s;
    case Comprehension::Kind::Set: return u"<setcomp>"_s;
    case Comprehension::Kind::Dict: return u"<dictcomp>"_s;
    case Comprehension::Kind::Generator: return u"<genexpr>"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

void Compiler::compileNode(const Comprehension &node, const Expression &expression)
{
    Unit unit;
    beginUnit(unit, m_unit->scope->child(&node), expression.range);
    unit.builder.code().name = unit.functionName = nameOf(node.kind);
    unit.builder.code().signature.names = unit.scope->parameters;
    unit.builder.code().signature.positional = 1;
    const bool isGenerator = node.kind == Comprehension::Kind::Generator;
    unit.builder.code().isGenerator = isGenerator;
    if (!isGenerator)
        out().emit(node.kind == Comprehension::Kind::Dict      ? Op::BuildDict
                       : node.kind == Comprehension::Kind::Set ? Op::BuildSet
                                                               : Op::BuildList);
    compileClause(node, 0);
    if (isGenerator)
        out().emitConstant({});
    emitAt(expression.range.begin, Op::Return);
    const auto code = endUnit();
    out().code().functions.append(code);

    emitAt(expression.range.begin, Op::MakeFunction, static_cast<int>(out().code().functions.size() - 1));
    const ExpressionPtr &iterable = node.clauses.constFirst().iterable;
    compile(iterable);
    emitAt(iterable->range.begin, Op::GetIterator);
    emitAt(expression.range.begin, Op::Call, 1);
}

/// The loop of clause \a index, and inside it those that follow; the innermost adds to what is built, below
/// the iterators of all of them.
void Compiler::compileClause(const Comprehension &node, qsizetype index)
{
    if (index == node.clauses.size()) {
        const int depth = static_cast<int>(node.clauses.size()) + 1;
        compile(node.element);
        if (node.kind == Comprehension::Kind::Dict) {
            compile(node.value);
            emitAt(node.element->range.begin, Op::DictInsert, depth);
        } else if (node.kind == Comprehension::Kind::Generator) {
            emitAt(node.element->range.begin, Op::Yield);
            out().emit(Op::Pop);
        } else if (node.kind == Comprehension::Kind::Set) {
            emitAt(node.element->range.begin, Op::SetAdd, depth);
        } else {
            out().emit(Op::ListAppend, depth);
        }
        return;
    }
    const Comprehension::For &clause = node.clauses.at(index);
    if (clause.isAsync)
        refuseUnsupported(clause.iterable->range, u"'async for' is not run"_s);
    if (index == 0) {
        out().emit(Op::LoadLocal, 0);
    } else {
        compile(clause.iterable);
        emitAt(clause.iterable->range.begin, Op::GetIterator);
    }
    const auto top = out().newLabel();
    const auto done = out().newLabel();
    out().place(top);
    out().jump(Op::ForIteration, done);
    store(clause.target);
    for (const ExpressionPtr &condition : clause.conditions)
        jumpUnless(condition, top);
    compileClause(node, index + 1);
    out().jump(Op::Jump, top);
    out().place(done);
}

} // namespace deferscope::script
