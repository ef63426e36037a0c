// SPDX-License-Identifier: MIT
#include "engine/script/parser.h"

#include "nesting.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

std::optional<BinaryOperator> augmentedOperator(const Token &token)
{
    static const QList<std::pair<QString, BinaryOperator>> operators{
        {u"+="_s, BinaryOperator::Add},          {u"-="_s, BinaryOperator::Subtract},
        {u"*="_s, BinaryOperator::Multiply},     {u"/="_s, BinaryOperator::Divide},
        {u"//="_s, BinaryOperator::FloorDivide}, {u"%="_s, BinaryOperator::Modulo},
        {u"**="_s, BinaryOperator::Power},       {u"@="_s, BinaryOperator::MatrixMultiply},
        {u"|="_s, BinaryOperator::BitOr},        {u"&="_s, BinaryOperator::BitAnd},
        {u"^="_s, BinaryOperator::BitXor},       {u"<<="_s, BinaryOperator::ShiftLeft},
        {u">>="_s, BinaryOperator::ShiftRight}};
    for (const auto &[text, op] : operators) {
        if (token.is(text))
            return op;
    }
    return std::nullopt;
}

bool startsCompound(const Token &token, const Token &next)
{
    static const QStringList words{u"if"_s,   u"for"_s, u"while"_s, u"try"_s,
                                   u"with"_s, u"def"_s, u"class"_s, u"async"_s};
    return token.is(u"@")
        || (token.kind == Token::Kind::Name && words.contains(token.text) && !next.is(u"="));
}

/// What cannot be assigned to, as Python names it; empty when it can.
QString nameOfNonTarget(const Expression &expression)
{
    struct Namer
    {
        QString operator()(const Name &) const { return {}; }
        QString operator()(const Attribute &) const { return {}; }
        QString operator()(const Subscript &) const { return {}; }
        QString operator()(const TupleDisplay &) const { return {}; }
        QString operator()(const ListDisplay &) const { return {}; }
        QString operator()(const Starred &) const { return {}; }
        QString operator()(const NoneLiteral &) const { return u"None"_s; }
        QString operator()(const BoolLiteral &literal) const
        {
            return literal.value ? u"True"_s : u"False"_s;
        }
        QString operator()(const EllipsisLiteral &) const { return u"ellipsis"_s; }
        QString operator()(const NumberLiteral &) const { return u"literal"_s; }
        QString operator()(const StringLiteral &) const { return u"literal"_s; }
        QString operator()(const FormattedString &) const { return u"f-string expression"_s; }
        QString operator()(const Call &) const { return u"function call"_s; }
        QString operator()(const Compare &) const { return u"comparison"_s; }
        QString operator()(const Conditional &) const { return u"conditional expression"_s; }
        QString operator()(const Lambda &) const { return u"lambda"_s; }
        QString operator()(const DictDisplay &) const { return u"dict literal"_s; }
        QString operator()(const SetDisplay &) const { return u"set display"_s; }
        QString operator()(const Await &) const { return u"await expression"_s; }
        QString operator()(const Yield &) const { return u"yield expression"_s; }
        QString operator()(const YieldFrom &) const { return u"yield expression"_s; }
        QString operator()(const Comprehension &comprehension) const
        {
            switch (comprehension.kind) {
            case Comprehension::Kind::List: return u"list comprehension"_s;
            case Comprehension::Kind::Set: return u"set comprehension"_s;
            case Comprehension::Kind::Dict: return u"dict comprehension"_s;
            case Comprehension::Kind::Generator: return u"generator expression"_s;
            }
            Q_UNREACHABLE();
        }
        QString operator()(const Walrus &) const { return u"named expression"_s; }
        QString operator()(const Slice &) const { return u"slice"_s; }
        QString operator()(const Binary &) const { return u"expression"_s; }
        QString operator()(const Unary &) const { return u"expression"_s; }
        QString operator()(const Boolean &) const { return u"expression"_s; }
    };
    return std::visit(Namer(), expression.node);
}

} // namespace

std::variant<Module, Diagnostic> parse(QStringView text)
{
    QList<Token> tokens;
    if (const auto error = Lexer(text).run(tokens))
        return *error;
    try {
        return Parser(text, tokens).module();
    } catch (const Diagnostic &error) {
        return error;
    }
}

Parser::Parser(QStringView text, QList<Token> tokens)
    : m_text(text)
    , m_tokens(std::move(tokens))
{
}

Module Parser::module()
{
    Module result;
    while (peek().kind != Token::Kind::End)
        statementLine(result.body);
    result.ending = peek().leading;
    result.endsWithNewline = m_text.isEmpty() || m_text.endsWith(u'\n');
    return result;
}

// ---- tokens ----

void Parser::failAt(const Range &range, const QString &message)
{
    throw Diagnostic{Diagnostic::Kind::Syntax, range, message, {}};
}

void Parser::refuse(const Range &range, const QString &message, const QString &advice)
{
    throw Diagnostic{Diagnostic::Kind::Unsupported, range, message, advice};
}

bool Parser::accept(QStringView op)
{
    if (!peek().is(op))
        return false;
    take();
    return true;
}

bool Parser::acceptKeyword(QStringView word)
{
    if (!peek().isKeyword(word))
        return false;
    take();
    return true;
}

void Parser::expect(QStringView op)
{
    if (accept(op))
        return;
    fail(op == u":" ? u"expected ':'"_s : u"invalid syntax"_s);
}

void Parser::expectKeyword(QStringView word)
{
    if (!acceptKeyword(word))
        fail(u"invalid syntax"_s);
}

Token Parser::expectName()
{
    if (peek().kind != Token::Kind::Name)
        fail(u"invalid syntax"_s);
    return take();
}

// ---- statements ----

void Parser::statementLine(Block &block)
{
    if (peek().kind == Token::Kind::Indent)
        fail(u"unexpected indent"_s);
    if (startsCompound(peek(), peek(1))) {
        block.append(compoundStatement());
        return;
    }
    for (bool joined = false;; joined = true) {
        auto statement = std::make_shared<Statement>();
        const qsizetype first = m_at;
        statement->node = simpleStatement();
        statement->range = {m_tokens.at(first).range.begin, lastEnd()};
        statement->layout = layoutOf(first, joined);
        const bool goesOn = accept(u";") && peek().kind != Token::Kind::Newline;
        if (!goesOn) {
            if (peek().kind != Token::Kind::Newline)
                fail(u"invalid syntax"_s);
            statement->layout.trailing
                = restOfLine(statement->layout.written.size() + m_tokens.at(first).begin);
        }
        block.append(statement);
        if (!goesOn)
            return;
    }
}

/// The layout of what stands from the token \a first to here. What \a joined is had a `;` or `:` before it on
/// its line.
Layout Parser::layoutOf(qsizetype first, bool joined) const
{
    const Token &token = m_tokens.at(first);
    Layout layout;
    layout.leading = token.leading;
    layout.written = m_text.sliced(token.begin, m_tokens.at(m_at - 1).end - token.begin).toString();
    if (joined) {
        const qsizetype before = joint(first);
        layout.joint = m_text.sliced(before, token.begin - before).toString();
    } else {
        const qsizetype lineStart = token.begin == 0 ? 0 : m_text.lastIndexOf(u'\n', token.begin - 1) + 1;
        layout.indentation = m_text.sliced(lineStart, token.begin - lineStart).toString();
    }
    return layout;
}

/// Where the text between the token \a first and the statement or colon before it begins.
qsizetype Parser::joint(qsizetype first) const
{
    const Token &before = m_tokens.at(first - 1);
    return before.is(u";") ? m_tokens.at(first - 2).end : before.end;
}

/// From the offset \a begin to the end of the line, which is taken.
QString Parser::restOfLine(qsizetype begin)
{
    const qsizetype end = take().begin;
    return m_text.sliced(begin, end - begin).toString();
}

StatementPtr Parser::compoundStatement()
{
    const Nesting nesting(m_depth, peek().range);
    auto statement = std::make_shared<Statement>();
    const Position begin = peek().range.begin;
    m_headers.append(m_at);
    if (acceptKeyword(u"if"))
        statement->node = ifStatement(statement->layout);
    else if (acceptKeyword(u"for"))
        statement->node = forStatement(statement->layout, false);
    else if (acceptKeyword(u"while"))
        statement->node = whileStatement(statement->layout);
    else if (acceptKeyword(u"try"))
        statement->node = tryStatement(statement->layout);
    else if (acceptKeyword(u"with"))
        statement->node = withStatement(statement->layout, false);
    else
        statement->node = definition(statement->layout);
    statement->range = {begin, lastEnd()};
    return statement;
}

Statement::Node Parser::definition(Layout &layout)
{
    QList<ExpressionPtr> decorators;
    while (accept(u"@")) {
        decorators.append(namedExpression());
        if (peek().kind != Token::Kind::Newline)
            fail(u"invalid syntax"_s);
        take();
    }
    if (acceptKeyword(u"class"))
        return classDefinition(layout, decorators);
    const bool isAsync = acceptKeyword(u"async");
    if (acceptKeyword(u"def"))
        return functionDefinition(layout, decorators, isAsync);
    if (isAsync && decorators.isEmpty() && acceptKeyword(u"for"))
        return forStatement(layout, true);
    if (isAsync && decorators.isEmpty() && acceptKeyword(u"with"))
        return withStatement(layout, true);
    fail(u"invalid syntax"_s);
}

/// The colon that ends a header, and the block behind it. \a after and \a line tell where it should be.
Block Parser::block(Layout &layout, const QString &after, int line)
{
    expect(u":");
    layout = layoutOf(m_headers.takeLast(), false);
    Block result;
    if (peek().kind != Token::Kind::Newline) {
        const qsizetype first = m_at;
        if (startsCompound(peek(), peek(1)))
            fail(u"invalid syntax"_s);
        statementLine(result);
        auto joined = std::make_shared<Statement>(*result.constFirst());
        joined->layout.indentation.clear();
        joined->layout.joint
            = m_text.sliced(joint(first), m_tokens.at(first).begin - joint(first)).toString();
        result.first() = joined;
        return result;
    }
    layout.trailing = restOfLine(m_tokens.at(m_at - 1).end);
    if (peek().kind != Token::Kind::Indent)
        fail(u"expected an indented block after %1 on line %2"_s.arg(after).arg(line));
    take();
    while (peek().kind != Token::Kind::Dedent && peek().kind != Token::Kind::End)
        statementLine(result);
    if (peek().kind == Token::Kind::Dedent)
        take();
    return result;
}

/// `else`, `finally`: the word \a word and its block, if it comes next.
Block Parser::clause(Layout &layout, const QString &word)
{
    if (!peek().isKeyword(word))
        return {};
    m_headers.append(m_at);
    const int line = take().range.begin.line;
    return block(layout, u"'%1' statement"_s.arg(word), line);
}

Statement::Node Parser::ifStatement(Layout &layout)
{
    // The arms of an elif chain are collected and folded from their end: a script may have very many.
    struct Arm
    {
        ExpressionPtr test;
        Block body;
        Layout layout;
        Range range;
    };
    QList<Arm> arms;
    const auto arm = [&](const QString &word) {
        Arm one;
        const Position begin = m_tokens.at(m_at - 1).range.begin;
        one.test = namedExpression();
        if (peek().is(u"="))
            failAt({one.test->range.begin, peek().range.end},
                   u"invalid syntax. Maybe you meant '==' or ':=' instead of '='?"_s);
        one.body = block(one.layout, u"'%1' statement"_s.arg(word), begin.line);
        one.range = {begin, lastEnd()};
        arms.append(one);
    };
    arm(u"if"_s);
    while (peek().isKeyword(u"elif")) {
        m_headers.append(m_at);
        take();
        arm(u"elif"_s);
    }
    Layout elseLayout;
    Block orElse = clause(elseLayout, u"else"_s);
    bool isElif = false;
    for (; arms.size() > 1; isElif = true) {
        const Arm last = arms.takeLast();
        auto inner = std::make_shared<Statement>();
        inner->range = last.range;
        inner->node = If{last.test, last.body, orElse, isElif, elseLayout};
        orElse = {inner};
        elseLayout = last.layout;
    }
    layout = arms.constFirst().layout;
    return If{arms.constFirst().test, arms.constFirst().body, orElse, isElif, elseLayout};
}

Statement::Node Parser::forStatement(Layout &layout, bool isAsync)
{
    const int line = lastEnd().line;
    For loop;
    loop.isAsync = isAsync;
    loop.target = targetList();
    expectKeyword(u"in");
    loop.iterable = expressionList();
    loop.body = block(layout, u"'for' statement"_s, line);
    loop.orElse = clause(loop.elseLayout, u"else"_s);
    return loop;
}

Statement::Node Parser::whileStatement(Layout &layout)
{
    const int line = lastEnd().line;
    While loop;
    loop.test = namedExpression();
    loop.body = block(layout, u"'while' statement"_s, line);
    loop.orElse = clause(loop.elseLayout, u"else"_s);
    return loop;
}

Statement::Node Parser::tryStatement(Layout &layout)
{
    Try result;
    result.body = block(layout, u"'try' statement"_s, lastEnd().line);
    while (peek().isKeyword(u"except")) {
        if (!result.handlers.isEmpty() && !result.handlers.constLast().type)
            failAt(result.handlers.constLast().range, u"default 'except:' must be last"_s);
        result.handlers.append(exceptHandler());
    }
    if (!result.handlers.isEmpty())
        result.orElse = clause(result.elseLayout, u"else"_s);
    result.finally = clause(result.finallyLayout, u"finally"_s);
    if (result.handlers.isEmpty() && result.finally.isEmpty())
        fail(u"expected 'except' or 'finally' block"_s);
    return result;
}

ExceptHandler Parser::exceptHandler()
{
    m_headers.append(m_at);
    const Position begin = take().range.begin;
    ExceptHandler handler;
    if (peek().is(u"*"))
        refuse(peek().range, u"exception groups (except*) are not supported"_s,
               u"Use except, or run the file under real Twisted."_s);
    if (!peek().is(u":")) {
        handler.type = expression();
        if (peek().is(u","))
            failAt(handler.type->range, u"multiple exception types must be parenthesized"_s);
        if (acceptKeyword(u"as"))
            handler.name = expectName().text;
    }
    handler.range = {begin, lastEnd()};
    handler.body = block(handler.layout, u"'except' statement"_s, begin.line);
    return handler;
}

Statement::Node Parser::withStatement(Layout &layout, bool isAsync)
{
    const int line = lastEnd().line;
    With result;
    result.isAsync = isAsync;
    do {
        WithItem item;
        item.context = expression();
        if (acceptKeyword(u"as"))
            item.target = binary(0);
        result.items.append(item);
    } while (accept(u","));
    result.body = block(layout, u"'with' statement"_s, line);
    return result;
}

Statement::Node Parser::functionDefinition(Layout &layout, QList<ExpressionPtr> decorators, bool isAsync)
{
    FunctionDefinition result;
    const int line = lastEnd().line;
    const Token name = expectName();
    result.name = name.text;
    result.nameRange = name.range;
    result.isAsync = isAsync;
    result.decorators = std::move(decorators);
    if (!peek().is(u"("))
        fail(u"expected '('"_s);
    take();
    result.parameters = parameters(u")", true);
    expect(u")");
    if (accept(u"->"))
        result.returns = expression();
    result.body = block(layout, u"function definition"_s, line);
    return result;
}

Statement::Node Parser::classDefinition(Layout &layout, QList<ExpressionPtr> decorators)
{
    ClassDefinition result;
    const int line = lastEnd().line;
    const Token name = expectName();
    result.name = name.text;
    result.nameRange = name.range;
    result.decorators = std::move(decorators);
    if (peek().is(u"("))
        result.bases = arguments();
    result.body = block(layout, u"class definition"_s, line);
    return result;
}

QList<Parameter> Parser::parameters(QStringView closing, bool annotations)
{
    QList<Parameter> result;
    bool keywordOnly = false;
    bool hasDefault = false;
    while (!peek().is(closing)) {
        if (accept(u"/")) {
            for (Parameter &one : result)
                one.kind = Parameter::Kind::PositionalOnly;
        } else if (peek().is(u"*") && (peek(1).is(u",") || peek(1).is(closing))) {
            take();
            if (peek().is(closing))
                fail(u"named arguments must follow bare *"_s);
            keywordOnly = true;
        } else {
            Parameter one = parameter(annotations);
            if (keywordOnly && one.kind == Parameter::Kind::Positional)
                one.kind = Parameter::Kind::KeywordOnly;
            keywordOnly |= one.kind == Parameter::Kind::Star;
            if (one.kind == Parameter::Kind::Positional && hasDefault && !one.defaultValue)
                failAt(one.range, u"non-default argument follows default argument"_s);
            hasDefault |= one.kind == Parameter::Kind::Positional && one.defaultValue;
            for (const Parameter &other : std::as_const(result)) {
                if (other.name == one.name)
                    failAt(one.range, u"duplicate argument '%1' in function definition"_s.arg(one.name));
            }
            result.append(one);
        }
        if (!accept(u","))
            break;
    }
    return result;
}

Parameter Parser::parameter(bool annotations)
{
    Parameter result;
    const Position begin = peek().range.begin;
    if (accept(u"**"))
        result.kind = Parameter::Kind::DoubleStar;
    else if (accept(u"*"))
        result.kind = Parameter::Kind::Star;
    result.name = expectName().text;
    result.range = {begin, lastEnd()};
    if (annotations && accept(u":"))
        result.annotation = expression();
    if (accept(u"="))
        result.defaultValue = expression();
    return result;
}

Statement::Node Parser::simpleStatement()
{
    const auto ends = [this] { return peek().kind == Token::Kind::Newline || peek().is(u";"); };
    if (acceptKeyword(u"pass"))
        return Pass{};
    if (acceptKeyword(u"break"))
        return Break{};
    if (acceptKeyword(u"continue"))
        return Continue{};
    if (acceptKeyword(u"return"))
        return ends() ? Return{} : Return{expressionList()};
    if (acceptKeyword(u"raise")) {
        if (ends())
            return Raise{};
        const ExpressionPtr exception = expression();
        return Raise{exception, acceptKeyword(u"from") ? expression() : nullptr};
    }
    if (acceptKeyword(u"del")) {
        const ExpressionPtr targets = expressionList();
        checkTarget(targets, u"cannot delete %1"_s);
        if (const auto *tuple = std::get_if<TupleDisplay>(&targets->node); tuple && targets->parentheses == 0)
            return Delete{tuple->items};
        return Delete{{targets}};
    }
    if (acceptKeyword(u"assert")) {
        const ExpressionPtr test = expression();
        return Assert{test, accept(u",") ? expression() : nullptr};
    }
    if (acceptKeyword(u"global"))
        return Global{nameList()};
    if (acceptKeyword(u"nonlocal"))
        return Nonlocal{nameList()};
    if (acceptKeyword(u"import"))
        return importStatement();
    if (acceptKeyword(u"from"))
        return importFromStatement();
    return expressionStatement();
}

QStringList Parser::nameList()
{
    QStringList names;
    do
        names.append(expectName().text);
    while (accept(u","));
    return names;
}

Statement::Node Parser::importStatement()
{
    Import result;
    do
        result.names.append(importName(true));
    while (accept(u","));
    return result;
}

ImportName Parser::importName(bool dotted)
{
    ImportName result;
    const Token first = expectName();
    result.name = first.text;
    while (dotted && accept(u"."))
        result.name += u'.' + expectName().text;
    result.range = {first.range.begin, lastEnd()};
    if (acceptKeyword(u"as"))
        result.alias = expectName().text;
    return result;
}

Statement::Node Parser::importFromStatement()
{
    ImportFrom result;
    while (peek().is(u".") || peek().is(u"..."))
        result.dots += int(take().text.size());
    if (!peek().isKeyword(u"import"))
        result.module = importName(true).name;
    expectKeyword(u"import");
    if (peek().is(u"*")) {
        result.names.append({u"*"_s, {}, take().range});
        return result;
    }
    result.parenthesized = accept(u"(");
    do {
        if (result.parenthesized && peek().is(u")"))
            break;
        result.names.append(importName(false));
    } while (accept(u","));
    if (result.parenthesized)
        expect(u")");
    return result;
}

Statement::Node Parser::expressionStatement()
{
    if (peek().isKeyword(u"print") && peek(1).kind == Token::Kind::String)
        failAt({peek().range.begin, peek(1).range.end},
               u"Missing parentheses in call to 'print'. Did you mean print(...)?"_s);
    if (peek().isKeyword(u"match")
        && (peek(1).kind == Token::Kind::Name || peek(1).kind == Token::Kind::String))
        refuse(peek().range, u"match statements are not supported"_s,
               u"Use if and elif, or run the file under real Twisted."_s);
    const auto value = [this] { return peek().isKeyword(u"yield") ? yield() : expressionList(); };
    ExpressionPtr first = value();
    if (const auto op = augmentedOperator(peek())) {
        const QString text = nameOfNonTarget(*first);
        if (!text.isEmpty() || std::holds_alternative<TupleDisplay>(first->node)
            || std::holds_alternative<ListDisplay>(first->node))
            failAt(first->range,
                   u"'%1' is an illegal expression for augmented assignment"_s.arg(text.isEmpty() ? u"tuple"_s
                                                                                                  : text));
        take();
        return AugmentedAssign{first, *op, value()};
    }
    if (peek().is(u":") && nameOfNonTarget(*first).isEmpty()) {
        take();
        const ExpressionPtr annotation = expression();
        return AnnotatedAssign{first, annotation, accept(u"=") ? value() : nullptr};
    }
    QList<ExpressionPtr> targets;
    while (peek().is(u"=")) {
        checkTarget(first);
        take();
        targets.append(first);
        first = value();
    }
    if (targets.isEmpty())
        return ExpressionStatement{first};
    return Assign{targets, first};
}

/// Refuses what cannot stand left of `=`; or behind `del`, when \a refusal says so.
void Parser::checkTarget(const ExpressionPtr &target, const QString &refusal)
{
    if (const QString text = nameOfNonTarget(*target); !text.isEmpty()) {
        const bool isConstant = text == u"True" || text == u"False" || text == u"None" || text == u"ellipsis";
        if (!refusal.isEmpty())
            failAt(target->range, refusal.arg(text));
        failAt(target->range,
               isConstant ? u"cannot assign to %1"_s.arg(text)
                          : u"cannot assign to %1 here. Maybe you meant '==' instead of '='?"_s.arg(text));
    }
    if (const auto *tuple = std::get_if<TupleDisplay>(&target->node)) {
        for (const ExpressionPtr &item : tuple->items)
            checkTarget(item, refusal);
    } else if (const auto *list = std::get_if<ListDisplay>(&target->node)) {
        for (const ExpressionPtr &item : list->items)
            checkTarget(item, refusal);
    } else if (const auto *starred = std::get_if<Starred>(&target->node)) {
        checkTarget(starred->value, refusal);
    }
}

} // namespace deferscope::script
