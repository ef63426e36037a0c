// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/diagnostic.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace deferscope::script {

/// One word of a script. Strings and numbers are tokens as written; the parser decodes them.
struct Token
{
    enum class Kind : quint8 { Name, Number, String, Operator, Newline, Indent, Dedent, End };

    Kind kind = Kind::End;
    QString text; ///< as written
    Range range;
    qsizetype begin = 0; ///< offsets into the text
    qsizetype end = 0;
    QStringList leading; ///< of the first token of a line: the lines above it that hold a comment or nothing

    bool is(QStringView op) const { return kind == Kind::Operator && isText(op); }
    bool isKeyword(QStringView word) const { return kind == Kind::Name && isText(word); }

private:
    // A parser asks this several times a token, nearly always in vain.
    bool isText(QStringView wanted) const
    {
        return text.size() == wanted.size() && text.at(0) == wanted.at(0) && text == wanted;
    }
};

bool isKeyword(const QString &word);

/// What a text, or a part of one, could be split into.
struct Lexed
{
    QList<Token> tokens; ///< ending with End; up to the error when there is one
    std::optional<Diagnostic> error;
    bool outranks = false; ///< Python tells this error even when the parser finds one before it
};

/// Splits a script into tokens, line ends and indentation included.
class Lexer
{
public:
    explicit Lexer(QStringView text);

    /// All tokens; behind the last line come Newline and Dedents.
    Lexed run();
    /// The tokens from the offset \a begin, at \a position, to \a end, as if there were brackets round them.
    Lexed runInBrackets(qsizetype begin, qsizetype end, Position position);

private:
    struct Bracket
    {
        QChar open;
        Range range;
    };

    void lexLine();
    bool skipBlankOrComment();
    void lexIndentation();
    void changeIndentation(int width, int alternate);
    void lexToken();
    void lexName();
    void lexString();
    void lexOperator();
    void follow(QChar bracket);
    void lexInvalid();
    void lexNewline();
    void finish();
    bool skipSpaces();
    void skipContinuation();

    void lexNumber();
    bool lexDigits();
    void lexPrefixedNumber(const QString &kind, int base);
    void lexDecimalNumber();
    bool lexExponent();
    void endNumber(const QString &kind);
    void failNumber(const QString &message) { fail(m_at - 1, m_at, message); }

    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
    }
    char32_t character() const; ///< the code point that comes next
    bool atEnd() const { return m_at >= m_text.size(); }
    Position positionOf(qsizetype offset);
    Range rangeOf(qsizetype begin, qsizetype end) { return {positionOf(begin), positionOf(end)}; }
    void push(Token::Kind kind, qsizetype begin, const QString &text, Position position);
    void push(Token::Kind kind, qsizetype begin);
    void startLine();
    void fail(qsizetype begin, qsizetype end, const QString &message, bool outranks = true);

    QStringView m_text;
    qsizetype m_at = 0;
    int m_line = 1;
    qsizetype m_lineStart = 0;
    qsizetype m_counted = 0; ///< columns are counted up to here: a line may be very long
    int m_column = 1;
    QList<std::pair<int, int>> m_indents{{0, 0}}; ///< widths with tabs of 8 and of 1: both must agree
    QList<Bracket> m_brackets;
    QStringList m_leading;
    Lexed m_result;
};

} // namespace deferscope::script
