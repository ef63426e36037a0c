// SPDX-License-Identifier: MIT
#include "formattedreader.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

StringBody bodyOf(const Token &token)
{
    const QStringView text = token.text;
    qsizetype at = 0;
    while (text.at(at) != u'"' && text.at(at) != u'\'')
        ++at;
    const QStringView prefix = text.first(at);
    const QChar quote = text.at(at);
    const bool isTriple = text.size() - at >= 6 && text.at(at + 1) == quote && text.at(at + 2) == quote;
    const qsizetype quotes = isTriple ? 3 : 1;
    const auto has = [prefix](QChar letter) { return prefix.contains(letter, Qt::CaseInsensitive); };
    return {token.begin + at + quotes, token.end - quotes, has(u'r'), has(u'b'), has(u'f')};
}

/// Reads the escapes of a literal.
class Decoder
{
public:
    Decoder(QStringView text, bool isBytes)
        : m_text(text)
        , m_isBytes(isBytes)
    {
    }

    QString run();
    const QString &error() const { return m_error; }

private:
    void escape();
    void octal();
    void hexadecimal(QChar kind);

    QStringView m_text;
    bool m_isBytes;
    qsizetype m_at = 0;
    QString m_result;
    QString m_error;
};

QString Decoder::run()
{
    while (m_at < m_text.size() && m_error.isEmpty()) {
        if (m_text.at(m_at) == u'\\' && m_at + 1 < m_text.size())
            escape();
        else
            m_result += m_text.at(m_at++);
    }
    return m_result;
}

void Decoder::escape()
{
    static constexpr QStringView Letters = u"abfnrtv\\'\"";
    static constexpr QStringView Meanings = u"\a\b\f\n\r\t\v\\'\"";
    const QChar c = m_text.at(m_at + 1);
    if (c == u'\n') {
        m_at += 2;
    } else if (const qsizetype index = Letters.indexOf(c); index >= 0) {
        m_result += Meanings.at(index);
        m_at += 2;
    } else if (c >= u'0' && c <= u'7') {
        octal();
    } else if (c == u'x' || (!m_isBytes && (c == u'u' || c == u'U'))) {
        hexadecimal(c);
    } else {
        m_result += m_text.sliced(m_at, 2);
        m_at += 2;
    }
}

void Decoder::octal()
{
    qsizetype end = m_at + 1;
    while (end < m_text.size() && end < m_at + 4 && m_text.at(end) >= u'0' && m_text.at(end) <= u'7')
        ++end;
    const int code = m_text.sliced(m_at + 1, end - m_at - 1).toInt(nullptr, 8);
    m_result += QChar(static_cast<char16_t>(m_isBytes ? code & 0xff : code));
    m_at = end;
}

void Decoder::hexadecimal(QChar kind)
{
    const qsizetype wanted = kind == u'x' ? 2 : kind == u'u' ? 4 : 8;
    const qsizetype first = m_at + 2;
    const auto isDigit
        = [](QChar c) { return (c >= u'0' && c <= u'9') || QStringView(u"abcdef").contains(c.toLower()); };
    qsizetype end = first;
    while (end < m_text.size() && end < first + wanted && isDigit(m_text.at(end)))
        ++end;
    const char32_t code = m_text.sliced(first, end - first).toUInt(nullptr, 16);
    const QString where
        = u"(unicode error) 'unicodeescape' codec can't decode bytes in position %1-%2: "_s.arg(m_at).arg(
            end - 1);
    if (end - first < wanted && m_isBytes)
        m_error = u"(value error) invalid \\x escape at position %1"_s.arg(m_at);
    else if (end - first < wanted)
        m_error = where + u"truncated \\%1%2 escape"_s.arg(kind).arg(QString(wanted, u'X'));
    else if (code > 0x10ffff)
        m_error = where + u"illegal Unicode character"_s;
    else
        m_result += QStringView(QChar::fromUcs4(code));
    m_at = end;
}

} // namespace

/// What \a text, a part of the literal \a body, means. Errors are told where Python tells them: behind the
/// literal.
QString Parser::decoded(const StringBody &body, QStringView text) const
{
    if (body.isBytes && std::any_of(text.begin(), text.end(), [](QChar c) { return c.unicode() > 0x7f; }))
        fail(u"bytes can only contain ASCII literal characters"_s);
    if (body.isRaw || !text.contains(u'\\'))
        return text.toString();
    Decoder decoder(text, body.isBytes);
    const QString result = decoder.run();
    if (!decoder.error().isEmpty())
        fail(decoder.error());
    return result;
}

ExpressionPtr Parser::string()
{
    const qsizetype first = m_at;
    while (peek().kind == Token::Kind::String)
        take();
    StringLiteral plain;
    FormattedString formatted;
    bool isFormatted = false;
    for (qsizetype i = first; i < m_at; ++i) {
        const Token &token = m_tokens.at(i);
        const StringBody body = bodyOf(token);
        if (i > first && body.isBytes != plain.isBytes)
            fail(u"cannot mix bytes and nonbytes literals"_s);
        plain.isBytes = body.isBytes;
        plain.hasNamedCharacters |= !body.isBytes && !body.isRaw && token.text.contains(u"\\N{");
        isFormatted |= body.isFormatted;
        if (body.isFormatted) {
            formatted.pieces += FormattedReader(*this, body, token.range.begin, token.begin).read();
        } else {
            const QString value = decoded(body, m_text.sliced(body.begin, body.end - body.begin));
            plain.parts.append({token.text.toString(), value});
            formatted.pieces.append({value, nullptr});
        }
    }
    const Position begin = m_tokens.at(first).range.begin;
    if (!isFormatted)
        return make(begin, plain);
    formatted.text = textFrom(first);
    formatted.hasNamedCharacters = plain.hasNamedCharacters;
    return make(begin, formatted);
}

/// The expression from the offset \a begin, which is at \a position, to \a end.
ExpressionPtr Parser::field(qsizetype begin, qsizetype end, Position position) const
{
    try {
        Lexed lexed = Lexer(m_text).runInBrackets(begin, end, position);
        if (!lexed.problems.isEmpty())
            throw lexed.problems.constFirst();
        Parser parser(m_text, std::move(lexed));
        parser.m_depth = m_depth;
        return parser.wholeField();
    } catch (const Diagnostic &error) {
        throw Diagnostic{error.kind, error.range, u"f-string: "_s + error.message, error.advice};
    }
}

ExpressionPtr Parser::wholeField()
{
    const ExpressionPtr result = groupContent(peek().range.begin);
    if (peek().kind != Token::Kind::End)
        fail();
    return result;
}

} // namespace deferscope::syntax
