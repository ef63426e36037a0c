// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/diagnostic.h"

#include <QList>
#include <QStringList>

#include <optional>

namespace deferscope::syntax {

/// One word of a script, as a view into its text. Strings and numbers are tokens as written; the parser
/// decodes them.
struct Token
{
    enum class Kind : quint8 {
        Name,
        Number,
        String,
        Operator,
        Unreadable, ///< all of a line, or of lines, that cannot be split into words
        Newline,
        Indent,
        Dedent,
        End
    };

    Kind kind = Kind::End;
    QStringView text; ///< as written
    Range range;
    qsizetype begin = 0; ///< offsets into the text
    qsizetype end = 0;
    qsizetype above = -1; ///< of the first token of a line: where the lines above it begin that hold a
                          ///< comment or nothing; -1: there are none

    bool is(QStringView op) const { return kind == Kind::Operator && isText(op); }
    bool isKeyword(QStringView word) const { return kind == Kind::Name && isText(word); }
    QString name() const; ///< Python takes names that look alike for the same name

private:
    // A parser asks this several times a token, nearly always in vain.
    bool isText(QStringView wanted) const
    {
        return text.size() == wanted.size() && text.front() == wanted.front() && text == wanted;
    }
};

bool isKeyword(QStringView word);

/// The lines of \a text above \a token that hold a comment or nothing.
QStringList linesAbove(const Token &token, QStringView text);

/// What a text, or a part of one, is split into.
struct Lexed
{
    QList<Token> tokens;        ///< ending with End
    QList<Diagnostic> problems; ///< one for each Unreadable
};

/// Splits a script into tokens, line ends and indentation included.
///
/// Where that cannot be done it goes on with the next line: the line that is in error becomes one Unreadable,
/// together with the lines that go on with it as far as their indentation tells. A bracket that nobody closes
/// thus costs the line that it stands in and not the rest of the text.
class Lexer
{
public:
    explicit Lexer(QStringView text);

    /// All tokens; behind the last line come Newline and Dedents.
    Lexed run();
    /// The tokens from the offset \a begin, at \a position, to \a end, as if there were brackets round them;
    /// up to the first problem.
    Lexed runInBrackets(qsizetype begin, qsizetype end, Position position);

private:
    struct Bracket
    {
        QChar open;
        Range range;
    };
    /// Where the lexer stands in the text.
    struct Spot
    {
        qsizetype at = 0;
        int line = 1;
        qsizetype lineStart = 0;
    };

    void lexLine();
    bool skipBlankOrComment();
    void lexIndentation();
    void changeIndentation(int width, int alternate);
    void lexTokens();
    void lexToken();
    void lexName();
    void lexString();
    void lexOperator();
    void follow(QChar bracket);
    void lexInvalid();
    bool goesOnBehindLine();
    void endLine();
    void finish();
    bool skipSpaces();
    void skipContinuation();

    void giveUpLine(const Spot &begin, qsizetype firstToken);
    Spot endOfUnreadable(const Spot &begin, bool isHeader) const;
    int indentationAt(qsizetype lineStart) const;
    qsizetype lineEnd(qsizetype from) const;
    bool startsHeader(qsizetype at) const;

    void lexNumber();
    bool lexDigits();
    void lexPrefixedNumber(const QString &kind, int base);
    void lexDecimalNumber();
    bool lexExponent();
    void endNumber(const QString &kind);
    void failNumber(const QString &message) { fail(m_spot.at - 1, m_spot.at, message); }

    QChar peek(qsizetype ahead = 0) const
    {
        return m_spot.at + ahead < m_text.size() ? m_text.at(m_spot.at + ahead) : QChar();
    }
    char32_t character() const; ///< the code point that comes next
    bool atEnd() const { return m_spot.at >= m_text.size(); }
    Position positionOf(qsizetype offset);
    Range rangeOf(qsizetype begin, qsizetype end) { return {positionOf(begin), positionOf(end)}; }
    void push(Token::Kind kind, qsizetype begin, Position position);
    void push(Token::Kind kind, qsizetype begin) { push(kind, begin, positionOf(begin)); }
    void startLine();
    void goTo(const Spot &spot);
    void fail(qsizetype begin, qsizetype end, const QString &message);
    void failUnclosed();

    QStringView m_text;
    Spot m_spot;
    qsizetype m_counted = 0; ///< columns are counted up to here: a line may be very long
    int m_column = 1;
    QList<std::pair<int, int>> m_indents{{0, 0}}; ///< widths with tabs of 8 and of 1: both must agree
    QList<Bracket> m_brackets;
    bool m_isFirstOfLine = false;        ///< what comes next is the first word of a line inside brackets
    qsizetype m_above = -1;              ///< see Token::above
    std::optional<Diagnostic> m_problem; ///< of the line that is being read
    bool m_isLocal = false;              ///< the problem is where reading stopped, not where it began
    qsizetype m_readInVain = 0;          ///< characters behind what was given up
    Lexed m_result;
};

} // namespace deferscope::syntax
