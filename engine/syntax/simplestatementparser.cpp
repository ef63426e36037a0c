// SPDX-License-Identifier: MIT
#include "parser_p.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

std::optional<BinaryOperator> augmentedOperator(const Token &token)
{
    static constexpr std::pair<QStringView, BinaryOperator> Operators[]
        = {{u"+=", BinaryOperator::Add},          {u"-=", BinaryOperator::Subtract},
           {u"*=", BinaryOperator::Multiply},     {u"/=", BinaryOperator::Divide},
           {u"//=", BinaryOperator::FloorDivide}, {u"%=", BinaryOperator::Modulo},
           {u"**=", BinaryOperator::Power},       {u"@=", BinaryOperator::MatrixMultiply},
           {u"|=", BinaryOperator::BitOr},        {u"&=", BinaryOperator::BitAnd},
           {u"^=", BinaryOperator::BitXor},       {u"<<=", BinaryOperator::ShiftLeft},
           {u">>=", BinaryOperator::ShiftRight}};
    if (token.kind != Token::Kind::Operator)
        return std::nullopt;
    for (const auto &[text, op] : Operators) {
        if (token.text == text)
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
    checkTarget(targets, true);
    if (const auto *tuple = std::get_if<TupleDisplay>(&targets->node); tuple && targets->parentheses == 0)
        return Delete{tuple->items};
    return Delete{{targets}};
}

Statement::Node Parser::assertStatement()
{
    const ExpressionPtr test = expression();
    return Assert{test, accept(u",") ? expression() : nullptr};
}

QList<NamePlace> Parser::nameList()
{
    QList<NamePlace> names;
    do
        names.append(namePlace());
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
    const NamePlace first = namePlace();
    ImportName result{first.name, {}, first.range, first.range};
    while (dotted && accept(u"."))
        result.name += u'.' + expectName().name();
    if (acceptKeyword(u"as")) {
        const NamePlace alias = namePlace();
        result.alias = alias.name;
        result.bound = alias.range;
    }
    result.range.end = lastEnd();
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
        const Range range = take().range;
        result.names.append({u"*"_s, {}, range, range});
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
    ExpressionPtr value = valueList();
    if (const auto op = augmentedOperator(peek()))
        return augmentedAssign(value, *op);
    if (peek().is(u":") && !peek(1).is(u"="))
        return annotatedAssign(value);
    QList<ExpressionPtr> targets;
    while (peek().is(u"=")) {
        checkAssigned(value);
        take();
        targets.append(value);
        value = valueList();
    }
    if (targets.isEmpty())
        return ExpressionStatement{value};
    return Assign{targets, value};
}

AugmentedAssign Parser::augmentedAssign(const ExpressionPtr &target, BinaryOperator op)
{
    if (!isPlaceForNames(*target))
        failAt(target->range, u"this is an illegal expression for augmented assignment"_s);
    take();
    return {target, op, valueList()};
}

AnnotatedAssign Parser::annotatedAssign(const ExpressionPtr &target)
{
    if (!isPlaceForNames(*target))
        failAt(target->range, u"illegal target for annotation"_s);
    take();
    const ExpressionPtr annotation = expression();
    return {target, annotation, accept(u"=") ? valueList() : nullptr};
}

// ---- targets ----

bool isPlaceForNames(const Expression &expression)
{
    return std::holds_alternative<Name>(expression.node) || std::holds_alternative<Attribute>(expression.node)
        || std::holds_alternative<Subscript>(expression.node);
}

namespace {

const QList<ExpressionPtr> *itemsOf(const Expression &expression)
{
    if (const auto *tuple = std::get_if<TupleDisplay>(&expression.node))
        return &tuple->items;
    if (const auto *list = std::get_if<ListDisplay>(&expression.node))
        return &list->items;
    return nullptr;
}

} // namespace

/// Left of an `=`.
void Parser::checkAssigned(const ExpressionPtr &target) const
{
    if (std::holds_alternative<Starred>(target->node))
        failAt(target->range, u"starred assignment target must be in a list or tuple"_s);
    checkTarget(target);
}

/// Fails for what cannot be given a value; or, when it \a isDeleted, for what cannot be deleted.
void Parser::checkTarget(const ExpressionPtr &target, bool isDeleted) const
{
    if (const auto *items = itemsOf(*target)) {
        qsizetype starred = 0;
        for (const ExpressionPtr &item : *items) {
            checkTarget(item, isDeleted);
            starred += std::holds_alternative<Starred>(item->node) ? 1 : 0;
        }
        if (starred > 1)
            failAt(target->range, u"multiple starred expressions in assignment"_s);
    } else if (const auto *starred = std::get_if<Starred>(&target->node); starred && !isDeleted) {
        checkTarget(starred->value);
    } else if (!isPlaceForNames(*target)) {
        failAt(target->range, isDeleted ? u"this cannot be deleted"_s : u"this cannot be assigned to"_s);
    }
}

} // namespace deferscope::syntax
