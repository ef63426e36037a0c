// SPDX-License-Identifier: MIT
#include "engine/script/parser.h"

#include "nesting.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// In the tree each elif stands inside the one before it. CPython gives up at 3000.
constexpr qsizetype LongestElifChain = 1000;

bool startsCompound(const Token &token)
{
    static const QStringList words{u"if"_s,   u"for"_s, u"while"_s, u"try"_s,
                                   u"with"_s, u"def"_s, u"class"_s, u"async"_s};
    return token.is(u"@") || (token.kind == Token::Kind::Name && words.contains(token.text));
}

} // namespace

std::variant<Module, Diagnostic> parse(QStringView text)
{
    Lexed lexed = Lexer(text).run();
    if (lexed.error && lexed.outranks)
        return *lexed.error;
    const Position end = lexed.tokens.constLast().range.begin;
    try {
        Module module = Parser(text, std::move(lexed.tokens)).module();
        if (lexed.error)
            return *lexed.error;
        return module;
    } catch (const Diagnostic &error) {
        const Position at = error.range.begin;
        const bool isBehind
            = lexed.error && (at == end || error.range.end.line > lexed.error->range.begin.line);
        return isBehind ? *lexed.error : error;
    }
}

Parser::Parser(QStringView text, QList<Token> tokens)
    : m_text(text)
    , m_tokens(std::move(tokens))
{
}

Module Parser::module()
{
    Module result;
    while (peek().kind != Token::Kind::End)
        statementLine(result.body);
    result.ending = peek().leading;
    result.endsWithNewline = m_text.isEmpty() || m_text.endsWith(u'\n');
    return result;
}

// ---- tokens ----

void Parser::failAt(const Range &range, const QString &message)
{
    throw Diagnostic{Diagnostic::Kind::Syntax, range, message, {}};
}

void Parser::refuse(const Range &range, const QString &message, const QString &advice)
{
    throw Diagnostic{Diagnostic::Kind::Unsupported, range, message, advice};
}

bool Parser::accept(QStringView op)
{
    if (!peek().is(op))
        return false;
    take();
    return true;
}

bool Parser::acceptKeyword(QStringView word)
{
    if (!peek().isKeyword(word))
        return false;
    take();
    return true;
}

void Parser::expect(QStringView op)
{
    if (!accept(op))
        fail();
}

/// Of a header. Behind some words Python always tells that it is missing, behind others only at the end of
/// the line.
void Parser::expectColon(bool isAlwaysTold)
{
    if (accept(u":"))
        return;
    if (!isAlwaysTold && peek().kind != Token::Kind::Newline)
        fail();
    fail(u"expected ':'"_s);
}

void Parser::expectKeyword(QStringView word)
{
    if (!acceptKeyword(word))
        fail();
}

Token Parser::expectName()
{
    if (peek().kind != Token::Kind::Name || isKeyword(peek().text))
        fail();
    return take();
}

Position Parser::lastEnd() const
{
    qsizetype at = m_at - 1;
    const auto isLayout = [this](qsizetype index) {
        const Token::Kind kind = m_tokens.at(index).kind;
        return kind == Token::Kind::Newline || kind == Token::Kind::Indent || kind == Token::Kind::Dedent;
    };
    while (at >= 0 && isLayout(at))
        --at;
    return at >= 0 ? m_tokens.at(at).range.end : Position();
}

void Parser::fail() const
{
    const Token &token = peek();
    if (token.kind == Token::Kind::Indent)
        failAt({{token.range.end.line, token.range.end.column - 1}, token.range.end}, u"unexpected indent"_s);
    fail(u"invalid syntax"_s);
}

// ---- statements ----

void Parser::statementLine(Block &block)
{
    if (startsCompound(peek())) {
        block.append(compoundStatement());
        return;
    }
    for (bool joined = false;; joined = true) {
        auto statement = std::make_shared<Statement>();
        const qsizetype first = m_at;
        statement->node = simpleStatement();
        statement->range = {m_tokens.at(first).range.begin, lastEnd()};
        statement->layout = layoutOf(first, joined);
        const bool goesOn = accept(u";") && peek().kind != Token::Kind::Newline;
        if (!goesOn) {
            if (peek().kind != Token::Kind::Newline)
                fail();
            statement->layout.trailing
                = restOfLine(statement->layout.written.size() + m_tokens.at(first).begin);
        }
        block.append(statement);
        if (!goesOn)
            return;
    }
}

/// The layout of what stands from the token \a first to here. What \a joined is had a `;` or `:` before it on
/// its line.
Layout Parser::layoutOf(qsizetype first, bool joined) const
{
    const Token &token = m_tokens.at(first);
    Layout layout;
    layout.leading = token.leading;
    layout.written = m_text.sliced(token.begin, m_tokens.at(m_at - 1).end - token.begin).toString();
    if (joined) {
        const qsizetype before = joint(first);
        layout.joint = m_text.sliced(before, token.begin - before).toString();
    } else {
        const qsizetype lineStart = token.begin == 0 ? 0 : m_text.lastIndexOf(u'\n', token.begin - 1) + 1;
        layout.indentation = m_text.sliced(lineStart, token.begin - lineStart).toString();
    }
    return layout;
}

/// Where the text between the token \a first and the statement or colon before it begins.
qsizetype Parser::joint(qsizetype first) const
{
    const Token &before = m_tokens.at(first - 1);
    return before.is(u";") ? m_tokens.at(first - 2).end : before.end;
}

/// From the offset \a begin to the end of the line, which is taken.
QString Parser::restOfLine(qsizetype begin)
{
    const qsizetype end = take().begin;
    return m_text.sliced(begin, end - begin).toString();
}

StatementPtr Parser::compoundStatement()
{
    const Nesting nesting(*this);
    auto statement = std::make_shared<Statement>();
    const Position begin = peek().range.begin;
    m_headers.append(m_at);
    if (acceptKeyword(u"if"))
        statement->node = ifStatement(statement->layout);
    else if (acceptKeyword(u"for"))
        statement->node = forStatement(statement->layout, false);
    else if (acceptKeyword(u"while"))
        statement->node = whileStatement(statement->layout);
    else if (acceptKeyword(u"try"))
        statement->node = tryStatement(statement->layout);
    else if (acceptKeyword(u"with"))
        statement->node = withStatement(statement->layout, false);
    else
        statement->node = definition(statement->layout);
    statement->range = {begin, lastEnd()};
    return statement;
}

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

/// The colon that ends a header, and the block behind it. \a after and \a line tell where it should be.
Block Parser::block(Layout &layout, const QString &after, int line)
{
    static const QStringList told{u"function definition"_s, u"'else' statement"_s, u"'try' statement"_s,
                                  u"'finally' statement"_s};
    expectColon(told.contains(after));
    layout = layoutOf(m_headers.takeLast(), false);
    Block result;
    if (peek().kind != Token::Kind::Newline) {
        const qsizetype first = m_at;
        if (startsCompound(peek()))
            fail();
        statementLine(result);
        auto joined = std::make_shared<Statement>(*result.constFirst());
        joined->layout.indentation.clear();
        joined->layout.joint
            = m_text.sliced(joint(first), m_tokens.at(first).begin - joint(first)).toString();
        result.first() = joined;
        return result;
    }
    layout.trailing = restOfLine(m_tokens.at(m_at - 1).end);
    if (peek().kind != Token::Kind::Indent)
        fail(u"expected an indented block after %1 on line %2"_s.arg(after).arg(line));
    take();
    while (peek().kind != Token::Kind::Dedent && peek().kind != Token::Kind::End)
        statementLine(result);
    if (peek().kind == Token::Kind::Dedent)
        take();
    return result;
}

/// `else`, `finally`: the word \a word and its block, if it comes next.
Block Parser::clause(Layout &layout, const QString &word)
{
    if (!peek().isKeyword(word))
        return {};
    m_headers.append(m_at);
    const int line = take().range.begin.line;
    return block(layout, u"'%1' statement"_s.arg(word), line);
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
    arm(u"if"_s);
    while (peek().isKeyword(u"elif")) {
        if (arms.size() > LongestElifChain)
            refuse(peek().range, u"an elif chain as long as this is not supported"_s, u"Use a dict."_s);
        m_headers.append(m_at);
        take();
        arm(u"elif"_s);
    }
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

Statement::Node Parser::tryStatement(Layout &layout)
{
    Try result;
    result.body = block(layout, u"'try' statement"_s, lastEnd().line);
    while (peek().isKeyword(u"except")) {
        if (!result.handlers.isEmpty() && !result.handlers.constLast().type)
            failAt(result.handlers.constLast().range, u"default 'except:' must be last"_s);
        result.handlers.append(exceptHandler());
    }
    if (!result.handlers.isEmpty())
        result.orElse = clause(result.elseLayout, u"else"_s);
    result.finally = clause(result.finallyLayout, u"finally"_s);
    if (result.handlers.isEmpty() && result.finally.isEmpty())
        fail(u"expected 'except' or 'finally' block"_s);
    return result;
}

ExceptHandler Parser::exceptHandler()
{
    m_headers.append(m_at);
    const Position begin = take().range.begin;
    ExceptHandler handler;
    if (peek().is(u"*"))
        refuse(peek().range, u"exception groups (except*) are not supported"_s,
               u"Use except, or run the file under real Twisted."_s);
    if (!peek().is(u":") && peek().kind != Token::Kind::Newline) {
        handler.type = expression();
        if (peek().is(u","))
            failAt(handler.type->range, u"multiple exception types must be parenthesized"_s);
        if (acceptKeyword(u"as"))
            handler.name = expectName().text;
    }
    handler.range = {begin, lastEnd()};
    handler.body = block(handler.layout, u"'except' statement"_s, begin.line);
    return handler;
}

} // namespace deferscope::script
