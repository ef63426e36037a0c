// SPDX-License-Identifier: MIT
#pragma once

#include "lexer.h"

#include "engine/script/syntaxtree.h"

namespace deferscope::script {

/// Recursive descent over the tokens of a script. The first error is thrown as a Diagnostic and leaves
/// parse().
class Parser
{
public:
    Parser(QStringView text, QList<Token> tokens);

    Module module();
    ExpressionPtr wholeExpression(); ///< of an f-string's field

private:
    class Nesting;

    // statements
    void statementLine(Block &block);
    StatementPtr compoundStatement();
    Statement::Node simpleStatement();
    Block block(Layout &layout, const QString &after, int line);
    Block clause(Layout &layout, const QString &word);
    Layout layoutOf(qsizetype first, bool joined) const;
    qsizetype joint(qsizetype first) const;
    QString restOfLine(qsizetype begin);
    Statement::Node ifStatement(Layout &layout);
    Statement::Node forStatement(Layout &layout, bool isAsync);
    Statement::Node whileStatement(Layout &layout);
    Statement::Node tryStatement(Layout &layout);
    ExceptHandler exceptHandler();
    Statement::Node withStatement(Layout &layout, bool isAsync);
    Statement::Node definition(Layout &layout);
    Statement::Node functionDefinition(Layout &layout, QList<ExpressionPtr> decorators, bool isAsync);
    Statement::Node classDefinition(Layout &layout, QList<ExpressionPtr> decorators);
    Statement::Node importStatement();
    Statement::Node importFromStatement();
    ImportName importName(bool dotted);
    Statement::Node expressionStatement();
    QStringList nameList();
    QList<Parameter> parameters(QStringView closing, bool annotations);
    Parameter parameter(bool annotations);

    // expressions
    ExpressionPtr expressionList(bool allowStar = true); ///< a tuple without parentheses, or one expression
    ExpressionPtr targetList();
    ExpressionPtr starOrExpression();
    ExpressionPtr namedExpression();
    ExpressionPtr expression();
    ExpressionPtr lambda();
    ExpressionPtr orTest();
    ExpressionPtr andTest();
    ExpressionPtr notTest();
    ExpressionPtr comparison();
    ExpressionPtr binary(int level);
    ExpressionPtr unary();
    ExpressionPtr power();
    ExpressionPtr awaitOrPrimary();
    ExpressionPtr primary();
    ExpressionPtr atom();
    ExpressionPtr parenthesized();
    ExpressionPtr listDisplay();
    ExpressionPtr braceDisplay();
    ExpressionPtr number();
    ExpressionPtr string();
    ExpressionPtr yield();
    ExpressionPtr subscript();
    ExpressionPtr slice();
    QList<Argument> arguments();
    Argument argument();
    QList<Comprehension::For> comprehensionClauses();
    std::optional<CompareOperator> compareOperator();
    void checkTarget(const ExpressionPtr &target, const QString &refusal = {});

    // strings
    QString decoded(const Token &token, QStringView body, bool raw, bool bytes) const;
    void formattedPieces(const Token &token, QStringView body, qsizetype offset, bool raw,
                         QList<FormattedString::Piece> &pieces, int depth);
    FormattedString::Piece field(const Token &token, QStringView body, qsizetype &at, qsizetype offset,
                                 bool raw, int depth);

    // tokens
    const Token &peek(int ahead = 0) const
    {
        return m_tokens.at(std::min<qsizetype>(m_at + ahead, m_tokens.size() - 1));
    }
    const Token &take() { return m_tokens.at(m_at < m_tokens.size() - 1 ? m_at++ : m_at); }
    bool accept(QStringView op);
    bool acceptKeyword(QStringView word);
    void expect(QStringView op);
    void expectKeyword(QStringView word);
    Token expectName();
    Position lastEnd() const { return m_at > 0 ? m_tokens.at(m_at - 1).range.end : Position(); }
    [[noreturn]] void fail(const QString &message) const { failAt(peek().range, message); }
    [[noreturn]] static void failAt(const Range &range, const QString &message);
    [[noreturn]] static void refuse(const Range &range, const QString &message, const QString &advice);

    template <typename T> ExpressionPtr make(Position begin, T node) const
    {
        return std::make_shared<Expression>(Expression{{begin, lastEnd()}, 0, std::move(node)});
    }

    QStringView m_text;
    QList<Token> m_tokens;
    qsizetype m_at = 0;
    QList<qsizetype> m_headers; ///< where the headers that are being read begin, innermost last
    int m_depth = 0;
};

} // namespace deferscope::script
