// SPDX-License-Identifier: MIT
#include "nesting.h"
#include "parameterreader.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

/// In the tree each elif stands inside the one before it. CPython gives up at 3000.
constexpr qsizetype LongestElifChain = 1000;

} // namespace

StatementPtr Parser::compoundStatement(BlockKind kind)
{
    const Nesting nesting(*this);
    auto statement = std::make_shared<Statement>();
    const Position begin = peek().range.begin;
    m_headers.append(m_at);
    if (kind == BlockKind::OfMatch)
        statement->node = caseStatement(statement->layout);
    else if (acceptKeyword(u"if"))
        statement->node = ifStatement(statement->layout);
    else if (acceptKeyword(u"for"))
        statement->node = forStatement(statement->layout, false);
    else if (acceptKeyword(u"while"))
        statement->node = whileStatement(statement->layout);
    else if (acceptKeyword(u"try"))
        statement->node = tryStatement(statement->layout);
    else if (acceptKeyword(u"with"))
        statement->node = withStatement(statement->layout, false);
    else if (acceptKeyword(u"match"))
        statement->node = matchStatement(statement->layout);
    else
        statement->node = definition(statement->layout);
    statement->range = {begin, lastEnd()};
    return statement;
}

Statement::Node Parser::ifStatement(Layout &layout)
{
    // The arms of an elif chain are collected and folded from their end: a script may have very many.
    struct Arm
    {
        ExpressionPtr test;
        Block body;
        Layout layout;
        Range range;
    };
    QList<Arm> arms;
    const auto arm = [&](const QString &word) {
        Arm one;
        const Position begin = m_tokens.at(m_at - 1).range.begin;
        one.test = namedExpression();
        one.body = block(one.layout, u"'%1' statement"_s.arg(word), begin.line);
        one.range = {begin, lastEnd()};
        arms.append(one);
    };
    const auto elif = [&] {
        m_headers.append(m_at);
        take();
        arm(u"elif"_s);
    };
    arm(u"if"_s);
    while (peek().isKeyword(u"elif") && arms.size() <= LongestElifChain && attempt(elif)) { }
    Layout elseLayout;
    Block orElse = clause(elseLayout, u"else"_s);
    bool isElif = false;
    for (; arms.size() > 1; isElif = true) {
        const Arm last = arms.takeLast();
        auto inner = std::make_shared<Statement>();
        inner->range = last.range;
        inner->node = If{last.test, last.body, orElse, isElif, elseLayout};
        orElse = {inner};
        elseLayout = last.layout;
    }
    layout = arms.constFirst().layout;
    return If{arms.constFirst().test, arms.constFirst().body, orElse, isElif, elseLayout};
}

Statement::Node Parser::forStatement(Layout &layout, bool isAsync)
{
    const int line = lastEnd().line;
    For loop;
    loop.isAsync = isAsync;
    loop.target = targetList();
    expectKeyword(u"in");
    loop.iterable = expressionList();
    loop.body = block(layout, u"'for' statement"_s, line);
    loop.orElse = clause(loop.elseLayout, u"else"_s);
    return loop;
}

Statement::Node Parser::whileStatement(Layout &layout)
{
    const int line = lastEnd().line;
    While loop;
    loop.test = namedExpression();
    loop.body = block(layout, u"'while' statement"_s, line);
    loop.orElse = clause(loop.elseLayout, u"else"_s);
    return loop;
}

// ---- try ----

Statement::Node Parser::tryStatement(Layout &layout)
{
    Try result;
    result.body = block(layout, u"'try' statement"_s, lastEnd().line);
    result.isOfGroups = peek().isKeyword(u"except") && peek(1).is(u"*");
    const auto handler = [&] { result.handlers.append(exceptHandler(result)); };
    while (peek().isKeyword(u"except") && attempt(handler)) { }
    if (!result.handlers.isEmpty())
        result.orElse = clause(result.elseLayout, u"else"_s);
    result.finally = clause(result.finallyLayout, u"finally"_s);
    if (!result.handlers.isEmpty() || !result.finally.isEmpty())
        return result;
    m_problems.append(
        cause(m_at, {Diagnostic::Kind::Syntax, peek().range, u"expected 'except' or 'finally' block"_s, {}}));
    return OpaqueStatement{layout.written, {}, true, result.body};
}

/// The next one of \a statement.
ExceptHandler Parser::exceptHandler(const Try &statement)
{
    m_headers.append(m_at);
    const Position begin = take().range.begin;
    if (!statement.handlers.isEmpty() && !statement.handlers.constLast().type)
        failAt(statement.handlers.constLast().range, u"default 'except:' must be last"_s);
    ExceptHandler handler;
    if (accept(u"*") != statement.isOfGroups)
        fail();
    if (statement.isOfGroups || !peek().is(u":")) {
        handler.type = expression();
        if (peek().is(u","))
            failAt(handler.type->range, u"multiple exception types must be parenthesized"_s);
        if (acceptKeyword(u"as")) {
            const NamePlace bound = namePlace();
            handler.name = bound.name;
            handler.nameRange = bound.range;
        }
    }
    handler.range = {begin, lastEnd()};
    handler.body = block(handler.layout, u"'except' statement"_s, begin.line);
    return handler;
}

// ---- match ----

/// `match` is a name like others, except where a `case` follows.
bool Parser::startsMatch() const
{
    if (!peek().isKeyword(u"match") || !startsExpression(peek(1)))
        return false;
    qsizetype at = m_at + 1;
    while (m_tokens.at(at).kind != Token::Kind::Newline)
        ++at;
    return m_tokens.at(at - 1).is(u":") && at + 2 < m_tokens.size()
        && m_tokens.at(at + 1).kind == Token::Kind::Indent && m_tokens.at(at + 2).isKeyword(u"case");
}

Statement::Node Parser::matchStatement(Layout &layout)
{
    const int line = lastEnd().line;
    const Position begin = peek().range.begin;
    Match result;
    result.subject = starOrNamedExpression();
    if (peek().is(u",")) {
        QList<ExpressionPtr> items{result.subject};
        while (accept(u",") && startsExpression(peek()))
            items.append(starOrNamedExpression());
        result.subject = make(begin, TupleDisplay{items});
    }
    result.body = block(layout, u"'match' statement"_s, line, BlockKind::OfMatch);
    return result;
}

Statement::Node Parser::caseStatement(Layout &layout)
{
    const int line = peek().range.begin.line;
    expectKeyword(u"case");
    Case result;
    result.pattern = pattern();
    if (acceptKeyword(u"if"))
        result.guard = namedExpression();
    result.body = block(layout, u"'case' statement"_s, line);
    return result;
}

/// Up to the guard or the colon, as text.
ExpressionPtr Parser::pattern()
{
    const qsizetype first = m_at;
    skipTo(u":", u"if");
    if (m_at == first)
        fail();
    return make(m_tokens.at(first).range.begin, Opaque{textFrom(first), namesFrom(first)});
}

// ---- definitions ----

Statement::Node Parser::definition(Layout &layout)
{
    QList<ExpressionPtr> decorators;
    while (accept(u"@")) {
        decorators.append(namedExpression());
        if (peek().kind != Token::Kind::Newline)
            fail();
        take();
    }
    if (acceptKeyword(u"class"))
        return classDefinition(layout, decorators);
    const bool isAsync = acceptKeyword(u"async");
    if (acceptKeyword(u"def"))
        return functionDefinition(layout, decorators, isAsync);
    if (isAsync && decorators.isEmpty() && acceptKeyword(u"for"))
        return forStatement(layout, true);
    if (isAsync && decorators.isEmpty() && acceptKeyword(u"with"))
        return withStatement(layout, true);
    fail();
}

Statement::Node Parser::functionDefinition(Layout &layout, QList<ExpressionPtr> decorators, bool isAsync)
{
    FunctionDefinition result;
    const int line = lastEnd().line;
    const NamePlace name = namePlace();
    result.name = name.name;
    result.nameRange = name.range;
    result.isAsync = isAsync;
    result.decorators = std::move(decorators);
    expect(u"(");
    result.parameters = parameters(u")");
    expect(u")");
    if (accept(u"->"))
        result.returns = expression();
    result.body = block(layout, u"function definition"_s, line);
    return result;
}

Statement::Node Parser::classDefinition(Layout &layout, QList<ExpressionPtr> decorators)
{
    ClassDefinition result;
    const int line = lastEnd().line;
    const NamePlace name = namePlace();
    result.name = name.name;
    result.nameRange = name.range;
    result.decorators = std::move(decorators);
    if (peek().is(u"("))
        result.bases = arguments();
    result.body = block(layout, u"class definition"_s, line);
    return result;
}

QList<Parameter> Parser::parameters(QStringView closing) { return ParameterReader(*this, closing).read(); }

} // namespace deferscope::syntax
