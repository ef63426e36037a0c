// SPDX-License-Identifier: MIT
#include "lexer.h"

#include "characters.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

bool isDigitOf(QChar c, int base)
{
    const char16_t lower = c.toLower().unicode();
    return base == 16 ? isDigit(c) || (lower >= u'a' && lower <= u'f')
                      : isDigit(c) && c.unicode() < u'0' + base;
}

/// Python lets these stand right behind a number: `1if x else 2`.
bool startsWithOperatorWord(QStringView text)
{
    constexpr QStringView Words[] = {u"and", u"else", u"for", u"if", u"in", u"is", u"or", u"not"};
    return std::any_of(std::begin(Words), std::end(Words),
                       [text](QStringView word) { return text.startsWith(word); });
}

} // namespace

void Lexer::lexNumber()
{
    const qsizetype begin = m_spot.at;
    const QChar second = peek() == u'0' ? peek(1).toLower() : QChar();
    if (second == u'x')
        lexPrefixedNumber(u"hexadecimal"_s, 16);
    else if (second == u'o')
        lexPrefixedNumber(u"octal"_s, 8);
    else if (second == u'b')
        lexPrefixedNumber(u"binary"_s, 2);
    else
        lexDecimalNumber();
    if (!m_problem)
        push(Token::Kind::Number, begin);
}

void Lexer::lexPrefixedNumber(const QString &kind, int base)
{
    m_spot.at += 2;
    do {
        if (peek() == u'_')
            ++m_spot.at;
        if (!isDigitOf(peek(), base)) {
            if (!isDigit(peek())) {
                failNumber(u"invalid %1 literal"_s.arg(kind));
                return;
            }
            break;
        }
        while (isDigitOf(peek(), base))
            ++m_spot.at;
    } while (peek() == u'_');
    if (isDigit(peek())) {
        ++m_spot.at;
        failNumber(u"invalid digit '%1' in %2 literal"_s.arg(m_text.at(m_spot.at - 1)).arg(kind));
        return;
    }
    endNumber(kind);
}

/// Digits with single underscores between them.
bool Lexer::lexDigits()
{
    while (true) {
        while (isDigit(peek()))
            ++m_spot.at;
        if (peek() != u'_')
            return true;
        ++m_spot.at;
        if (!isDigit(peek())) {
            failNumber(u"invalid decimal literal"_s);
            return false;
        }
    }
}

void Lexer::lexDecimalNumber()
{
    const qsizetype begin = m_spot.at;
    if (!lexDigits())
        return;
    const qsizetype integerEnd = m_spot.at;
    if (peek() == u'.') {
        ++m_spot.at;
        if (isDigit(peek()) && !lexDigits())
            return;
    }
    if (!lexExponent())
        return;
    const bool isImaginary = peek().toLower() == u'j';
    if (isImaginary)
        ++m_spot.at;
    const QStringView digits = m_text.sliced(begin, integerEnd - begin);
    const auto isZero = [](QChar c) { return c == u'0' || c == u'_'; };
    if (m_spot.at == integerEnd && digits.startsWith(u'0')
        && !std::all_of(digits.begin(), digits.end(), isZero)) {
        fail(
            begin, m_spot.at,
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
        m_spot.at += isSigned ? 2 : 1;
        return lexDigits();
    }
    if (isSigned) {
        m_spot.at += 2;
        failNumber(u"invalid decimal literal"_s);
    }
    return !isSigned;
}

void Lexer::endNumber(const QString &kind)
{
    const QChar c = peek();
    const bool isPartOfName = c.isLetterOrNumber() || c == u'_' || c.unicode() >= 0x80;
    if (isPartOfName && !startsWithOperatorWord(m_text.sliced(m_spot.at)))
        failNumber(u"invalid %1 literal"_s.arg(kind));
}

void Lexer::lexString()
{
    const qsizetype begin = m_spot.at;
    const Position position = positionOf(begin);
    while (peek() != u'"' && peek() != u'\'')
        ++m_spot.at;
    const QChar quote = peek();
    const bool isTriple = peek(1) == quote && peek(2) == quote;
    const auto atClosing
        = [&] { return peek() == quote && (!isTriple || (peek(1) == quote && peek(2) == quote)); };
    const qsizetype quotes = isTriple ? 3 : 1;
    m_spot.at += quotes;
    while (!atEnd() && !atClosing() && (isTriple || peek() != u'\n')) {
        if (peek() == u'\\')
            m_spot.at += peek(1) == u'\r' && peek(2) == u'\n' ? 2 : 1;
        const bool endsLine = peek() == u'\n';
        m_spot.at = std::min(m_spot.at + 1, m_text.size());
        if (endsLine)
            startLine();
    }
    if (atEnd() || !atClosing()) {
        m_problem = Diagnostic{Diagnostic::Kind::Syntax,
                               {position, {position.line, position.column + 1}},
                               isTriple ? u"unterminated triple-quoted string literal"_s
                                        : u"unterminated string literal"_s,
                               {}};
        m_isLocal = !isTriple;
        return;
    }
    m_spot.at += quotes;
    push(Token::Kind::String, begin, position);
}

} // namespace deferscope::syntax
