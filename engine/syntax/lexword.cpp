// SPDX-License-Identifier: MIT
// Names, operators and brackets.
#include "lexer.h"

#include "characters.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype DeepestBracket = 200; ///< as in Python

/// These stand at the beginning of a statement alone: no line inside brackets begins with one.
constexpr QStringView OnlyStatements[]
    = {u"def",  u"class", u"return", u"import", u"while",    u"with",   u"try",  u"except", u"finally",
       u"elif", u"raise", u"del",    u"global", u"nonlocal", u"assert", u"pass", u"break",  u"continue"};

QChar closerOf(QChar open) { return open == u'(' ? u')' : open == u'[' ? u']' : u'}'; }

bool isStringPrefix(QStringView word)
{
    constexpr QStringView Prefixes[] = {u"r", u"b", u"u", u"f", u"br", u"rb", u"fr", u"rf"};
    return word.size() <= 2 && std::any_of(std::begin(Prefixes), std::end(Prefixes), [word](QStringView one) {
               return word.compare(one, Qt::CaseInsensitive) == 0;
           });
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

bool isKeyword(QStringView word)
{
    constexpr QStringView Keywords[]
        = {u"False", u"None",     u"True",  u"and",    u"as",   u"assert", u"async",  u"await",    u"break",
           u"class", u"continue", u"def",   u"del",    u"elif", u"else",   u"except", u"finally",  u"for",
           u"from",  u"global",   u"if",    u"import", u"in",   u"is",     u"lambda", u"nonlocal", u"not",
           u"or",    u"pass",     u"raise", u"return", u"try",  u"while",  u"with",   u"yield"};
    return contains(Keywords, word);
}

QString Token::name() const
{
    const QString written = text.toString();
    return isAscii(text) ? written : written.normalized(QString::NormalizationForm_KC);
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
    const qsizetype begin = m_spot.at;
    while (isNamePart(character()))
        m_spot.at += peek().isHighSurrogate() ? 2 : 1;
    const QStringView name = m_text.sliced(begin, m_spot.at - begin);
    if ((peek() == u'"' || peek() == u'\'') && isStringPrefix(name)) {
        m_spot.at = begin;
        lexString();
    } else if (m_isFirstOfLine && !m_brackets.isEmpty() && contains(OnlyStatements, name)) {
        failUnclosed();
    } else {
        push(Token::Kind::Name, begin);
    }
}

void Lexer::lexOperator()
{
    const qsizetype begin = m_spot.at;
    const qsizetype length = operatorLength(m_text.sliced(m_spot.at));
    if (length == 0)
        return lexInvalid();
    m_spot.at += length;
    push(Token::Kind::Operator, begin);
    if (length == 1)
        follow(m_text.at(begin));
}

/// Counts brackets: \a c, the last token, may be one.
void Lexer::follow(QChar c)
{
    const Range range = m_result.tokens.constLast().range;
    const qsizetype begin = m_spot.at - 1;
    if (c == u'(' || c == u'[' || c == u'{') {
        if (m_brackets.size() >= DeepestBracket)
            fail(begin, m_spot.at, u"too many nested parentheses"_s);
        m_brackets.append({c, range});
    } else if (c == u')' || c == u']' || c == u'}') {
        if (m_brackets.isEmpty()) {
            fail(begin, m_spot.at, u"unmatched '%1'"_s.arg(c));
            return;
        }
        const Bracket open = m_brackets.takeLast();
        if (closerOf(open.open) == c)
            return;
        const int line = open.range.begin.line;
        const QString where = line == range.begin.line ? QString() : u" on line %1"_s.arg(line);
        fail(begin, m_spot.at,
             u"closing parenthesis '%1' does not match opening parenthesis '%2'"_s.arg(c).arg(open.open)
                 + where);
    }
}

void Lexer::lexInvalid()
{
    const char32_t c = character();
    const qsizetype end = m_spot.at + (c > 0xffff ? 2 : 1);
    const QString code = QString::number(c, 16).toUpper().rightJustified(4, u'0');
    if (c < 0x80 && c >= 0x20 && c != 0x7f)
        fail(m_spot.at, end, u"invalid syntax"_s);
    else if (QChar::isPrint(c) && !QChar::isSpace(c))
        fail(m_spot.at, end,
             u"invalid character '%1' (U+%2)"_s.arg(m_text.sliced(m_spot.at, end - m_spot.at), code));
    else
        fail(m_spot.at, end, u"invalid non-printable character U+%1"_s.arg(code));
}

} // namespace deferscope::syntax
