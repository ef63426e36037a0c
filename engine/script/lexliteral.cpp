// SPDX-License-Identifier: MIT
#include "lexer.h"

#include <algorithm>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

bool isDigitOf(QChar c, int base)
{
    const char16_t lower = c.toLower().unicode();
    return base == 16 ? isDigit(c) || (lower >= u'a' && lower <= u'f')
                      : isDigit(c) && c.unicode() < u'0' + base;
}

/// Python lets these stand right behind a number: `1if x else 2`.
bool startsWithOperatorWord(QStringView text)
{
    static const QStringList words{u"and"_s, u"else"_s, u"for"_s, u"if"_s,
                                   u"in"_s,  u"is"_s,   u"or"_s,  u"not"_s};
    return std::any_of(words.begin(), words.end(),
                       [text](const QString &word) { return text.startsWith(word); });
}

} // namespace

void Lexer::lexNumber()
{
    const qsizetype begin = m_at;
    const QChar second = peek() == u'0' ? peek(1).toLower() : QChar();
    if (second == u'x')
        lexPrefixedNumber(u"hexadecimal"_s, 16);
    else if (second == u'o')
        lexPrefixedNumber(u"octal"_s, 8);
    else if (second == u'b')
        lexPrefixedNumber(u"binary"_s, 2);
    else
        lexDecimalNumber();
    if (!m_result.error)
        push(Token::Kind::Number, begin);
}

void Lexer::lexPrefixedNumber(const QString &kind, int base)
{
    m_at += 2;
    do {
        if (peek() == u'_')
            ++m_at;
        if (!isDigitOf(peek(), base)) {
            if (!isDigit(peek())) {
                failNumber(u"invalid %1 literal"_s.arg(kind));
                return;
            }
            break;
        }
        while (isDigitOf(peek(), base))
            ++m_at;
    } while (peek() == u'_');
    if (isDigit(peek())) {
        ++m_at;
        failNumber(u"invalid digit '%1' in %2 literal"_s.arg(m_text.at(m_at - 1)).arg(kind));
        return;
    }
    endNumber(kind);
}

/// Digits with single underscores between them.
bool Lexer::lexDigits()
{
    while (true) {
        while (isDigit(peek()))
            ++m_at;
        if (peek() != u'_')
            return true;
        ++m_at;
        if (!isDigit(peek())) {
            failNumber(u"invalid decimal literal"_s);
            return false;
        }
    }
}

void Lexer::lexDecimalNumber()
{
    const qsizetype begin = m_at;
    if (!lexDigits())
        return;
    const qsizetype integerEnd = m_at;
    if (peek() == u'.') {
        ++m_at;
        if (isDigit(peek()) && !lexDigits())
            return;
    }
    if (!lexExponent())
        return;
    const bool isImaginary = peek().toLower() == u'j';
    if (isImaginary)
        ++m_at;
    const QStringView digits = m_text.sliced(begin, integerEnd - begin);
    const auto isZero = [](QChar c) { return c == u'0' || c == u'_'; };
    if (m_at == integerEnd && digits.startsWith(u'0') && !std::all_of(digits.begin(), digits.end(), isZero)) {
        fail(
            begin, m_at,
            u"leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"_s);
        return;
    }
    endNumber(isImaginary ? u"imaginary"_s : u"decimal"_s);
}

bool Lexer::lexExponent()
{
    if (peek().toLower() != u'e')
        return true;
    const bool isSigned = peek(1) == u'+' || peek(1) == u'-';
    if (isDigit(peek(isSigned ? 2 : 1))) {
        m_at += isSigned ? 2 : 1;
        return lexDigits();
    }
    if (isSigned) {
        m_at += 2;
        failNumber(u"invalid decimal literal"_s);
    }
    return !isSigned;
}

void Lexer::endNumber(const QString &kind)
{
    const QChar c = peek();
    const bool isPartOfName = c.isLetterOrNumber() || c == u'_' || c.unicode() >= 0x80;
    if (isPartOfName && !startsWithOperatorWord(m_text.sliced(m_at)))
        failNumber(u"invalid %1 literal"_s.arg(kind));
}

void Lexer::lexString()
{
    const qsizetype begin = m_at;
    const Position position = positionOf(begin);
    while (peek() != u'"' && peek() != u'\'')
        ++m_at;
    const QChar quote = peek();
    const bool isTriple = peek(1) == quote && peek(2) == quote;
    const auto atClosing
        = [&] { return peek() == quote && (!isTriple || (peek(1) == quote && peek(2) == quote)); };
    const qsizetype quotes = isTriple ? 3 : 1;
    m_at += quotes;
    while (!atEnd() && !atClosing() && (isTriple || peek() != u'\n')) {
        if (peek() == u'\\')
            ++m_at;
        const bool endsLine = peek() == u'\n';
        m_at = std::min(m_at + 1, m_text.size());
        if (endsLine)
            startLine();
    }
    if (atEnd() || !atClosing()) {
        const bool isPastEnd = atEnd() && m_lineStart == m_at;
        m_result.error = Diagnostic{Diagnostic::Kind::Syntax,
                                    {position, {position.line, position.column + 1}},
                                    u"unterminated %1string literal (detected at line %2)"_s
                                        .arg(isTriple ? u"triple-quoted "_s : QString())
                                        .arg(isPastEnd ? m_line - 1 : m_line),
                                    {}};
        m_result.outranks = true;
        return;
    }
    m_at += quotes;
    push(Token::Kind::String, begin, m_text.sliced(begin, m_at - begin).toString(), position);
}

} // namespace deferscope::script
