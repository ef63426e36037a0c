// SPDX-License-Identifier: MIT
#include "formattedreader.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {
constexpr int DeepestField = 2;
}

FormattedReader::FormattedReader(const Parser &parser, const StringBody &body, Position position,
                                 qsizetype offset)
    : m_parser(parser)
    , m_text(parser.m_text)
    , m_body(body)
    , m_at(body.begin)
    , m_end(body.end)
    , m_position(position)
    , m_counted(offset)
{
}

QList<FormattedString::Piece> FormattedReader::read() { return pieces(0); }

Position FormattedReader::positionOf(qsizetype offset)
{
    for (; m_counted < offset; ++m_counted) {
        const QChar c = m_text.at(m_counted);
        if (c == u'\n')
            m_position = {m_position.line + 1, 1};
        else if (!c.isLowSurrogate())
            ++m_position.column;
    }
    return m_position;
}

/// Up to the end; inside a format, where \a depth is not 0, up to its `}`.
QList<FormattedString::Piece> FormattedReader::pieces(int depth)
{
    QList<FormattedString::Piece> result;
    QString literal;
    const auto flush = [&] {
        if (!literal.isEmpty())
            result.append({m_parser.decoded(m_body, std::exchange(literal, {})), nullptr});
    };
    while (!atEnd() && (depth == 0 || peek() != u'}')) {
        const QChar c = peek();
        const bool isDoubled = depth == 0 && (c == u'{' || c == u'}') && peek(1) == c;
        if (c == u'}' && !isDoubled)
            m_parser.fail(u"f-string: single '}' is not allowed"_s);
        if (c == u'{' && !isDoubled) {
            flush();
            result.append({{}, field(depth)});
            continue;
        }
        if (c == u'\\' && !m_body.isRaw)
            literal += escape();
        else
            literal += m_text.at(m_at++);
        m_at += isDoubled ? 1 : 0;
    }
    flush();
    return result;
}

/// A backslash, and what belongs to it: the brackets of `\N{DASH}` are those of no field.
QStringView FormattedReader::escape()
{
    const qsizetype begin = m_at++;
    const bool isNamed = peek() == u'N' && peek(1) == u'{';
    const qsizetype closing = isNamed ? m_text.indexOf(u'}', m_at) : -1;
    if (closing >= 0 && closing < m_end)
        m_at = closing + 1;
    else if (!atEnd() && peek() != u'{' && peek() != u'}')
        ++m_at;
    return m_text.sliced(begin, m_at - begin);
}

void FormattedReader::expectMore() const
{
    if (atEnd())
        m_parser.fail(u"f-string: expecting '}'"_s);
}

std::shared_ptr<const FormattedString::Field> FormattedReader::field(int depth)
{
    if (depth >= DeepestField)
        m_parser.fail(u"f-string: expressions nested too deeply"_s);
    auto result = std::make_shared<FormattedString::Field>();
    const qsizetype begin = ++m_at;
    skipExpression();
    expectMore();
    if (m_text.sliced(begin, m_at - begin).trimmed().isEmpty())
        m_parser.fail(peek() == u'}' ? u"f-string: empty expression not allowed"_s
                                     : u"f-string: expression required before '%1'"_s.arg(peek()));
    result->expression = m_parser.field(begin, m_at, positionOf(begin));
    if (peek() == u'=') {
        do
            ++m_at;
        while (peek().isSpace());
        result->debugText = m_text.sliced(begin, m_at - begin).toString();
        expectMore();
    }
    if (peek() == u'!') {
        ++m_at;
        expectMore();
        result->conversion = m_text.at(m_at++);
        if (!QStringView(u"sra").contains(result->conversion))
            m_parser.fail(u"f-string: invalid conversion character: expected 's', 'r', or 'a'"_s);
        expectMore();
    }
    if (peek() == u':') {
        ++m_at;
        expectMore();
        result->specification = pieces(depth + 1);
    }
    if (peek() != u'}')
        m_parser.fail(u"f-string: expecting '}'"_s);
    ++m_at;
    return result;
}

bool FormattedReader::endsExpression() const
{
    const QChar c = peek();
    return c == u'!' || c == u':' || c == u'}' || c == u'=';
}

/// Up to what ends the expression of a field: `!`, `:`, `=` or `}`, outside of brackets and strings.
void FormattedReader::skipExpression()
{
    QList<QChar> open;
    while (!atEnd()) {
        const QChar c = peek();
        if (c == u'\\')
            m_parser.fail(u"f-string expression part cannot include a backslash"_s);
        if (c == u'#')
            m_parser.fail(u"f-string expression part cannot include '#'"_s);
        if (skipQuoted())
            continue;
        if (open.isEmpty() && peek(1) == u'=' && QStringView(u"!=<>").contains(c)) {
            m_at += 2;
            continue;
        }
        if (open.isEmpty() && endsExpression())
            return;
        if (c == u'(' || c == u'[' || c == u'{')
            open.append(c);
        else if (c == u')' || c == u']' || c == u'}')
            close(c, open);
        ++m_at;
    }
    if (!open.isEmpty())
        m_parser.fail(u"f-string: unmatched '%1'"_s.arg(open.constLast()));
}

void FormattedReader::close(QChar bracket, QList<QChar> &open)
{
    if (open.isEmpty())
        m_parser.fail(u"f-string: unmatched '%1'"_s.arg(bracket));
    const QChar opening = open.takeLast();
    const QChar closing = opening == u'(' ? u')' : opening == u'[' ? u']' : u'}';
    if (closing != bracket)
        m_parser.fail(
            u"f-string: closing parenthesis '%1' does not match opening parenthesis '%2'"_s.arg(bracket).arg(
                opening));
}

/// A string inside a field.
bool FormattedReader::skipQuoted()
{
    const QChar quote = peek();
    if (quote != u'\'' && quote != u'"')
        return false;
    const bool isTriple = peek(1) == quote && peek(2) == quote;
    const QString closing(isTriple ? 3 : 1, quote);
    const qsizetype end = m_text.first(m_end).indexOf(closing, m_at + closing.size());
    const qsizetype next = end < 0 ? m_end : end;
    if (m_text.sliced(m_at, next - m_at).contains(u'\\'))
        m_parser.fail(u"f-string expression part cannot include a backslash"_s);
    if (end < 0)
        m_parser.fail(u"f-string: unterminated string"_s);
    m_at = end + closing.size();
    return true;
}

} // namespace deferscope::syntax
