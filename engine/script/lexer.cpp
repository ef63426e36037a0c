// SPDX-License-Identifier: MIT
#include "lexer.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

bool isNameStart(QChar c) { return c == u'_' || c.isLetter() || c.isSurrogate(); }
bool isNamePart(QChar c) { return isNameStart(c) || c.isDigit() || c.isMark(); }
bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

QChar closerOf(QChar open) { return open == u'(' ? u')' : open == u'[' ? u']' : u'}'; }

bool isStringPrefix(QStringView word)
{
    static const QStringList prefixes{u"r"_s, u"b"_s, u"u"_s, u"f"_s, u"br"_s, u"rb"_s, u"fr"_s, u"rf"_s};
    return prefixes.contains(word.toString().toLower());
}

} // namespace

Lexer::Lexer(QStringView text)
    : m_text(text)
{
}

std::optional<Diagnostic> Lexer::run(QList<Token> &tokens)
{
    m_tokens = &tokens;
    while (!atEnd() && !m_error)
        lexLine();
    if (!m_error)
        finish();
    return m_error;
}

Position Lexer::positionOf(qsizetype offset)
{
    int column = 1;
    for (qsizetype i = m_lineStart; i < offset; ++i) {
        if (!m_text.at(i).isLowSurrogate())
            ++column;
    }
    return {m_line, column};
}

Range Lexer::rangeOf(qsizetype begin, qsizetype end) { return {positionOf(begin), positionOf(end)}; }

void Lexer::push(Token::Kind kind, qsizetype begin)
{
    Token token;
    token.kind = kind;
    token.text = m_text.sliced(begin, m_at - begin).toString();
    token.range = rangeOf(begin, m_at);
    token.begin = begin;
    token.end = m_at;
    token.leading = std::exchange(m_leading, {});
    m_tokens->append(token);
}

void Lexer::fail(qsizetype begin, qsizetype end, const QString &message)
{
    if (!m_error)
        m_error = Diagnostic{Diagnostic::Kind::Syntax, rangeOf(begin, end), message, {}};
}

/// One physical line at the start of a logical one.
void Lexer::lexLine()
{
    if (m_brackets.isEmpty()) {
        if (skipBlankOrComment(m_at))
            return;
        lexIndentation();
    }
    while (!m_error && !atEnd() && peek() != u'\n') {
        if (skipSpaces())
            continue;
        if (atEnd() || peek() == u'\n')
            break;
        lexToken();
    }
    if (!m_error)
        lexNewline();
}

bool Lexer::skipBlankOrComment(qsizetype indentationStart)
{
    qsizetype at = indentationStart;
    while (at < m_text.size() && (m_text.at(at) == u' ' || m_text.at(at) == u'\t' || m_text.at(at) == u'\f'))
        ++at;
    if (at < m_text.size() && m_text.at(at) != u'\n' && m_text.at(at) != u'#')
        return false;
    qsizetype end = m_text.indexOf(u'\n', at);
    if (end < 0)
        end = m_text.size();
    m_leading.append(m_text.sliced(indentationStart, end - indentationStart).toString());
    m_at = std::min(end + 1, m_text.size());
    m_lineStart = m_at;
    ++m_line;
    return true;
}

void Lexer::lexIndentation()
{
    int width = 0;
    int alternate = 0;
    for (; peek() == u' ' || peek() == u'\t' || peek() == u'\f'; ++m_at) {
        width = peek() == u'\t' ? (width / 8 + 1) * 8 : peek() == u'\f' ? 0 : width + 1;
        alternate = peek() == u'\f' ? 0 : alternate + 1;
    }
    changeIndentation(width, alternate);
}

void Lexer::changeIndentation(int width, int alternate)
{
    const QString mixed = u"inconsistent use of tabs and spaces in indentation"_s;
    const auto [currentWidth, currentAlternate] = m_indents.constLast();
    if (width == currentWidth) {
        if (alternate != currentAlternate)
            fail(m_lineStart, m_at, mixed);
        return;
    }
    const QStringList leading = std::exchange(m_leading, {});
    if (width > currentWidth) {
        if (alternate <= currentAlternate)
            fail(m_lineStart, m_at, mixed);
        m_indents.append({width, alternate});
        push(Token::Kind::Indent, m_at);
    }
    while (width < m_indents.constLast().first) {
        m_indents.removeLast();
        push(Token::Kind::Dedent, m_at);
    }
    if (width != m_indents.constLast().first)
        fail(m_lineStart, m_at, u"unindent does not match any outer indentation level"_s);
    else if (alternate != m_indents.constLast().second)
        fail(m_lineStart, m_at, mixed);
    m_leading = leading;
}

bool Lexer::skipSpaces()
{
    const qsizetype begin = m_at;
    while (peek() == u' ' || peek() == u'\t' || peek() == u'\f')
        ++m_at;
    if (peek() == u'#') {
        while (!atEnd() && peek() != u'\n')
            ++m_at;
    } else if (peek() == u'\\' && peek(1) == u'\n') {
        m_at += 2;
        m_lineStart = m_at;
        ++m_line;
    } else if (peek() == u'\\') {
        fail(m_at + 1, m_at + 2, u"unexpected character after line continuation character"_s);
    }
    return m_at != begin;
}

void Lexer::lexToken()
{
    if (m_error)
        return;
    const QChar c = peek();
    if (isNameStart(c))
        lexName();
    else if (isDigit(c) || (c == u'.' && isDigit(peek(1))))
        lexNumber();
    else if (c == u'"' || c == u'\'')
        lexString();
    else
        lexOperator();
}

void Lexer::lexName()
{
    const qsizetype begin = m_at;
    while (isNamePart(peek()))
        ++m_at;
    if ((peek() == u'"' || peek() == u'\'') && isStringPrefix(m_text.sliced(begin, m_at - begin))) {
        m_at = begin;
        lexString();
        return;
    }
    push(Token::Kind::Name, begin);
}

void Lexer::lexNumber()
{
    const qsizetype begin = m_at;
    const QChar second = peek(1).toLower();
    if (peek() == u'0' && (second == u'x' || second == u'o' || second == u'b')) {
        m_at += 2;
        while (peek().isLetterOrNumber() || peek() == u'_')
            ++m_at;
        push(Token::Kind::Number, begin);
        return;
    }
    const auto digits = [this] {
        while (isDigit(peek()) || (peek() == u'_' && isDigit(peek(1))))
            ++m_at;
    };
    digits();
    if (peek() == u'.') {
        ++m_at;
        digits();
    }
    if (peek().toLower() == u'e'
        && (isDigit(peek(1)) || ((peek(1) == u'+' || peek(1) == u'-') && isDigit(peek(2))))) {
        m_at += 2;
        digits();
    }
    if (peek().toLower() == u'j')
        ++m_at;
    push(Token::Kind::Number, begin);
    if (isNameStart(peek()))
        fail(begin, m_at, u"invalid decimal literal"_s);
}

void Lexer::lexString()
{
    const qsizetype begin = m_at;
    const int firstLine = m_line;
    const qsizetype firstLineStart = m_lineStart;
    while (peek() != u'"' && peek() != u'\'')
        ++m_at;
    const QChar quote = peek();
    const bool isTriple = peek(1) == quote && peek(2) == quote;
    m_at += isTriple ? 3 : 1;
    const auto atClosing
        = [&] { return peek() == quote && (!isTriple || (peek(1) == quote && peek(2) == quote)); };
    while (!atEnd() && !atClosing()) {
        if (peek() == u'\\' && m_at + 1 < m_text.size())
            ++m_at;
        if (peek() == u'\n') {
            if (!isTriple && m_text.at(m_at - 1) != u'\\')
                break;
            ++m_line;
            m_lineStart = m_at + 1;
        }
        ++m_at;
    }
    if (!atClosing() || atEnd()) {
        const int lastLine = atEnd() && isTriple ? m_line - (m_text.endsWith(u'\n') ? 1 : 0) : m_line;
        m_line = firstLine;
        m_lineStart = firstLineStart;
        const QString what
            = isTriple ? u"unterminated triple-quoted string literal"_s : u"unterminated string literal"_s;
        fail(begin, begin + 1, u"%1 (detected at line %2)"_s.arg(what).arg(lastLine));
        return;
    }
    m_at += isTriple ? 3 : 1;
    push(Token::Kind::String, begin);
    Token &token = m_tokens->last();
    const int lastLine = std::exchange(m_line, firstLine);
    const qsizetype lastLineStart = std::exchange(m_lineStart, firstLineStart);
    token.range.begin = positionOf(begin);
    m_line = lastLine;
    m_lineStart = lastLineStart;
}

void Lexer::lexOperator()
{
    static const QStringList operators{
        u"**="_s, u"//="_s, u">>="_s, u"<<="_s, u"..."_s, u"->"_s, u":="_s, u"=="_s, u"!="_s, u"<="_s,
        u">="_s,  u"**"_s,  u"//"_s,  u"<<"_s,  u">>"_s,  u"+="_s, u"-="_s, u"*="_s, u"/="_s, u"%="_s,
        u"&="_s,  u"|="_s,  u"^="_s,  u"@="_s,  u"+"_s,   u"-"_s,  u"*"_s,  u"/"_s,  u"%"_s,  u"@"_s,
        u"&"_s,   u"|"_s,   u"^"_s,   u"~"_s,   u"<"_s,   u">"_s,  u"("_s,  u")"_s,  u"["_s,  u"]"_s,
        u"{"_s,   u"}"_s,   u","_s,   u":"_s,   u"."_s,   u";"_s,  u"="_s};
    const qsizetype begin = m_at;
    const QStringView rest = m_text.sliced(m_at);
    for (const QString &op : operators) {
        if (!rest.startsWith(op))
            continue;
        m_at += op.size();
        push(Token::Kind::Operator, begin);
        const QChar c = op.at(0);
        if (op.size() == 1 && (c == u'(' || c == u'[' || c == u'{')) {
            m_brackets.append({c, m_tokens->constLast().range});
        } else if (op.size() == 1 && (c == u')' || c == u']' || c == u'}')) {
            if (m_brackets.isEmpty())
                fail(begin, m_at, u"unmatched '%1'"_s.arg(c));
            else if (closerOf(m_brackets.constLast().open) != c)
                fail(begin, m_at,
                     u"closing parenthesis '%1' does not match opening parenthesis '%2'"_s.arg(c).arg(
                         m_brackets.constLast().open));
            else
                m_brackets.removeLast();
        }
        return;
    }
    if (peek() == u'$' || peek() == u'?' || peek() == u'!' || peek() == u'`') {
        fail(begin, begin + 1, u"invalid syntax"_s);
        return;
    }
    const QString code = QString::number(peek().unicode(), 16).toUpper().rightJustified(4, u'0');
    fail(begin, begin + 1,
         peek().isPrint() ? u"invalid character '%1' (U+%2)"_s.arg(peek()).arg(code)
                          : u"invalid non-printable character U+%1"_s.arg(code));
}

void Lexer::lexNewline()
{
    if (m_brackets.isEmpty())
        push(Token::Kind::Newline, m_at);
    if (!atEnd()) {
        ++m_at;
        ++m_line;
        m_lineStart = m_at;
    }
}

void Lexer::finish()
{
    if (!m_brackets.isEmpty()) {
        m_error = Diagnostic{Diagnostic::Kind::Syntax,
                             m_brackets.constLast().range,
                             u"'%1' was never closed"_s.arg(m_brackets.constLast().open),
                             {}};
        return;
    }
    const QStringList leading = std::exchange(m_leading, {});
    if (!m_tokens->isEmpty() && m_tokens->constLast().kind != Token::Kind::Newline)
        push(Token::Kind::Newline, m_at);
    for (; m_indents.size() > 1; m_indents.removeLast())
        push(Token::Kind::Dedent, m_at);
    m_leading = leading;
    push(Token::Kind::End, m_at);
}

} // namespace deferscope::script
