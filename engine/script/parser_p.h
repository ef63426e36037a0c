// SPDX-License-Identifier: MIT
#pragma once

#include "lexer.h"

#include "engine/script/syntaxtree.h"

#include <QSet>

namespace deferscope::script {

/// Where the text of a string literal lies between its quotes, and how it is to be read.
struct StringBody
{
    qsizetype begin = 0;
    qsizetype end = 0;
    bool isRaw = false;
    bool isBytes = false;
    bool isFormatted = false;
};

/// Recursive descent over the tokens of a script. The first error is thrown as a Diagnostic and leaves
/// parse().
class Parser
{
public:
    Parser(QStringView text, QList<Token> tokens);

    Module module();
    ExpressionPtr wholeField(); ///< of an f-string

private:
    friend class FormattedReader;
    friend class ParameterReader;
    class Nesting;
    class Brackets;
    using DictItem = std::pair<ExpressionPtr, ExpressionPtr>;

    /// What has been seen of a call's arguments.
    struct GivenKinds
    {
        Range begin; ///< of the first
        QSet<QString> names;
        bool hasUnpacking = false;
        bool hasGenerator = false;
    };

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
    Statement::Node raiseStatement();
    Statement::Node deleteStatement();
    Statement::Node assertStatement();
    Statement::Node expressionStatement();
    AugmentedAssign augmentedAssign(const ExpressionPtr &target, BinaryOperator op);
    AnnotatedAssign annotatedAssign(const ExpressionPtr &target);
    void refuseMatch();
    QStringList nameList();
    bool parenthesizesItems() const;
    WithItem withItem();
    QList<Parameter> parameters(QStringView closing);

    // expressions
    ExpressionPtr valueList();      ///< right of `=`: also `yield`
    ExpressionPtr expressionList(); ///< a tuple without parentheses, or one expression
    ExpressionPtr targetList();
    ExpressionPtr starOrExpression();
    ExpressionPtr starOrNamedExpression();
    ExpressionPtr namedExpression();
    ExpressionPtr expression();
    ExpressionPtr conditional(const ExpressionPtr &body);
    ExpressionPtr lambda();
    ExpressionPtr orTest();
    ExpressionPtr andTest();
    ExpressionPtr notTest();
    ExpressionPtr comparison();
    ExpressionPtr binary(int level = 0);
    ExpressionPtr unary();
    ExpressionPtr power();
    ExpressionPtr awaitOrPrimary();
    ExpressionPtr yield();
    std::optional<CompareOperator> compareOperator();

    // atoms, calls and displays
    ExpressionPtr primary();
    ExpressionPtr link(Position begin, const ExpressionPtr &object);
    ExpressionPtr atom();
    ExpressionPtr nameOrConstant();
    ExpressionPtr number();
    ExpressionPtr parenthesized();
    ExpressionPtr groupContent(Position begin);
    ExpressionPtr listDisplay();
    ExpressionPtr braceDisplay();
    ExpressionPtr dictDisplay(Position begin, QList<DictItem> items);
    DictItem dictItem();
    ExpressionPtr comprehension(Position begin, Comprehension::Kind kind, const DictItem &element);
    ExpressionPtr subscript();
    ExpressionPtr slice();
    QList<Argument> arguments();
    Argument argument();
    Argument keywordArgument();
    void checkOrder(GivenKinds &given, const Argument &next, const Token &first) const;
    bool startsComprehension() const
    {
        return peek().isKeyword(u"for") || (peek().isKeyword(u"async") && peek(1).isKeyword(u"for"));
    }

    // strings
    ExpressionPtr string();
    QString decoded(const StringBody &body, QStringView text) const;
    ExpressionPtr field(qsizetype begin, qsizetype end, Position position) const;

    // what Python guesses that was meant; only when it cannot be meant as written
    void suggest(qsizetype first, const ExpressionPtr &body);
    void suggestComparison(const ExpressionPtr &left);
    template <typename Reading> bool attempt(Reading read);

    // targets of assignments
    void checkAssigned(const ExpressionPtr &target, bool isFirst);
    void checkTarget(const ExpressionPtr &target,
                     const QString &refusal = QStringLiteral("cannot assign to %1"),
                     bool isDeleted = false) const;

    // tokens
    const Token &peek(int ahead = 0) const
    {
        return m_tokens.at(std::min<qsizetype>(m_at + ahead, m_tokens.size() - 1));
    }
    const Token &take() { return m_tokens.at(m_at < m_tokens.size() - 1 ? m_at++ : m_at); }
    bool accept(QStringView op);
    bool acceptKeyword(QStringView word);
    void expect(QStringView op);
    void expectColon(bool isAlwaysTold);
    void expectKeyword(QStringView word);
    Token expectName();
    bool endsStatement() const { return peek().kind == Token::Kind::Newline || peek().is(u";"); }
    Position lastEnd() const; ///< of what was taken last, line ends and indentation apart
    [[noreturn]] void fail(const QString &message) const { failAt(peek().range, message); }
    [[noreturn]] void fail() const; ///< invalid syntax
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
    int m_depth = 0;            ///< of what is being read
    int m_height = 0;           ///< of the tree that was read last
    int m_tallest = 0;          ///< of the trees in what is being read
    int m_brackets = 0;
    bool m_guessing = false;
};

/// What Python calls \a expression in its messages.
QString nameOf(const Expression &expression);
bool startsExpression(const Token &token);

} // namespace deferscope::script
