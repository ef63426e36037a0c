// SPDX-License-Identifier: MIT
#include "lexer.h"

#include <QSet>

#include <algorithm>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

// Python's own limits.
constexpr qsizetype DeepestIndentation = 100;
constexpr qsizetype DeepestBracket = 200;

bool isNameStart(char32_t c)
{
    return c == U'_' || QChar::isLetter(c) || QChar::category(c) == QChar::Number_Letter;
}

bool isNamePart(char32_t c)
{
    return isNameStart(c) || QChar::isMark(c) || QChar::category(c) == QChar::Number_DecimalDigit
        || QChar::category(c) == QChar::Punctuation_Connector;
}

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }
bool isSpace(QChar c) { return c == u' ' || c == u'\t' || c == u'\f'; }

QChar closerOf(QChar open) { return open == u'(' ? u')' : open == u'[' ? u']' : u'}'; }

bool isStringPrefix(QStringView word)
{
    static const QStringList prefixes{u"r"_s, u"b"_s, u"u"_s, u"f"_s, u"br"_s, u"rb"_s, u"fr"_s, u"rf"_s};
    return word.size() <= 2 && prefixes.contains(word.toString().toLower());
}

bool isAscii(QStringView text)
{
    return std::all_of(text.begin(), text.end(), [](QChar c) { return c.unicode() < 0x80; });
}

/// Of the operator or bracket at the beginning of \a text; 0 when there is none.
qsizetype operatorLength(QStringView text)
{
    constexpr QStringView Single = u"+-*/%@&|^~<>()[]{},:.;=";
    constexpr QStringView Doubled = u"*/<>";
    constexpr QStringView WithEquals = u"+-*/%@&|^<>:=!";
    const QChar first = text.at(0);
    const QChar second = text.size() > 1 ? text.at(1) : QChar();
    const QChar third = text.size() > 2 ? text.at(2) : QChar();
    if (second == first && Doubled.contains(first))
        return third == u'=' ? 3 : 2;
    if (first == u'.' && second == u'.' && third == u'.')
        return 3;
    const bool isPair = (second == u'=' && WithEquals.contains(first))
        || (second == u'>' && (first == u'-' || first == u'<'));
    if (isPair)
        return 2;
    return Single.contains(first) ? 1 : 0;
}

} // namespace

bool isKeyword(const QString &word)
{
    static const QSet<QString> keywords{
        u"False"_s,  u"None"_s,   u"True"_s,    u"and"_s,      u"as"_s,       u"assert"_s, u"async"_s,
        u"await"_s,  u"break"_s,  u"class"_s,   u"continue"_s, u"def"_s,      u"del"_s,    u"elif"_s,
        u"else"_s,   u"except"_s, u"finally"_s, u"for"_s,      u"from"_s,     u"global"_s, u"if"_s,
        u"import"_s, u"in"_s,     u"is"_s,      u"lambda"_s,   u"nonlocal"_s, u"not"_s,    u"or"_s,
        u"pass"_s,   u"raise"_s,  u"return"_s,  u"try"_s,      u"while"_s,    u"with"_s,   u"yield"_s};
    return keywords.contains(word);
}

Lexer::Lexer(QStringView text)
    : m_text(text)
{
}

Lexed Lexer::run()
{
    while (!atEnd() && !m_result.error)
        lexLine();
    finish();
    return std::move(m_result);
}

Lexed Lexer::runInBrackets(qsizetype begin, qsizetype end, Position position)
{
    m_text = m_text.first(end);
    m_at = begin;
    m_line = position.line;
    m_lineStart = begin;
    m_counted = begin;
    m_column = position.column;
    m_brackets.append({u'(', {position, position}});
    while (!atEnd() && !m_result.error)
        lexLine();
    push(Token::Kind::End, m_at);
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
        m_counted = m_lineStart;
        m_column = 1;
    }
    for (; m_counted < offset; ++m_counted) {
        if (!m_text.at(m_counted).isLowSurrogate())
            ++m_column;
    }
    return {m_line, m_column};
}

/// What comes next is the first character of another line.
void Lexer::startLine()
{
    ++m_line;
    m_lineStart = m_at;
    m_counted = m_at;
    m_column = 1;
}

void Lexer::push(Token::Kind kind, qsizetype begin, const QString &text, Position position)
{
    Token token;
    token.kind = kind;
    token.text = text;
    token.range = {position, positionOf(m_at)};
    token.begin = begin;
    token.end = m_at;
    token.leading = std::exchange(m_leading, {});
    m_result.tokens.append(std::move(token));
}

void Lexer::push(Token::Kind kind, qsizetype begin)
{
    push(kind, begin, m_text.sliced(begin, m_at - begin).toString(), positionOf(begin));
}

void Lexer::fail(qsizetype begin, qsizetype end, const QString &message, bool outranks)
{
    if (m_result.error)
        return;
    m_result.error = Diagnostic{Diagnostic::Kind::Syntax, rangeOf(begin, end), message, {}};
    m_result.outranks = outranks;
}

/// One physical line.
void Lexer::lexLine()
{
    if (m_brackets.isEmpty()) {
        if (skipBlankOrComment())
            return;
        lexIndentation();
    }
    while (!m_result.error && !atEnd() && peek() != u'\n') {
        if (!skipSpaces())
            lexToken();
    }
    if (!m_result.error)
        lexNewline();
}

bool Lexer::skipBlankOrComment()
{
    qsizetype at = m_at;
    while (at < m_text.size() && isSpace(m_text.at(at)))
        ++at;
    if (at < m_text.size() && m_text.at(at) != u'\n' && m_text.at(at) != u'#')
        return false;
    qsizetype end = m_text.indexOf(u'\n', at);
    if (end < 0)
        end = m_text.size();
    m_leading.append(m_text.sliced(m_at, end - m_at).toString());
    m_at = std::min(end + 1, m_text.size());
    startLine();
    return true;
}

void Lexer::lexIndentation()
{
    int width = 0;
    int alternate = 0;
    for (; isSpace(peek()); ++m_at) {
        width = peek() == u'\t' ? (width / 8 + 1) * 8 : peek() == u'\f' ? 0 : width + 1;
        alternate = peek() == u'\f' ? 0 : alternate + 1;
    }
    changeIndentation(width, alternate);
}

void Lexer::changeIndentation(int width, int alternate)
{
    const auto failLine = [this](const QString &message) {
        const qsizetype next = m_text.indexOf(u'\n', m_at);
        const qsizetype end = next < 0 ? m_text.size() : next;
        fail(end, end, message, false);
    };
    const auto [currentWidth, currentAlternate] = m_indents.constLast();
    const QStringList leading = std::exchange(m_leading, {});
    bool agrees = width == currentWidth ? alternate == currentAlternate : true;
    if (width > currentWidth) {
        agrees = alternate > currentAlternate;
        m_indents.append({width, alternate});
        if (m_indents.size() > DeepestIndentation)
            failLine(u"too many levels of indentation"_s);
        push(Token::Kind::Indent, m_lineStart);
    }
    while (width < m_indents.constLast().first) {
        m_indents.removeLast();
        push(Token::Kind::Dedent, m_at);
    }
    if (width != m_indents.constLast().first)
        failLine(u"unindent does not match any outer indentation level"_s);
    else if (!agrees || alternate != m_indents.constLast().second)
        fail(m_lineStart, m_at, u"inconsistent use of tabs and spaces in indentation"_s, false);
    m_leading = leading;
}

bool Lexer::skipSpaces()
{
    const qsizetype begin = m_at;
    while (isSpace(peek()))
        ++m_at;
    if (peek() == u'#') {
        while (!atEnd() && peek() != u'\n')
            ++m_at;
    } else if (peek() == u'\\') {
        skipContinuation();
    }
    return m_at != begin;
}

void Lexer::skipContinuation()
{
    ++m_at;
    if (peek() != u'\n') {
        fail(m_at, m_at + 1, u"unexpected character after line continuation character"_s);
    } else if (m_at + 1 == m_text.size()) {
        fail(m_at, m_at, u"unexpected EOF while parsing"_s);
    } else {
        ++m_at;
        startLine();
    }
}

void Lexer::lexToken()
{
    const QChar c = peek();
    if (isNameStart(character()))
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
    while (isNamePart(character()))
        m_at += peek().isHighSurrogate() ? 2 : 1;
    const QStringView name = m_text.sliced(begin, m_at - begin);
    if ((peek() == u'"' || peek() == u'\'') && isStringPrefix(name)) {
        m_at = begin;
        lexString();
    } else if (isAscii(name)) {
        push(Token::Kind::Name, begin);
    } else {
        // Python takes names that look alike for the same name.
        push(Token::Kind::Name, begin, name.toString().normalized(QString::NormalizationForm_KC),
             positionOf(begin));
    }
}

void Lexer::lexOperator()
{
    const qsizetype begin = m_at;
    const qsizetype length = operatorLength(m_text.sliced(m_at));
    if (length == 0)
        return lexInvalid();
    m_at += length;
    push(Token::Kind::Operator, begin);
    if (length == 1)
        follow(m_text.at(begin));
}

/// Counts brackets: \a c, the last token, may be one.
void Lexer::follow(QChar c)
{
    const Range range = m_result.tokens.constLast().range;
    const qsizetype begin = m_at - 1;
    if (c == u'(' || c == u'[' || c == u'{') {
        if (m_brackets.size() >= DeepestBracket)
            fail(begin, m_at, u"too many nested parentheses"_s);
        m_brackets.append({c, range});
    } else if (c == u')' || c == u']' || c == u'}') {
        if (m_brackets.isEmpty()) {
            fail(begin, m_at, u"unmatched '%1'"_s.arg(c));
            return;
        }
        const Bracket open = m_brackets.takeLast();
        if (closerOf(open.open) == c)
            return;
        const int line = open.range.begin.line;
        const QString where = line == range.begin.line ? QString() : u" on line %1"_s.arg(line);
        fail(begin, m_at,
             u"closing parenthesis '%1' does not match opening parenthesis '%2'"_s.arg(c).arg(open.open)
                 + where);
    }
}

void Lexer::lexInvalid()
{
    const char32_t c = character();
    const qsizetype end = m_at + (c > 0xffff ? 2 : 1);
    const QString code = QString::number(c, 16).toUpper().rightJustified(4, u'0');
    if (c < 0x80 && c >= 0x20 && c != 0x7f)
        fail(m_at, end, u"invalid syntax"_s);
    else if (QChar::isPrint(c) && !QChar::isSpace(c))
        fail(m_at, end, u"invalid character '%1' (U+%2)"_s.arg(m_text.sliced(m_at, end - m_at), code));
    else
        fail(m_at, end, u"invalid non-printable character U+%1"_s.arg(code));
}

void Lexer::lexNewline()
{
    if (m_brackets.isEmpty())
        push(Token::Kind::Newline, m_at);
    if (!atEnd()) {
        ++m_at;
        startLine();
    }
}

void Lexer::finish()
{
    const QStringList leading = std::exchange(m_leading, {});
    if (m_result.error) {
        push(Token::Kind::End, m_at);
        return;
    }
    if (!m_brackets.isEmpty()) {
        const Bracket open = m_brackets.constLast();
        m_result.error
            = Diagnostic{Diagnostic::Kind::Syntax, open.range, u"'%1' was never closed"_s.arg(open.open), {}};
        push(Token::Kind::End, m_at);
        return;
    }
    if (!m_result.tokens.isEmpty() && m_result.tokens.constLast().kind != Token::Kind::Newline)
        push(Token::Kind::Newline, m_at);
    if (m_at == m_lineStart && m_line > 1) {
        // What is missing at the end is missing behind the last line that has been written.
        m_lineStart = m_at < 2 ? 0 : m_text.lastIndexOf(u'\n', m_at - 2) + 1;
        --m_line;
        m_column = positionOf(m_at - 1).column;
        m_counted = m_at;
    }
    for (; m_indents.size() > 1; m_indents.removeLast())
        push(Token::Kind::Dedent, m_at);
    m_leading = leading;
    push(Token::Kind::End, m_at);
}

} // namespace deferscope::script
