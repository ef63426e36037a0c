// SPDX-License-Identifier: MIT
#pragma once

#include "lexer.h"

#include "engine/syntax/syntaxtree.h"

#include <QSet>

#include <optional>

namespace deferscope::syntax {

/// Where the text of a string literal lies between its quotes, and how it is to be read.
struct StringBody
{
    qsizetype begin = 0;
    qsizetype end = 0;
    bool isRaw = false;
    bool isBytes = false;
    bool isFormatted = false;
};

/// Recursive descent over the tokens of a script.
///
/// What cannot be read is thrown as a Diagnostic, and caught where the statement, the header or the clause
/// began: that becomes an opaque statement. Nothing is thrown out of a block, so no text is read more than
/// twice, however deep the blocks stand in each other.
class Parser
{
public:
    Parser(QStringView text, Lexed lexed);

    Module module();
    ExpressionPtr wholeField(); ///< of an f-string; throws

private:
    friend class FormattedReader;
    friend class ParameterReader;
    class Nesting;
    using DictItem = std::pair<ExpressionPtr, ExpressionPtr>;
    enum class BlockKind : quint8 { Plain, OfMatch };

    /// What has been seen of a call's arguments.
    struct GivenKinds
    {
        Range begin; ///< of the first
        QSet<QString> names;
        bool hasUnpacking = false;
        bool hasGenerator = false;
    };

    // blocks and lines
    void statements(Block &block, BlockKind kind = BlockKind::Plain);
    void statementLine(Block &block, BlockKind kind);
    void simpleLine(Block &block, bool joined = false);
    Block indentedBlock(BlockKind kind = BlockKind::Plain);
    Block block(Layout &layout, const QString &after, int line, BlockKind kind = BlockKind::Plain);
    Block clause(Layout &layout, const QString &word);
    template <typename Read> bool attempt(Read read);
    Layout layoutOf(qsizetype first, bool joined) const;
    qsizetype joint(qsizetype first) const;
    QString restOfLine(qsizetype begin);

    // what is kept as text
    StatementPtr opaqueLine(qsizetype first, const Diagnostic &problem);
    OpaqueStatement opaqueRest(qsizetype first, const Diagnostic &problem);
    OpaqueStatement opaque(qsizetype first, const Diagnostic &problem);
    const Diagnostic &cause(qsizetype first, const Diagnostic &problem) const;
    QString textFrom(qsizetype first) const;
    QList<NamePlace> namesFrom(qsizetype first) const;
    void skipTo(QStringView op, QStringView word = {});

    // compound statements
    StatementPtr compoundStatement(BlockKind kind);
    Statement::Node ifStatement(Layout &layout);
    Statement::Node forStatement(Layout &layout, bool isAsync);
    Statement::Node whileStatement(Layout &layout);
    Statement::Node tryStatement(Layout &layout);
    ExceptHandler exceptHandler(const Try &statement);
    Statement::Node withStatement(Layout &layout, bool isAsync);
    Statement::Node definition(Layout &layout);
    Statement::Node functionDefinition(Layout &layout, QList<ExpressionPtr> decorators, bool isAsync);
    Statement::Node classDefinition(Layout &layout, QList<ExpressionPtr> decorators);
    bool startsMatch() const;
    Statement::Node matchStatement(Layout &layout);
    Statement::Node caseStatement(Layout &layout);
    ExpressionPtr pattern();

    // simple statements
    Statement::Node simpleStatement();
    Statement::Node importStatement();
    Statement::Node importFromStatement();
    ImportName importName(bool dotted);
    Statement::Node raiseStatement();
    Statement::Node deleteStatement();
    Statement::Node assertStatement();
    Statement::Node expressionStatement();
    AugmentedAssign augmentedAssign(const ExpressionPtr &target, BinaryOperator op);
    AnnotatedAssign annotatedAssign(const ExpressionPtr &target);
    QList<NamePlace> nameList();
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

    // targets of assignments
    void checkAssigned(const ExpressionPtr &target) const;
    void checkTarget(const ExpressionPtr &target, bool isDeleted = false) const;

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
    const Token &expectName();
    NamePlace namePlace();
    bool endsStatement() const { return peek().kind == Token::Kind::Newline || peek().is(u";"); }
    Position lastEnd() const; ///< of what was taken last, line ends and indentation apart
    [[noreturn]] void fail(const QString &message) const { failAt(peek().range, message); }
    [[noreturn]] void fail() const; ///< invalid syntax
    [[noreturn]] static void failAt(const Range &range, const QString &message);
    [[noreturn]] static void giveUp(const Range &range, const QString &message); ///< Python may take it

    template <typename T> ExpressionPtr make(Position begin, T node) const
    {
        return std::make_shared<Expression>(Expression{{begin, lastEnd()}, 0, std::move(node)});
    }

    QStringView m_text;
    QList<Token> m_tokens;
    qsizetype m_at = 0;
    QList<Diagnostic> m_unreadable; ///< why the Unreadables that are to come are none
    QList<Diagnostic> m_problems;
    std::pair<qsizetype, Diagnostic> m_failed{-1, {}}; ///< the clause that could not be read last, and why
    QList<qsizetype> m_headers; ///< where the headers that are being read begin, innermost last
    int m_depth = 0;            ///< of what is being read
    int m_height = 0;           ///< of the tree that was read last
    int m_tallest = 0;          ///< of the trees in what is being read
};

/// Whether \a read gets through. If not, everything is as it was before.
template <typename Read> bool Parser::attempt(Read read)
{
    const qsizetype begin = m_at;
    const qsizetype headers = m_headers.size();
    try {
        read();
        return true;
    } catch (const Diagnostic &problem) {
        m_at = begin;
        m_headers.resize(headers);
        m_failed = {begin, problem};
        return false;
    }
}

bool startsExpression(const Token &token);
bool isPlaceForNames(const Expression &expression); ///< a name, an attribute or a subscript

} // namespace deferscope::syntax
