// SPDX-License-Identifier: MIT
#include "nesting.h"

#include <algorithm>
#include <array>

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

struct LeveledOperator
{
    QStringView text;
    BinaryOperator op;
    int level;
};

constexpr std::array<LeveledOperator, 12> BinaryOperators{{
    {u"|", BinaryOperator::BitOr, 0},
    {u"^", BinaryOperator::BitXor, 1},
    {u"&", BinaryOperator::BitAnd, 2},
    {u"<<", BinaryOperator::ShiftLeft, 3},
    {u">>", BinaryOperator::ShiftRight, 3},
    {u"+", BinaryOperator::Add, 4},
    {u"-", BinaryOperator::Subtract, 4},
    {u"*", BinaryOperator::Multiply, 5},
    {u"/", BinaryOperator::Divide, 5},
    {u"//", BinaryOperator::FloorDivide, 5},
    {u"%", BinaryOperator::Modulo, 5},
    {u"@", BinaryOperator::MatrixMultiply, 5},
}};

const LeveledOperator *operatorAt(const Token &token)
{
    if (token.kind != Token::Kind::Operator)
        return nullptr;
    for (const LeveledOperator &candidate : BinaryOperators) {
        if (token.is(candidate.text))
            return &candidate;
    }
    return nullptr;
}

} // namespace

bool startsExpression(const Token &token)
{
    if (token.kind == Token::Kind::Number || token.kind == Token::Kind::String)
        return true;
    const auto isAnyOf = [&token](const auto &words) {
        return std::find(std::begin(words), std::end(words), token.text) != std::end(words);
    };
    static constexpr QStringView Starting[] = {u"None", u"True", u"False", u"not", u"lambda", u"await"};
    static constexpr QStringView Operators[] = {u"(", u"[", u"{", u"-", u"+", u"~", u"...", u"*"};
    if (token.kind == Token::Kind::Name)
        return !isKeyword(token.text) || isAnyOf(Starting);
    return token.kind == Token::Kind::Operator && isAnyOf(Operators);
}

ExpressionPtr Parser::valueList() { return peek().isKeyword(u"yield") ? yield() : expressionList(); }

ExpressionPtr Parser::expressionList()
{
    const Position begin = peek().range.begin;
    const ExpressionPtr first = starOrExpression();
    if (!peek().is(u",")) {
        if (std::holds_alternative<Starred>(first->node) && !peek().is(u"="))
            failAt(first->range, u"can't use starred expression here"_s);
        return first;
    }
    QList<ExpressionPtr> items{first};
    while (accept(u",") && startsExpression(peek()))
        items.append(starOrExpression());
    return make(begin, TupleDisplay{items});
}

/// Of `for`. What stands there is read as far as `in`.
ExpressionPtr Parser::targetList()
{
    const Position begin = peek().range.begin;
    QList<ExpressionPtr> items;
    bool isTuple = false;
    do {
        if (!items.isEmpty() && !startsExpression(peek()))
            break;
        const Position itemBegin = peek().range.begin;
        items.append(accept(u"*") ? make(itemBegin, Starred{binary()}) : binary());
        isTuple |= peek().is(u",");
    } while (accept(u","));
    const ExpressionPtr result = isTuple ? make(begin, TupleDisplay{items}) : items.constFirst();
    checkTarget(result);
    return result;
}

ExpressionPtr Parser::starOrExpression()
{
    const Position begin = peek().range.begin;
    return accept(u"*") ? make(begin, Starred{binary()}) : expression();
}

ExpressionPtr Parser::starOrNamedExpression()
{
    const Position begin = peek().range.begin;
    return accept(u"*") ? make(begin, Starred{binary()}) : namedExpression();
}

ExpressionPtr Parser::namedExpression()
{
    const Position begin = peek().range.begin;
    const ExpressionPtr left = expression();
    if (!peek().is(u":="))
        return left;
    if (!std::holds_alternative<Name>(left->node) || left->parentheses > 0)
        failAt(left->range, u"cannot use assignment expressions with this"_s);
    take();
    return make(begin, Walrus{left, expression()});
}

ExpressionPtr Parser::expression()
{
    const Nesting nesting(*this);
    if (peek().isKeyword(u"lambda"))
        return lambda();
    const ExpressionPtr body = orTest();
    return peek().isKeyword(u"if") ? conditional(body) : body;
}

ExpressionPtr Parser::conditional(const ExpressionPtr &body)
{
    take();
    const ExpressionPtr test = orTest();
    if (!acceptKeyword(u"else"))
        failAt({body->range.begin, lastEnd()}, u"expected 'else' after 'if' expression"_s);
    return make(body->range.begin, Conditional{test, body, expression()});
}

ExpressionPtr Parser::lambda()
{
    const Position begin = take().range.begin;
    const QList<Parameter> formal = parameters(u":");
    expect(u":");
    return make(begin, Lambda{formal, expression()});
}

ExpressionPtr Parser::orTest()
{
    const Position begin = peek().range.begin;
    const ExpressionPtr first = andTest();
    if (!peek().isKeyword(u"or"))
        return first;
    QList<ExpressionPtr> operands{first};
    while (acceptKeyword(u"or"))
        operands.append(andTest());
    return make(begin, Boolean{BooleanOperator::Or, operands});
}

ExpressionPtr Parser::andTest()
{
    const Position begin = peek().range.begin;
    const ExpressionPtr first = notTest();
    if (!peek().isKeyword(u"and"))
        return first;
    QList<ExpressionPtr> operands{first};
    while (acceptKeyword(u"and"))
        operands.append(notTest());
    return make(begin, Boolean{BooleanOperator::And, operands});
}

ExpressionPtr Parser::notTest()
{
    const Position begin = peek().range.begin;
    if (!acceptKeyword(u"not"))
        return comparison();
    const Nesting nesting(*this);
    return make(begin, Unary{UnaryOperator::Not, notTest()});
}

std::optional<CompareOperator> Parser::compareOperator()
{
    static constexpr std::pair<QStringView, CompareOperator> Symbols[]
        = {{u"==", CompareOperator::Equal},  {u"!=", CompareOperator::NotEqual},
           {u"<", CompareOperator::Less},    {u"<=", CompareOperator::LessEqual},
           {u">", CompareOperator::Greater}, {u">=", CompareOperator::GreaterEqual}};
    if (peek().kind == Token::Kind::Operator) {
        for (const auto &[symbol, op] : Symbols) {
            if (accept(symbol))
                return op;
        }
        return std::nullopt;
    }
    if (acceptKeyword(u"in"))
        return CompareOperator::In;
    if (peek().isKeyword(u"not") && peek(1).isKeyword(u"in")) {
        m_at += 2;
        return CompareOperator::NotIn;
    }
    if (acceptKeyword(u"is"))
        return acceptKeyword(u"not") ? CompareOperator::IsNot : CompareOperator::Is;
    return std::nullopt;
}

ExpressionPtr Parser::comparison()
{
    const Position begin = peek().range.begin;
    const ExpressionPtr left = binary();
    QList<CompareOperator> ops;
    QList<ExpressionPtr> operands;
    while (const auto op = compareOperator()) {
        ops.append(*op);
        operands.append(binary());
    }
    return ops.isEmpty() ? left : make(begin, Compare{left, ops, operands});
}

/// What binds at least as tightly as \a level.
ExpressionPtr Parser::binary(int level)
{
    const Position begin = peek().range.begin;
    ExpressionPtr left = unary();
    while (const LeveledOperator *found = operatorAt(peek())) {
        if (found->level < level)
            break;
        const int height = m_height;
        take();
        const ExpressionPtr right = binary(found->level + 1);
        left = make(begin, Binary{found->op, left, right});
        Nesting::grow(*this, std::max(height, m_height));
    }
    return left;
}

ExpressionPtr Parser::unary()
{
    const Position begin = peek().range.begin;
    const auto prefix = [&](UnaryOperator op) {
        take();
        const Nesting nesting(*this);
        return make(begin, Unary{op, unary()});
    };
    if (peek().is(u"-"))
        return prefix(UnaryOperator::Minus);
    if (peek().is(u"+"))
        return prefix(UnaryOperator::Plus);
    if (peek().is(u"~"))
        return prefix(UnaryOperator::Invert);
    return power();
}

ExpressionPtr Parser::power()
{
    const Position begin = peek().range.begin;
    const ExpressionPtr left = awaitOrPrimary();
    if (!accept(u"**"))
        return left;
    const Nesting nesting(*this);
    return make(begin, Binary{BinaryOperator::Power, left, unary()});
}

ExpressionPtr Parser::awaitOrPrimary()
{
    const Position begin = peek().range.begin;
    if (!acceptKeyword(u"await"))
        return primary();
    return make(begin, Await{primary()});
}

ExpressionPtr Parser::yield()
{
    const Position begin = take().range.begin;
    if (acceptKeyword(u"from"))
        return make(begin, YieldFrom{expression()});
    if (!startsExpression(peek()))
        return make(begin, Yield{});
    return make(begin, Yield{expressionList()});
}

} // namespace deferscope::syntax
