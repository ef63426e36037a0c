// SPDX-License-Identifier: MIT
#include "nesting.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// A literal as written, taken apart.
struct Parts
{
    QString prefix; ///< lower case
    QStringView body;
    qsizetype bodyOffset = 0; ///< in the token
    bool has(QChar c) const { return prefix.contains(c); }
};

Parts partsOf(const Token &token)
{
    const QStringView text(token.text);
    qsizetype at = 0;
    while (text.at(at) != u'"' && text.at(at) != u'\'')
        ++at;
    const QChar quote = text.at(at);
    const bool isTriple = text.size() - at >= 6 && text.at(at + 1) == quote && text.at(at + 2) == quote;
    const qsizetype length = isTriple ? 3 : 1;
    return {text.first(at).toString().toLower(), text.sliced(at + length, text.size() - at - 2 * length),
            at + length};
}

int digitsOfEscape(QChar c) { return c == u'x' ? 2 : c == u'u' ? 4 : c == u'U' ? 8 : 0; }

} // namespace

QString Parser::decoded(const Token &token, QStringView body, bool raw, bool bytes) const
{
    if (raw)
        return body.toString();
    static constexpr QStringView Letters = u"abfnrtv\\'\"";
    static constexpr QStringView Meanings = u"\a\b\f\n\r\t\v\\'\"";
    QString result;
    for (qsizetype i = 0; i < body.size(); ++i) {
        if (body.at(i) != u'\\' || i + 1 == body.size()) {
            result += body.at(i);
            continue;
        }
        const QChar c = body.at(++i);
        if (c == u'\n')
            continue;
        if (const qsizetype index = Letters.indexOf(c); index >= 0) {
            result += Meanings.at(index);
            continue;
        }
        if (c >= u'0' && c <= u'7') {
            qsizetype length = 1;
            while (length < 3 && i + length < body.size() && body.at(i + length) >= u'0'
                   && body.at(i + length) <= u'7')
                ++length;
            result += QChar(char16_t(body.sliced(i, length).toInt(nullptr, 8)));
            i += length - 1;
            continue;
        }
        const int digits = bytes && c != u'x' ? 0 : digitsOfEscape(c);
        if (digits > 0) {
            bool ok = i + digits < body.size();
            const char32_t code = ok ? body.sliced(i + 1, digits).toUInt(&ok, 16) : 0;
            if (!ok || code > 0x10ffff)
                failAt(
                    token.range,
                    u"(unicode error) 'unicodeescape' codec can't decode bytes: truncated \\%1 escape"_s.arg(
                        c));
            result += QString::fromUcs4(&code, 1);
            i += digits;
            continue;
        }
        if (c == u'N' && !bytes)
            refuse(token.range, u"\\N{…} escapes are not supported"_s, u"Write the character itself."_s);
        result += u'\\';
        result += c;
    }
    return result;
}

ExpressionPtr Parser::string()
{
    const Position begin = peek().range.begin;
    StringLiteral plain;
    FormattedString formatted;
    bool isFormatted = false;
    const qsizetype textBegin = peek().begin;
    qsizetype textEnd = textBegin;
    for (bool first = true; peek().kind == Token::Kind::String; first = false) {
        const Token token = take();
        const Parts parts = partsOf(token);
        if (!first && parts.has(u'b') != plain.isBytes)
            failAt(token.range, u"cannot mix bytes and nonbytes literals"_s);
        plain.isBytes = parts.has(u'b');
        textEnd = token.end;
        isFormatted |= parts.has(u'f');
        if (parts.has(u'f')) {
            formattedPieces(token, parts.body, parts.bodyOffset, parts.has(u'r'), formatted.pieces, 0);
        } else {
            const QString value = decoded(token, parts.body, parts.has(u'r'), plain.isBytes);
            plain.parts.append({token.text, value});
            formatted.pieces.append({value, nullptr});
        }
    }
    if (!isFormatted)
        return make(begin, plain);
    formatted.text = m_text.sliced(textBegin, textEnd - textBegin).toString();
    return make(begin, formatted);
}

void Parser::formattedPieces(const Token &token, QStringView body, qsizetype offset, bool raw,
                             QList<FormattedString::Piece> &pieces, int depth)
{
    QString literal;
    const auto flush = [&] {
        if (!literal.isEmpty())
            pieces.append({decoded(token, literal, raw, false), nullptr});
        literal.clear();
    };
    for (qsizetype at = 0; at < body.size();) {
        const QChar c = body.at(at);
        const bool doubled = at + 1 < body.size() && body.at(at + 1) == c;
        if ((c == u'{' || c == u'}') && doubled && depth == 0) {
            literal += c;
            at += 2;
        } else if (c == u'{') {
            flush();
            pieces.append(field(token, body, at, offset, raw, depth));
        } else if (c == u'}') {
            failAt(token.range, u"f-string: single '}' is not allowed"_s);
        } else {
            literal += c;
            ++at;
        }
    }
    flush();
}

FormattedString::Piece Parser::field(const Token &token, QStringView body, qsizetype &at, qsizetype offset,
                                     bool raw, int depth)
{
    if (depth >= 2)
        failAt(token.range, u"f-string: expressions nested too deeply"_s);
    const qsizetype begin = ++at;
    QList<QChar> brackets;
    QChar quote;
    const auto endsExpression = [&](qsizetype i) {
        const QChar c = body.at(i);
        if (!brackets.isEmpty() || !quote.isNull())
            return false;
        if (c == u'!' && i + 1 < body.size() && body.at(i + 1) == u'=')
            return false;
        if (c == u'=' && i > begin && i + 1 < body.size()) {
            static constexpr QStringView Before = u"=!<>:";
            const QChar next = body.at(i + 1);
            return next != u'=' && !Before.contains(body.at(i - 1))
                && (next == u'}' || next == u'!' || next == u':' || next == u' ');
        }
        return c == u'}' || c == u':' || c == u'!';
    };
    while (at < body.size() && !endsExpression(at)) {
        const QChar c = body.at(at);
        if (c == u'\\')
            failAt(token.range, u"f-string expression part cannot include a backslash"_s);
        if (!quote.isNull()) {
            if (c == quote)
                quote = {};
        } else if (c == u'\'' || c == u'"') {
            quote = c;
        } else if (c == u'(' || c == u'[' || c == u'{') {
            brackets.append(c);
        } else if ((c == u')' || c == u']' || c == u'}') && !brackets.isEmpty()) {
            brackets.removeLast();
        }
        ++at;
    }
    if (at >= body.size())
        failAt(token.range, u"f-string: expecting '}'"_s);
    auto result = std::make_shared<FormattedString::Field>();
    const QString text = body.sliced(begin, at - begin).toString();
    if (text.trimmed().isEmpty())
        failAt(token.range, u"f-string: empty expression not allowed"_s);
    if (body.at(at) == u'=') {
        qsizetype end = at + 1;
        while (end < body.size() && body.at(end) == u' ')
            ++end;
        result->debugText = body.sliced(begin, end - begin).toString();
        at = end;
    }
    // Read in parentheses, so that spaces and line ends in it mean nothing; places are those of the whole
    // literal.
    QList<Token> tokens;
    const QString wrapped = u'(' + text + u')';
    if (const auto error = Lexer(wrapped).run(tokens))
        failAt(token.range, u"f-string: "_s + error->message);
    for (Token &inner : tokens)
        inner.range = token.range;
    try {
        result->expression = Parser(wrapped, tokens).wholeExpression();
    } catch (const Diagnostic &error) {
        throw Diagnostic{error.kind, token.range, u"f-string: "_s + error.message, error.advice};
    }
    if (at < body.size() && body.at(at) == u'!') {
        if (at + 1 >= body.size() || !QStringView(u"sra").contains(body.at(at + 1)))
            failAt(token.range, u"f-string: invalid conversion character: expected 's', 'r', or 'a'"_s);
        result->conversion = body.at(at + 1);
        at += 2;
    }
    if (at < body.size() && body.at(at) == u':') {
        const qsizetype specBegin = ++at;
        int open = 0;
        while (at < body.size() && (open > 0 || body.at(at) != u'}')) {
            open += body.at(at) == u'{' ? 1 : body.at(at) == u'}' ? -1 : 0;
            ++at;
        }
        formattedPieces(token, body.sliced(specBegin, at - specBegin), offset + specBegin, raw,
                        result->specification, depth + 1);
    }
    if (at >= body.size() || body.at(at) != u'}')
        failAt(token.range, u"f-string: expecting '}'"_s);
    ++at;
    return {{}, result};
}

} // namespace deferscope::script
