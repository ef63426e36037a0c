// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/refusal.h"

/// `try`, and every way out of it.
namespace deferscope::script {

using namespace Qt::StringLiterals;

void Compiler::enter(Enclosing enclosing)
{
    enclosing.rangeBegin = out().here();
    m_unit->enclosing.append(enclosing);
}

void Compiler::leave()
{
    const Enclosing enclosing = m_unit->enclosing.takeLast();
    closeRange(enclosing);
}

/// Ends the stretch of instructions that the handler of \a enclosing answers for. The statement itself must
/// have been left: its handler finds the stack as it was before the statement.
void Compiler::closeRange(const Enclosing &enclosing)
{
    if (enclosing.handler >= 0)
        out().addHandler(enclosing.rangeBegin, enclosing.handler, stackDepth(), handledDepth());
}

int Compiler::stackDepth() const
{
    const auto isFor = [](const Enclosing &enclosing) { return enclosing.kind == Enclosing::Kind::For; };
    const auto &all = m_unit->enclosing;
    return static_cast<int>(std::count_if(all.cbegin(), all.cend(), isFor)) + m_unit->pendingValues;
}

int Compiler::handledDepth() const
{
    const auto isHandling
        = [](const Enclosing &enclosing) { return enclosing.kind == Enclosing::Kind::Handling; };
    const auto &all = m_unit->enclosing;
    return static_cast<int>(std::count_if(all.cbegin(), all.cend(), isHandling));
}

/// Tidies up for a jump that leaves all enclosing statements but the first \a keep, with \a values on the
/// stack that it takes along. Once the jump is written, reopenRanges() makes the handlers answer for what
/// follows.
void Compiler::unwind(qsizetype keep, int values)
{
    const QList<Enclosing> saved = m_unit->enclosing;
    while (m_unit->enclosing.size() > keep) {
        const Enclosing enclosing = m_unit->enclosing.takeLast();
        closeRange(enclosing);
        m_unit->pendingValues += values;
        unwindOne(enclosing);
        m_unit->pendingValues -= values;
    }
    m_unit->enclosing = saved;
}

void Compiler::reopenRanges(qsizetype keep)
{
    for (qsizetype i = keep; i < m_unit->enclosing.size(); ++i)
        m_unit->enclosing[i].rangeBegin = out().here();
}

void Compiler::unwindOne(const Enclosing &enclosing)
{
    switch (enclosing.kind) {
    case Enclosing::Kind::While:
    case Enclosing::Kind::Try: return;
    case Enclosing::Kind::For:
        out().emit(Op::Swap); // the returned value lies on the iterator
        out().emit(Op::Pop);
        return;
    case Enclosing::Kind::FinallyTry: compile(*enclosing.finally); return;
    case Enclosing::Kind::Handling: out().emit(Op::PopHandled); return;
    case Enclosing::Kind::NamedHandling: clearName(enclosing.name); return;
    }
}

void Compiler::clearName(const QString &name)
{
    out().emitConstant({});
    storeName(name);
    deleteName(name);
}

void Compiler::compileNode(const Try &node, const Statement &)
{
    if (node.finally.isEmpty())
        compileTryExcept(node);
    else
        compileTryFinally(node);
}

void Compiler::compileTryFinally(const Try &node)
{
    const auto handler = out().newLabel();
    const auto end = out().newLabel();
    Enclosing protectedBlock{Enclosing::Kind::FinallyTry};
    protectedBlock.handler = handler;
    protectedBlock.finally = &node.finally;
    enter(protectedBlock);
    if (node.handlers.isEmpty())
        compile(node.body);
    else
        compileTryExcept(node);
    leave();
    compile(node.finally);
    out().jump(Op::Jump, end);
    out().place(handler);
    enter({Enclosing::Kind::Handling});
    compile(node.finally);
    out().emit(Op::Reraise);
    leave();
    out().place(end);
}

void Compiler::compileTryExcept(const Try &node)
{
    const auto handler = out().newLabel();
    const auto end = out().newLabel();
    Enclosing protectedBlock{Enclosing::Kind::Try};
    protectedBlock.handler = handler;
    enter(protectedBlock);
    compile(node.body);
    leave();
    compile(node.orElse);
    out().jump(Op::Jump, end);
    out().place(handler);
    enter({Enclosing::Kind::Handling});
    for (qsizetype i = 0; i < node.handlers.size(); ++i) {
        if (!node.handlers.at(i).type && i + 1 < node.handlers.size())
            refuseSyntax(node.handlers.at(i).range, u"default 'except:' must be last"_s);
        compileHandler(node.handlers.at(i), end);
    }
    out().emit(Op::Reraise);
    leave();
    out().place(end);
}

void Compiler::compileHandler(const ExceptHandler &handler, CodeBuilder::Label end)
{
    const auto next = out().newLabel();
    setSite(handler.range.begin);
    if (handler.type) {
        compile(handler.type);
        emitAt(handler.range.begin, Op::MatchHandled);
        out().jump(Op::JumpIfFalse, next);
    }
    const auto cleanUp = out().newLabel();
    const bool isNamed = !handler.name.isEmpty();
    if (isNamed) {
        out().emit(Op::LoadHandled);
        storeName(handler.name);
        Enclosing named{Enclosing::Kind::NamedHandling};
        named.handler = cleanUp;
        named.name = handler.name;
        enter(named);
    }
    compile(handler.body);
    if (isNamed)
        leave();
    out().emit(Op::PopHandled);
    if (isNamed)
        clearName(handler.name);
    out().jump(Op::Jump, end);
    if (isNamed) {
        out().place(cleanUp);
        clearName(handler.name);
        out().emit(Op::Reraise);
    }
    out().place(next);
}

} // namespace deferscope::script
