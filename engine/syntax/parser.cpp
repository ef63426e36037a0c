// SPDX-License-Identifier: MIT
#include "engine/syntax/parser.h"

#include "nesting.h"

#include <algorithm>

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

bool startsCompound(const Token &token)
{
    constexpr QStringView Words[] = {u"if", u"for", u"while", u"try", u"with", u"def", u"class", u"async"};
    if (token.kind == Token::Kind::Operator)
        return token.is(u"@");
    return token.kind == Token::Kind::Name
        && std::find(std::begin(Words), std::end(Words), token.text) != std::end(Words);
}

/// The words of an Unreadable that look like names.
QList<NamePlace> wordsOf(const Token &token)
{
    QList<NamePlace> words;
    Position at = token.range.begin;
    qsizetype begin = -1;
    const auto isPart = [&](qsizetype i) {
        return i < token.text.size() && (token.text.at(i).isLetterOrNumber() || token.text.at(i) == u'_');
    };
    for (qsizetype i = 0; i <= token.text.size(); ++i) {
        if (isPart(i) && begin < 0)
            begin = i;
        if (!isPart(i) && begin >= 0) {
            const QStringView word = token.text.sliced(begin, i - begin);
            const bool isAttribute = begin > 0 && token.text.at(begin - 1) == u'.';
            if (!isAttribute && !isKeyword(word) && !word.front().isDigit())
                words.append({word.toString(), {{at.line, at.column - int(word.size())}, at}});
            begin = -1;
        }
        if (i < token.text.size())
            at = token.text.at(i) == u'\n' ? Position{at.line + 1, 1} : Position{at.line, at.column + 1};
    }
    return words;
}

} // namespace

Module parse(QStringView text) { return Parser(text, Lexer(text).run()).module(); }

Parser::Parser(QStringView text, Lexed lexed)
    : m_text(text)
    , m_tokens(std::move(lexed.tokens))
    , m_unreadable(std::move(lexed.problems))
{
}

Module Parser::module()
{
    Module result;
    statements(result.body);
    result.ending = linesAbove(peek(), m_text);
    result.endsWithNewline = m_text.isEmpty() || m_text.endsWith(u'\n');
    result.problems = std::move(m_problems);
    return result;
}

// ---- tokens ----

void Parser::failAt(const Range &range, const QString &message)
{
    throw Diagnostic{Diagnostic::Kind::Syntax, range, message, {}};
}

void Parser::giveUp(const Range &range, const QString &message)
{
    throw Diagnostic{Diagnostic::Kind::Unsupported, range, message, {}};
}

void Parser::fail() const { fail(u"invalid syntax"_s); }

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

void Parser::expectKeyword(QStringView word)
{
    if (!acceptKeyword(word))
        fail();
}

const Token &Parser::expectName()
{
    if (peek().kind != Token::Kind::Name || isKeyword(peek().text))
        fail();
    return take();
}

NamePlace Parser::namePlace()
{
    const Token &token = expectName();
    return {token.name(), token.range};
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

// ---- lines ----

/// Up to the end of the block. What is indented without a reason belongs to it.
void Parser::statements(Block &block, BlockKind kind)
{
    int unexpected = 0; // indentations
    while (peek().kind != Token::Kind::End) {
        if (peek().kind == Token::Kind::Dedent) {
            if (unexpected-- == 0)
                return;
            take();
        } else if (peek().kind == Token::Kind::Indent) {
            ++unexpected;
            const Range range = take().range;
            if (peek().kind != Token::Kind::Unreadable)
                block.append(opaqueLine(m_at, {Diagnostic::Kind::Syntax, range, u"unexpected indent"_s, {}}));
        } else {
            statementLine(block, kind);
        }
    }
}

Block Parser::indentedBlock(BlockKind kind)
{
    Block result;
    take();
    statements(result, kind);
    if (peek().kind == Token::Kind::Dedent)
        take();
    return result;
}

void Parser::statementLine(Block &block, BlockKind kind)
{
    const qsizetype first = m_at;
    const qsizetype headers = m_headers.size();
    if (peek().kind == Token::Kind::Unreadable) {
        block.append(opaqueLine(first, m_unreadable.takeFirst()));
    } else if (startsCompound(peek()) || kind == BlockKind::OfMatch || startsMatch()) {
        try {
            block.append(compoundStatement(kind));
        } catch (const Diagnostic &problem) {
            m_headers.resize(headers);
            block.append(opaqueLine(first, problem));
        }
    } else {
        simpleLine(block);
    }
}

/// Statements up to the end of the line. The first one may be \a joined to a header.
void Parser::simpleLine(Block &block, bool joined)
{
    for (;; joined = true) {
        auto statement = std::make_shared<Statement>();
        const qsizetype first = m_at;
        try {
            statement->node = simpleStatement();
            if (!endsStatement())
                fail();
        } catch (const Diagnostic &problem) {
            statement->node = opaqueRest(first, problem);
        }
        statement->range = {m_tokens.at(first).range.begin, lastEnd()};
        statement->layout = layoutOf(first, joined);
        block.append(statement);
        if (accept(u";") && peek().kind != Token::Kind::Newline)
            continue;
        statement->layout.trailing = restOfLine(m_tokens.at(first).begin + statement->layout.written.size());
        if (auto *opaque = std::get_if<OpaqueStatement>(&statement->node);
            opaque && peek().kind == Token::Kind::Indent) {
            opaque->body = indentedBlock();
            statement->range.end = lastEnd();
        }
        return;
    }
}

/// The layout of what stands from the token \a first to here. What \a joined is had a `;` or `:` before it on
/// its line.
Layout Parser::layoutOf(qsizetype first, bool joined) const
{
    const Token &token = m_tokens.at(first);
    Layout layout;
    layout.leading = linesAbove(token, m_text);
    layout.written = textFrom(first);
    if (joined) {
        const qsizetype before = joint(first);
        layout.isJoined = true;
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

/// The colon that ends a header, and the block behind it. \a after and \a line tell where it should be.
Block Parser::block(Layout &layout, const QString &after, int line, BlockKind kind)
{
    if (!accept(u":"))
        fail(peek().kind == Token::Kind::Newline ? u"expected ':'"_s : u"invalid syntax"_s);
    if (peek().kind == Token::Kind::Newline) {
        if (peek(1).kind != Token::Kind::Indent)
            failAt(peek(1).range, u"expected an indented block after %1 on line %2"_s.arg(after).arg(line));
        layout = layoutOf(m_headers.takeLast(), false);
        layout.trailing = restOfLine(m_tokens.at(m_at - 1).end);
        return indentedBlock(kind);
    }
    if (startsCompound(peek()) || kind == BlockKind::OfMatch)
        fail();
    layout = layoutOf(m_headers.takeLast(), false);
    Block result;
    simpleLine(result, true);
    return result;
}

/// `else`, `finally`: the word \a word and its block, if it comes next.
Block Parser::clause(Layout &layout, const QString &word)
{
    Block result;
    if (peek().isKeyword(word)) {
        attempt([&] {
            m_headers.append(m_at);
            const int line = take().range.begin.line;
            result = block(layout, u"'%1' statement"_s.arg(word), line);
        });
    }
    return result;
}

// ---- what is kept as text ----

QString Parser::textFrom(qsizetype first) const
{
    const qsizetype begin = m_tokens.at(first).begin;
    return m_text.sliced(begin, m_tokens.at(m_at - 1).end - begin).toString();
}

/// The names in the tokens from \a first to here; not those of attributes and of arguments.
QList<NamePlace> Parser::namesFrom(qsizetype first) const
{
    QList<NamePlace> names;
    int depth = 0;
    for (qsizetype at = first; at < m_at; ++at) {
        const Token &token = m_tokens.at(at);
        if (token.is(u"(") || token.is(u"[") || token.is(u"{"))
            ++depth;
        else if (token.is(u")") || token.is(u"]") || token.is(u"}"))
            --depth;
        if (token.kind == Token::Kind::Unreadable)
            names += wordsOf(token);
        const bool isAttribute = at > first && m_tokens.at(at - 1).is(u".");
        const bool isArgument = depth > 0 && m_tokens.at(at + 1).is(u"=");
        if (token.kind == Token::Kind::Name && !isKeyword(token.text) && !isAttribute && !isArgument)
            names.append({token.name(), token.range});
    }
    return names;
}

/// Why what begins with the token \a first is not read: it has a \a problem, if it was no clause.
const Diagnostic &Parser::cause(qsizetype first, const Diagnostic &problem) const
{
    return m_failed.first == first ? m_failed.second : problem;
}

/// What stands from the token \a first to here, and cannot be read for a \a problem.
OpaqueStatement Parser::opaque(qsizetype first, const Diagnostic &problem)
{
    const bool isError = problem.kind == Diagnostic::Kind::Syntax;
    if (isError)
        m_problems.append(cause(first, problem));
    return {textFrom(first), namesFrom(first), isError, {}};
}

/// All of the line that begins with the token \a first, and what is indented below it.
StatementPtr Parser::opaqueLine(qsizetype first, const Diagnostic &problem)
{
    auto statement = std::make_shared<Statement>();
    m_at = first;
    while (peek().kind != Token::Kind::Newline)
        take();
    OpaqueStatement node = opaque(first, problem);
    statement->layout = layoutOf(first, false);
    statement->layout.trailing = restOfLine(m_tokens.at(m_at - 1).end);
    if (peek().kind == Token::Kind::Indent)
        node.body = indentedBlock();
    statement->node = std::move(node);
    statement->range = {m_tokens.at(first).range.begin, lastEnd()};
    return statement;
}

/// One statement of a line, which begins with the token \a first.
OpaqueStatement Parser::opaqueRest(qsizetype first, const Diagnostic &problem)
{
    m_at = first;
    take();
    skipTo(u";");
    return opaque(first, problem);
}

/// Up to the operator \a op or the keyword \a word outside of brackets, or to the end of the line.
void Parser::skipTo(QStringView op, QStringView word)
{
    int depth = 0;
    for (; peek().kind != Token::Kind::Newline; take()) {
        if (depth == 0 && (peek().is(op) || (!word.isEmpty() && peek().isKeyword(word))))
            return;
        if (peek().is(u"(") || peek().is(u"[") || peek().is(u"{"))
            ++depth;
        else if (peek().is(u")") || peek().is(u"]") || peek().is(u"}"))
            --depth;
    }
}

} // namespace deferscope::syntax
