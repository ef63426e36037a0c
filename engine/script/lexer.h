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

    bool is(QStringView op) const { return kind == Kind::Operator && text == op; }
    bool isKeyword(QStringView word) const { return kind == Kind::Name && text == word; }
};

/// Splits a script into tokens, line ends and indentation included.
class Lexer
{
public:
    explicit Lexer(QStringView text);

    /// All tokens, ending with Newline, Dedents and End; or the first error.
    std::optional<Diagnostic> run(QList<Token> &tokens);

private:
    struct Bracket
    {
        QChar open;
        Range range;
    };

    void lexLine();
    bool skipBlankOrComment(qsizetype indentationStart);
    void lexIndentation();
    void changeIndentation(int width, int alternate);
    void lexToken();
    void lexName();
    void lexNumber();
    void lexString();
    void lexOperator();
    void lexNewline();
    void finish();
    bool skipSpaces();

    QChar peek(qsizetype ahead = 0) const
    {
        return m_at + ahead < m_text.size() ? m_text.at(m_at + ahead) : QChar();
    }
    bool atEnd() const { return m_at >= m_text.size(); }
    Position positionOf(qsizetype offset);
    Range rangeOf(qsizetype begin, qsizetype end);
    void push(Token::Kind kind, qsizetype begin);
    void fail(qsizetype begin, qsizetype end, const QString &message);

    QStringView m_text;
    qsizetype m_at = 0;
    qsizetype m_lineStart = 0;
    int m_line = 1;
    QList<Token> *m_tokens = nullptr;
    QList<std::pair<int, int>> m_indents{{0, 0}}; ///< widths with tabs of 8 and of 1: both must agree
    QList<Bracket> m_brackets;
    QStringList m_leading;
    std::optional<Diagnostic> m_error;
};

} // namespace deferscope::script
