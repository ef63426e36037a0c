// SPDX-License-Identifier: MIT
#include "suggestions.h"

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

} // namespace

Statement::Node Parser::simpleStatement()
{
    if (acceptKeyword(u"pass"))
        return Pass{};
    if (acceptKeyword(u"break"))
        return Break{};
    if (acceptKeyword(u"continue"))
        return Continue{};
    if (acceptKeyword(u"return"))
        return endsStatement() ? Return{} : Return{expressionList()};
    if (acceptKeyword(u"raise"))
        return raiseStatement();
    if (acceptKeyword(u"del"))
        return deleteStatement();
    if (acceptKeyword(u"assert"))
        return assertStatement();
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

Statement::Node Parser::raiseStatement()
{
    if (endsStatement())
        return Raise{};
    const ExpressionPtr exception = expression();
    return Raise{exception, acceptKeyword(u"from") ? expression() : nullptr};
}

Statement::Node Parser::deleteStatement()
{
    const ExpressionPtr targets = expressionList();
    checkTarget(targets, u"cannot delete %1"_s, true);
    if (const auto *tuple = std::get_if<TupleDisplay>(&targets->node); tuple && targets->parentheses == 0)
        return Delete{tuple->items};
    return Delete{{targets}};
}

Statement::Node Parser::assertStatement()
{
    const ExpressionPtr test = expression();
    return Assert{test, accept(u",") ? expression() : nullptr};
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
        if (!result.names.isEmpty() && result.parenthesized && peek().is(u")"))
            break;
        if (!result.names.isEmpty() && !result.parenthesized && endsStatement())
            fail(u"trailing comma not allowed without surrounding parentheses"_s);
        result.names.append(importName(false));
    } while (accept(u","));
    if (result.parenthesized)
        expect(u")");
    return result;
}

Statement::Node Parser::expressionStatement()
{
    refuseMatch();
    ExpressionPtr value = valueList();
    if (const auto op = augmentedOperator(peek()))
        return augmentedAssign(value, *op);
    if (peek().is(u":") && !peek(1).is(u"="))
        return annotatedAssign(value);
    QList<ExpressionPtr> targets;
    while (peek().is(u"=")) {
        checkAssigned(value, targets.isEmpty());
        take();
        targets.append(value);
        value = valueList();
    }
    if (targets.isEmpty())
        return ExpressionStatement{value};
    return Assign{targets, value};
}

/// `match` is a name like others, except where a `case` follows.
void Parser::refuseMatch()
{
    if (!peek().isKeyword(u"match") || !startsExpression(peek(1)))
        return;
    const qsizetype begin = m_at;
    const Range range = take().range;
    const bool isStatement = attempt([this] {
        expressionList();
        expect(u":");
        if (take().kind != Token::Kind::Newline || take().kind != Token::Kind::Indent
            || !peek().isKeyword(u"case"))
            fail();
    });
    m_at = begin;
    if (isStatement)
        refuse(range, u"match statements are not supported"_s,
               u"Use if and elif, or run the file under real Twisted."_s);
}

AugmentedAssign Parser::augmentedAssign(const ExpressionPtr &target, BinaryOperator op)
{
    const bool isSingle = std::holds_alternative<Name>(target->node)
        || std::holds_alternative<Attribute>(target->node) || std::holds_alternative<Subscript>(target->node);
    if (!isSingle)
        failAt(target->range,
               u"'%1' is an illegal expression for augmented assignment"_s.arg(nameOf(*target)));
    take();
    return {target, op, valueList()};
}

AnnotatedAssign Parser::annotatedAssign(const ExpressionPtr &target)
{
    const bool isSingle = std::holds_alternative<Name>(target->node)
        || std::holds_alternative<Attribute>(target->node) || std::holds_alternative<Subscript>(target->node);
    const bool isList = std::holds_alternative<TupleDisplay>(target->node)
        || std::holds_alternative<ListDisplay>(target->node);
    if (!isSingle && isList)
        failAt(target->range, u"only single target (not %1) can be annotated"_s.arg(nameOf(*target)));
    take();
    const ExpressionPtr annotation = expression();
    if (!isSingle)
        failAt(target->range, u"illegal target for annotation"_s);
    return {target, annotation, accept(u"=") ? valueList() : nullptr};
}

} // namespace deferscope::script
