// SPDX-License-Identifier: MIT
#include "lexer.h"

#include "characters.h"

#include <algorithm>

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype DeepestIndentation = 100; ///< as in Python
/// How far the lexer may read in vain, behind brackets that nobody closes, before it looks no further than
/// the line.
constexpr qsizetype LongestInVain = 100'000;

constexpr QStringView Headers[] = {u"if",     u"elif",    u"else", u"for", u"while", u"try",
                                   u"except", u"finally", u"with", u"def", u"class", u"async"};

} // namespace

QStringList linesAbove(const Token &token, QStringView text)
{
    if (token.above < 0)
        return {};
    const qsizetype end = token.begin == 0 ? 0 : text.lastIndexOf(u'\n', token.begin - 1) + 1;
    const bool isEnd = token.kind == Token::Kind::End;
    QStringView lines = text.sliced(token.above, (isEnd ? text.size() : end) - token.above);
    if (lines.endsWith(u'\n'))
        lines.chop(1);
    return lines.toString().split(u'\n');
}

Lexer::Lexer(QStringView text)
    : m_text(text)
{
}

Lexed Lexer::run()
{
    m_result.tokens.reserve(m_text.size() / 4 + 8);
    while (!atEnd())
        lexLine();
    finish();
    return std::move(m_result);
}

Lexed Lexer::runInBrackets(qsizetype begin, qsizetype end, Position position)
{
    m_text = m_text.first(end);
    m_spot = {begin, position.line, begin};
    m_counted = begin;
    m_column = position.column;
    m_brackets.append({u'(', {position, position}});
    lexTokens();
    if (m_problem)
        m_result.problems.append(*m_problem);
    push(Token::Kind::End, m_spot.at);
    return std::move(m_result);
}

char32_t Lexer::character() const
{
    const QChar c = peek();
    return c.isHighSurrogate() && peek(1).isLowSurrogate() ? QChar::surrogateToUcs4(c, peek(1)) : c.unicode();
}

Position Lexer::positionOf(qsizetype offset)
{
    if (offset < m_counted) {
        m_counted = m_spot.lineStart;
        m_column = 1;
    }
    for (; m_counted < offset; ++m_counted) {
        if (!m_text.at(m_counted).isLowSurrogate())
            ++m_column;
    }
    return {m_spot.line, m_column};
}

/// What comes next is the first character of another line.
void Lexer::startLine()
{
    ++m_spot.line;
    m_spot.lineStart = m_spot.at;
    m_counted = m_spot.at;
    m_column = 1;
    m_isFirstOfLine = true;
}

void Lexer::goTo(const Spot &spot)
{
    m_spot = spot;
    m_counted = spot.lineStart;
    m_column = 1;
}

void Lexer::push(Token::Kind kind, qsizetype begin, Position position)
{
    m_result.tokens.append({kind,
                            m_text.sliced(begin, m_spot.at - begin),
                            {position, positionOf(m_spot.at)},
                            begin,
                            m_spot.at,
                            std::exchange(m_above, -1)});
    m_isFirstOfLine = false;
}

void Lexer::fail(qsizetype begin, qsizetype end, const QString &message)
{
    if (m_problem)
        return;
    m_problem = Diagnostic{Diagnostic::Kind::Syntax, rangeOf(begin, end), message, {}};
    m_isLocal = true;
}

/// The innermost bracket never ends.
void Lexer::failUnclosed()
{
    const Bracket open = m_brackets.constLast();
    m_problem
        = Diagnostic{Diagnostic::Kind::Syntax, open.range, u"'%1' was never closed"_s.arg(open.open), {}};
    m_isLocal = false;
}

// ---- lines ----

/// One line with those that go on with it.
void Lexer::lexLine()
{
    if (skipBlankOrComment())
        return;
    lexIndentation();
    const Spot begin = m_spot;
    const qsizetype firstToken = m_result.tokens.size();
    const qsizetype above = m_above;
    lexTokens();
    if (!m_problem && !m_brackets.isEmpty())
        failUnclosed();
    if (m_problem) {
        m_above = above;
        giveUpLine(begin, firstToken);
    }
    // Nothing but a backslash goes on with the next line, and counts as a line above that.
    if (Token &first = m_result.tokens[firstToken]; first.above < 0 && first.range.begin.line > begin.line)
        first.above = begin.lineStart;
    endLine();
}

/// A backslash in front of such a line is a part of it.
bool Lexer::skipBlankOrComment()
{
    qsizetype at = m_spot.at;
    int joined = 0;
    for (; at < m_text.size(); ++at) {
        const bool joins = m_text.at(at) == u'\\' && at + 2 < m_text.size()
            && (m_text.at(at + 1) == u'\n' || m_text.sliced(at + 1).startsWith(u"\r\n"));
        if (joins)
            at = lineEnd(at);
        else if (!isSpace(m_text.at(at)))
            break;
        joined += joins ? 1 : 0;
    }
    if (at < m_text.size() && m_text.at(at) != u'\n' && m_text.at(at) != u'#')
        return false;
    if (m_above < 0)
        m_above = m_spot.at;
    m_spot.line += joined;
    m_spot.at = std::min(lineEnd(at) + 1, m_text.size());
    startLine();
    return true;
}

void Lexer::lexIndentation()
{
    int width = 0;
    int alternate = 0;
    for (; isSpace(peek()); ++m_spot.at) {
        width = peek() == u'\t' ? (width / 8 + 1) * 8 : peek() == u'\f' ? 0 : width + 1;
        alternate = peek() == u'\f' ? 0 : alternate + 1;
    }
    changeIndentation(width, alternate);
}

void Lexer::changeIndentation(int width, int alternate)
{
    const qsizetype above = std::exchange(m_above, -1);
    const auto [currentWidth, currentAlternate] = m_indents.constLast();
    bool agrees = width == currentWidth ? alternate == currentAlternate : true;
    bool matches = true;
    while (width < m_indents.constLast().first) {
        m_indents.removeLast();
        push(Token::Kind::Dedent, m_spot.at);
        matches = width >= m_indents.constLast().first ? width == m_indents.constLast().first : true;
    }
    if (width > m_indents.constLast().first) {
        agrees = agrees && alternate > m_indents.constLast().second;
        if (m_indents.size() >= DeepestIndentation) {
            fail(m_spot.lineStart, m_spot.at, u"too many levels of indentation"_s);
        } else {
            m_indents.append({width, alternate});
            push(Token::Kind::Indent, m_spot.lineStart);
        }
    }
    if (!matches)
        fail(m_spot.lineStart, m_spot.at, u"unindent does not match any outer indentation level"_s);
    else if (!agrees || (alternate != m_indents.constLast().second && !m_problem))
        fail(m_spot.lineStart, m_spot.at, u"inconsistent use of tabs and spaces in indentation"_s);
    m_above = above;
}

/// Up to the end of the line, or to what cannot be read.
void Lexer::lexTokens()
{
    while (!m_problem && !atEnd()) {
        if (peek() == u'\n') {
            if (!goesOnBehindLine())
                return;
            ++m_spot.at;
            startLine();
        } else if (!skipSpaces()) {
            lexToken();
        }
    }
}

bool Lexer::goesOnBehindLine() { return !m_brackets.isEmpty() && m_readInVain < LongestInVain; }

void Lexer::endLine()
{
    push(Token::Kind::Newline, m_spot.at);
    if (!atEnd()) {
        ++m_spot.at;
        startLine();
    }
}

bool Lexer::skipSpaces()
{
    const qsizetype begin = m_spot.at;
    while (isSpace(peek()))
        ++m_spot.at;
    if (peek() == u'#')
        m_spot.at = lineEnd(m_spot.at);
    else if (peek() == u'\\')
        skipContinuation();
    return m_spot.at != begin;
}

void Lexer::skipContinuation()
{
    ++m_spot.at;
    if (peek() == u'\r' && peek(1) == u'\n')
        ++m_spot.at;
    if (peek() != u'\n') {
        fail(m_spot.at, m_spot.at + (atEnd() ? 0 : 1),
             u"unexpected character after line continuation character"_s);
    } else if (m_spot.at + 1 == m_text.size()) {
        fail(m_spot.at, m_spot.at, u"unexpected EOF while parsing"_s);
    } else {
        ++m_spot.at;
        startLine();
        m_isFirstOfLine = false;
    }
}

void Lexer::finish()
{
    const qsizetype above = std::exchange(m_above, -1);
    if (m_spot.at == m_spot.lineStart && m_spot.line > 1) {
        // What is missing at the end is missing behind the last line that has been written.
        m_spot.lineStart = m_spot.at < 2 ? 0 : m_text.lastIndexOf(u'\n', m_spot.at - 2) + 1;
        --m_spot.line;
        m_column = positionOf(m_spot.at - 1).column;
        m_counted = m_spot.at;
    }
    for (; m_indents.size() > 1; m_indents.removeLast())
        push(Token::Kind::Dedent, m_spot.at);
    m_above = above;
    push(Token::Kind::End, m_spot.at);
}

// ---- what cannot be read ----

/// Makes the line that began at \a begin an Unreadable. What has been read behind it is read again.
void Lexer::giveUpLine(const Spot &begin, qsizetype firstToken)
{
    const Spot end = endOfUnreadable(begin, startsHeader(begin.at));
    m_readInVain += std::max<qsizetype>(0, m_spot.at - end.at);
    m_result.tokens.remove(firstToken, m_result.tokens.size() - firstToken);
    m_brackets.clear();
    goTo(begin);
    const Position position = positionOf(begin.at);
    goTo(end);
    push(Token::Kind::Unreadable, begin.at, position);
    m_result.problems.append(*std::exchange(m_problem, std::nullopt));
}

/// Where the line that began at \a begin ends. What is indented deeper goes on with it, unless it is a
/// header, of which that is the block.
Lexer::Spot Lexer::endOfUnreadable(const Spot &begin, bool isHeader) const
{
    Spot end{lineEnd(begin.at), begin.line, begin.lineStart};
    const auto goOn = [&] {
        end.lineStart = end.at + 1;
        end.at = lineEnd(end.lineStart);
        ++end.line;
    };
    while (m_isLocal && end.at < m_spot.at && end.at + 1 < m_text.size())
        goOn();
    if (isHeader)
        return end;
    const int width = indentationAt(begin.lineStart);
    Spot last = end;
    while (end.at + 1 < m_text.size()) {
        goOn();
        const int next = indentationAt(end.lineStart);
        if (next < 0)
            continue; // a blank line or a comment
        const QStringView words = m_text.sliced(end.lineStart).trimmed();
        const bool closes = next == width && QStringView(u")]}").contains(words.front());
        if (next <= width && !closes)
            break;
        last = end;
    }
    return last;
}

/// The width of the white space; -1 for a line with nothing else, or with a comment.
int Lexer::indentationAt(qsizetype lineStart) const
{
    int width = 0;
    for (qsizetype at = lineStart; at < m_text.size() && m_text.at(at) != u'\n'; ++at) {
        const QChar c = m_text.at(at);
        if (!isSpace(c))
            return c == u'#' ? -1 : width;
        width = c == u'\t' ? (width / 8 + 1) * 8 : c == u'\f' ? 0 : width + 1;
    }
    return -1;
}

qsizetype Lexer::lineEnd(qsizetype from) const
{
    const qsizetype end = m_text.indexOf(u'\n', from);
    return end < 0 ? m_text.size() : end;
}

bool Lexer::startsHeader(qsizetype at) const
{
    qsizetype end = at;
    while (end < m_text.size() && isNamePart(m_text.at(end).unicode()))
        ++end;
    const QStringView word = m_text.sliced(at, end - at);
    const bool isSoft = word == u"match" || word == u"case";
    return contains(Headers, word)
        || (isSoft && m_text.sliced(at, lineEnd(at) - at).trimmed().endsWith(u':'));
}

} // namespace deferscope::syntax
