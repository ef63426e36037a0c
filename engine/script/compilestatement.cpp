// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/catalogue.h"
#include "engine/script/lowering.h"
#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

void Compiler::compile(const Block &block)
{
    for (const StatementPtr &statement : block) {
        setSite(statement->range.begin);
        std::visit([&](const auto &node) { compileNode(node, *statement); }, statement->node);
    }
}

void Compiler::compileNode(const ExpressionStatement &node, const Statement &)
{
    if (std::holds_alternative<StringLiteral>(node.value->node))
        return; // a docstring
    compile(node.value);
    out().emit(Op::Pop);
}

void Compiler::jumpUnless(const ExpressionPtr &test, CodeBuilder::Label target)
{
    compile(test);
    out().jump(Op::JumpIfFalse, target);
}

void Compiler::compileNode(const If &node, const Statement &)
{
    const auto otherwise = out().newLabel();
    jumpUnless(node.test, otherwise);
    compile(node.body);
    if (node.orElse.isEmpty()) {
        out().place(otherwise);
        return;
    }
    const auto end = out().newLabel();
    out().jump(Op::Jump, end);
    out().place(otherwise);
    compile(node.orElse);
    out().place(end);
}

void Compiler::compileNode(const While &node, const Statement &statement)
{
    const auto top = out().newLabel();
    const auto done = out().newLabel();
    const auto end = out().newLabel();
    out().place(top);
    jumpUnless(node.test, done);
    enter({Enclosing::Kind::While, end, top});
    compile(node.body);
    leave();
    setSite(statement.range.begin);
    out().jump(Op::Jump, top);
    out().place(done);
    compile(node.orElse);
    out().place(end);
}

void Compiler::compileNode(const For &node, const Statement &statement)
{
    if (node.isAsync)
        refuseUnsupported(statement.range, u"'async for' is not run"_s);
    compile(node.iterable);
    emitAt(node.iterable->range.begin, Op::GetIterator);
    const auto top = out().newLabel();
    const auto done = out().newLabel();
    const auto end = out().newLabel();
    out().place(top);
    setSite(statement.range.begin);
    out().jump(Op::ForIteration, done);
    enter({Enclosing::Kind::For, end, top});
    store(node.target);
    compile(node.body);
    leave();
    setSite(statement.range.begin);
    out().jump(Op::Jump, top);
    out().place(done);
    compile(node.orElse);
    out().place(end);
}

void Compiler::leaveLoop(const Statement &statement, bool isBreak)
{
    qsizetype loop = m_unit->enclosing.size() - 1;
    while (loop >= 0 && m_unit->enclosing.at(loop).breakTarget < 0)
        --loop;
    if (loop < 0)
        refuseSyntax(statement.range,
                     isBreak ? u"'break' outside loop"_s : u"'continue' not properly in loop"_s);
    const Enclosing target = m_unit->enclosing.at(loop);
    unwind(loop + 1, 0);
    if (isBreak && target.kind == Enclosing::Kind::For)
        out().emit(Op::Pop); // the iterator
    out().jump(Op::Jump, isBreak ? target.breakTarget : target.continueTarget);
    reopenRanges(loop + 1);
}

void Compiler::compileNode(const Break &, const Statement &statement) { leaveLoop(statement, true); }
void Compiler::compileNode(const Continue &, const Statement &statement) { leaveLoop(statement, false); }

void Compiler::compileNode(const Return &node, const Statement &statement)
{
    if (m_unit->scope->kind != Scope::Kind::Function)
        refuseSyntax(statement.range, u"'return' outside function"_s);
    if (node.value)
        compile(node.value);
    else
        out().emitConstant({});
    const auto needsWork = [](const Enclosing &e) { return e.kind == Enclosing::Kind::FinallyTry; };
    const auto &enclosing = m_unit->enclosing;
    const bool unwinds = std::any_of(enclosing.cbegin(), enclosing.cend(), needsWork);
    if (unwinds)
        unwind(0, 1);
    emitAt(statement.range.begin, Op::Return);
    if (unwinds)
        reopenRanges(0);
}

void Compiler::compileNode(const Raise &node, const Statement &statement)
{
    int count = 0;
    for (const ExpressionPtr &part : {node.exception, node.cause}) {
        if (part) {
            compile(part);
            ++count;
        }
    }
    emitAt(statement.range.begin, Op::Raise, count);
}

void Compiler::compileNode(const Assert &node, const Statement &statement)
{
    const auto end = out().newLabel();
    compile(node.test);
    out().jump(Op::JumpIfTrue, end);
    if (node.message)
        compile(node.message);
    emitAt(statement.range.begin, Op::RaiseAssertion, node.message ? 1 : 0);
    out().place(end);
}

void Compiler::compileNode(const Import &node, const Statement &)
{
    for (const ImportName &name : node.names) {
        if (!catalogue::hasModule(name.name))
            refuseUnsupported(name.range, u"module '%1' is not available here"_s.arg(name.name));
        const bool wantsLeaf = !name.alias.isEmpty();
        out().emit(Op::ImportModule, out().nameIndex(name.name) * 2 + (wantsLeaf ? 1 : 0));
        storeName(wantsLeaf ? name.alias : name.name.section(u'.', 0, 0));
    }
}

void Compiler::compileNode(const ImportFrom &node, const Statement &statement)
{
    if (node.dots > 0)
        refuseUnsupported(statement.range, u"relative imports are not run: a document is one file"_s);
    if (!catalogue::hasModule(node.module))
        refuseUnsupported(statement.range, u"module '%1' is not available here"_s.arg(node.module));
    if (node.module == u"__future__"_s)
        return; // what it offers is Python 3.11's own behaviour, or about annotations
    out().emit(Op::ImportModule, out().nameIndex(node.module) * 2 + 1);
    for (const ImportName &name : node.names) {
        if (name.name == u"*"_s)
            refuseUnsupported(name.range, u"'from … import *' is not run"_s, u"Name what you import"_s);
        if (!catalogue::hasAttribute(node.module, name.name)) {
            refuseUnsupported(name.range,
                              u"'%1' of module %2 is not available here"_s.arg(name.name, node.module));
        }
        out().emitNamed(Op::ImportFrom, name.name);
        storeName(name.alias.isEmpty() ? name.name : name.alias);
    }
    out().emit(Op::Pop);
}

void Compiler::compileNode(const With &node, const Statement &statement)
{
    if (node.isAsync)
        refuseUnsupported(statement.range, u"'async with' is not run"_s, u"Use try and finally with await"_s);
    compile(lowered(node));
}

} // namespace deferscope::script
