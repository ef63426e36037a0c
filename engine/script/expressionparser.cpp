// SPDX-License-Identifier: MIT
#include "parser_p.h"

#include "nesting.h"

#include <array>

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

struct LeveledOperator
{
    const char16_t *text;
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
constexpr int HighestLevel = 5;

const LeveledOperator *operatorAt(const Token &token, int level)
{
    for (const LeveledOperator &candidate : BinaryOperators) {
        if (candidate.level == level && token.is(candidate.text))
            return &candidate;
    }
    return nullptr;
}

bool isKeyword(const QString &word)
{
    static const QStringList keywords{
        u"False"_s,  u"None"_s,   u"True"_s,    u"and"_s,      u"as"_s,       u"assert"_s, u"async"_s,
        u"await"_s,  u"break"_s,  u"class"_s,   u"continue"_s, u"def"_s,      u"del"_s,    u"elif"_s,
        u"else"_s,   u"except"_s, u"finally"_s, u"for"_s,      u"from"_s,     u"global"_s, u"if"_s,
        u"import"_s, u"in"_s,     u"is"_s,      u"lambda"_s,   u"nonlocal"_s, u"not"_s,    u"or"_s,
        u"pass"_s,   u"raise"_s,  u"return"_s,  u"try"_s,      u"while"_s,    u"with"_s,   u"yield"_s};
    return keywords.contains(word);
}

bool startsExpression(const Token &token)
{
    if (token.kind == Token::Kind::Number || token.kind == Token::Kind::String)
        return true;
    if (token.kind == Token::Kind::Name) {
        static const QStringList starting{u"None"_s,   u"True"_s,  u"False"_s, u"not"_s,
                                          u"lambda"_s, u"await"_s, u"yield"_s};
        return !isKeyword(token.text) || starting.contains(token.text);
    }
    static const QStringList ops{u"("_s, u"["_s, u"{"_s, u"-"_s, u"+"_s, u"~"_s, u"..."_s, u"*"_s};
    return token.kind == Token::Kind::Operator && ops.contains(token.text);
}

} // namespace

ExpressionPtr Parser::wholeExpression()
{
    const ExpressionPtr result = peek().isKeyword(u"yield") ? yield() : expressionList();
    if (peek().kind == Token::Kind::Newline)
        take();
    if (peek().kind != Token::Kind::End)
        fail(u"invalid syntax"_s);
    return result;
}

ExpressionPtr Parser::expressionList(bool allowStar)
{
    const Position begin = peek().range.begin;
    ExpressionPtr first = allowStar ? starOrExpression() : expression();
    if (!peek().is(u",")) {
        if (std::holds_alternative<Starred>(first->node))
            failAt(first->range, u"can't use starred expression here"_s);
        return first;
    }
    QList<ExpressionPtr> items{first};
    while (accept(u",")) {
        if (!startsExpression(peek()))
            break;
        items.append(starOrExpression());
    }
    return make(begin, TupleDisplay{items});
}

ExpressionPtr Parser::targetList()
{
    const Position begin = peek().range.begin;
    QList<ExpressionPtr> items;
    bool isTuple = false;
    do {
        if (!items.isEmpty() && !startsExpression(peek()))
            break;
        const Position itemBegin = peek().range.begin;
        if (accept(u"*"))
            items.append(make(itemBegin, Starred{binary(0)}));
        else
            items.append(binary(0));
        isTuple |= peek().is(u",");
    } while (accept(u","));
    const ExpressionPtr result = isTuple ? make(begin, TupleDisplay{items}) : items.constFirst();
    checkTarget(result);
    return result;
}

ExpressionPtr Parser::starOrExpression()
{
    const Position begin = peek().range.begin;
    if (accept(u"*"))
        return make(begin, Starred{binary(0)});
    return namedExpression();
}

ExpressionPtr Parser::namedExpression()
{
    const Position begin = peek().range.begin;
    ExpressionPtr left = expression();
    if (!peek().is(u":="))
        return left;
    if (!std::holds_alternative<Name>(left->node))
        fail(u"invalid syntax"_s);
    take();
    return make(begin, Walrus{left, expression()});
}

ExpressionPtr Parser::expression()
{
    const Nesting nesting(m_depth, peek().range);
    if (peek().isKeyword(u"lambda"))
        return lambda();
    const Position begin = peek().range.begin;
    ExpressionPtr body = orTest();
    if (!acceptKeyword(u"if"))
        return body;
    const ExpressionPtr test = orTest();
    if (!peek().isKeyword(u"else"))
        failAt({begin, lastEnd()}, u"expected 'else' after 'if' expression"_s);
    take();
    return make(begin, Conditional{test, body, expression()});
}

ExpressionPtr Parser::lambda()
{
    const Position begin = take().range.begin;
    const QList<Parameter> formal = parameters(u":", false);
    expect(u":");
    return make(begin, Lambda{formal, expression()});
}

ExpressionPtr Parser::orTest()
{
    const Position begin = peek().range.begin;
    QList<ExpressionPtr> operands{andTest()};
    while (acceptKeyword(u"or"))
        operands.append(andTest());
    return operands.size() == 1 ? operands.constFirst() : make(begin, Boolean{BooleanOperator::Or, operands});
}

ExpressionPtr Parser::andTest()
{
    const Position begin = peek().range.begin;
    QList<ExpressionPtr> operands{notTest()};
    while (acceptKeyword(u"and"))
        operands.append(notTest());
    return operands.size() == 1 ? operands.constFirst()
                                : make(begin, Boolean{BooleanOperator::And, operands});
}

ExpressionPtr Parser::notTest()
{
    const Position begin = peek().range.begin;
    if (!acceptKeyword(u"not"))
        return comparison();
    const Nesting nesting(m_depth, peek().range);
    return make(begin, Unary{UnaryOperator::Not, notTest()});
}

std::optional<CompareOperator> Parser::compareOperator()
{
    static const QList<std::pair<QString, CompareOperator>> symbols{
        {u"=="_s, CompareOperator::Equal},  {u"!="_s, CompareOperator::NotEqual},
        {u"<"_s, CompareOperator::Less},    {u"<="_s, CompareOperator::LessEqual},
        {u">"_s, CompareOperator::Greater}, {u">="_s, CompareOperator::GreaterEqual}};
    for (const auto &[symbol, op] : symbols) {
        if (accept(symbol))
            return op;
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
    const ExpressionPtr left = binary(0);
    QList<CompareOperator> ops;
    QList<ExpressionPtr> operands;
    while (const auto op = compareOperator()) {
        ops.append(*op);
        operands.append(binary(0));
    }
    return ops.isEmpty() ? left : make(begin, Compare{left, ops, operands});
}

ExpressionPtr Parser::binary(int level)
{
    if (level > HighestLevel)
        return unary();
    const Position begin = peek().range.begin;
    ExpressionPtr left = binary(level + 1);
    while (const LeveledOperator *found = operatorAt(peek(), level)) {
        take();
        const ExpressionPtr right = binary(level + 1);
        left = make(begin, Binary{found->op, left, right});
    }
    return left;
}

ExpressionPtr Parser::unary()
{
    const Position begin = peek().range.begin;
    const auto prefix = [&](UnaryOperator op) {
        take();
        const Nesting nesting(m_depth, peek().range);
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
    const Nesting nesting(m_depth, peek().range);
    return make(begin, Binary{BinaryOperator::Power, left, unary()});
}

ExpressionPtr Parser::awaitOrPrimary()
{
    const Position begin = peek().range.begin;
    if (!acceptKeyword(u"await"))
        return primary();
    return make(begin, Await{primary()});
}

ExpressionPtr Parser::primary()
{
    const Position begin = peek().range.begin;
    ExpressionPtr result = atom();
    while (true) {
        if (accept(u".")) {
            const Token name = expectName();
            result = make(begin, Attribute{result, name.text, name.range});
        } else if (peek().is(u"(")) {
            const QList<Argument> given = arguments();
            result = make(begin, Call{result, given});
        } else if (accept(u"[")) {
            const ExpressionPtr index = subscript();
            expect(u"]");
            result = make(begin, Subscript{result, index});
        } else {
            return result;
        }
    }
}

ExpressionPtr Parser::atom()
{
    const Token &token = peek();
    const Position begin = token.range.begin;
    switch (token.kind) {
    case Token::Kind::Number: return number();
    case Token::Kind::String: return string();
    case Token::Kind::Operator:
        if (token.is(u"("))
            return parenthesized();
        if (token.is(u"["))
            return listDisplay();
        if (token.is(u"{"))
            return braceDisplay();
        if (accept(u"..."))
            return make(begin, EllipsisLiteral{});
        break;
    case Token::Kind::Name:
        if (acceptKeyword(u"None"))
            return make(begin, NoneLiteral{});
        if (acceptKeyword(u"True"))
            return make(begin, BoolLiteral{true});
        if (acceptKeyword(u"False"))
            return make(begin, BoolLiteral{false});
        if (!isKeyword(token.text)) {
            const QString id = take().text;
            return make(begin, Name{id});
        }
        break;
    case Token::Kind::Indent: fail(u"unexpected indent"_s);
    case Token::Kind::Newline:
    case Token::Kind::Dedent:
    case Token::Kind::End: break;
    }
    fail(u"invalid syntax"_s);
}

ExpressionPtr Parser::parenthesized()
{
    const Nesting nesting(m_depth, peek().range);
    const Position begin = take().range.begin;
    const auto wrapped = [&](const ExpressionPtr &inner) {
        expect(u")");
        auto copy = std::make_shared<Expression>(*inner);
        copy->parentheses += 1;
        copy->range = {begin, lastEnd()};
        return copy;
    };
    if (peek().is(u")"))
        return wrapped(make(begin, TupleDisplay{}));
    if (peek().isKeyword(u"yield"))
        return wrapped(yield());
    const ExpressionPtr first = starOrExpression();
    if (peek().isKeyword(u"for") || (peek().isKeyword(u"async") && peek(1).isKeyword(u"for")))
        return wrapped(
            make(begin, Comprehension{Comprehension::Kind::Generator, first, {}, comprehensionClauses()}));
    if (!peek().is(u",")) {
        if (std::holds_alternative<Starred>(first->node))
            failAt(first->range, u"cannot use starred expression here"_s);
        if (startsExpression(peek()) && !peek().is(u"(") && !peek().is(u"["))
            failAt({first->range.begin, peek().range.end}, u"invalid syntax. Perhaps you forgot a comma?"_s);
        return wrapped(first);
    }
    QList<ExpressionPtr> items{first};
    while (accept(u",") && !peek().is(u")"))
        items.append(starOrExpression());
    return wrapped(make(begin, TupleDisplay{items}));
}

ExpressionPtr Parser::listDisplay()
{
    const Nesting nesting(m_depth, peek().range);
    const Position begin = take().range.begin;
    QList<ExpressionPtr> items;
    if (!peek().is(u"]")) {
        items.append(starOrExpression());
        if (peek().isKeyword(u"for") || peek().isKeyword(u"async")) {
            const QList<Comprehension::For> clauses = comprehensionClauses();
            expect(u"]");
            return make(begin, Comprehension{Comprehension::Kind::List, items.constFirst(), {}, clauses});
        }
        while (accept(u",") && !peek().is(u"]"))
            items.append(starOrExpression());
    }
    expect(u"]");
    return make(begin, ListDisplay{items});
}

ExpressionPtr Parser::braceDisplay()
{
    const Nesting nesting(m_depth, peek().range);
    const Position begin = take().range.begin;
    QList<std::pair<ExpressionPtr, ExpressionPtr>> pairs;
    QList<ExpressionPtr> items;
    while (!peek().is(u"}")) {
        if (accept(u"**")) {
            pairs.append({nullptr, binary(0)});
        } else {
            const ExpressionPtr key = starOrExpression();
            const ExpressionPtr value = accept(u":") ? expression() : nullptr;
            if (peek().isKeyword(u"for") || peek().isKeyword(u"async")) {
                const auto kind = value ? Comprehension::Kind::Dict : Comprehension::Kind::Set;
                const QList<Comprehension::For> clauses = comprehensionClauses();
                expect(u"}");
                return make(begin, Comprehension{kind, key, value, clauses});
            }
            if (value)
                pairs.append({key, value});
            else
                items.append(key);
        }
        if (!pairs.isEmpty() && !items.isEmpty())
            fail(u"':' expected after dictionary key"_s);
        if (!accept(u","))
            break;
    }
    expect(u"}");
    if (items.isEmpty())
        return make(begin, DictDisplay{pairs});
    return make(begin, SetDisplay{items});
}

ExpressionPtr Parser::number()
{
    const Token token = take();
    const QString text = QString(token.text).remove(u'_').toLower();
    const bool prefixed = text.startsWith(u"0x") || text.startsWith(u"0o") || text.startsWith(u"0b");
    const bool imaginary = !prefixed && text.endsWith(u'j');
    const bool isFloat = !prefixed && (text.contains(u'.') || text.contains(u'e')) && !imaginary;
    if (!prefixed && !isFloat && !imaginary && text.size() > 1 && text.startsWith(u'0')
        && QString(text).remove(u'0').size() > 0)
        failAt(
            token.range,
            u"leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers"_s);
    return make(token.range.begin, NumberLiteral{token.text, isFloat, imaginary});
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

ExpressionPtr Parser::subscript()
{
    const Position begin = peek().range.begin;
    QList<ExpressionPtr> items{slice()};
    if (!peek().is(u","))
        return items.constFirst();
    while (accept(u",") && !peek().is(u"]"))
        items.append(slice());
    return make(begin, TupleDisplay{items});
}

ExpressionPtr Parser::slice()
{
    const Position begin = peek().range.begin;
    const auto part = [this]() -> ExpressionPtr {
        return peek().is(u":") || peek().is(u"]") || peek().is(u",") ? nullptr : expression();
    };
    const ExpressionPtr lower = peek().is(u":") ? nullptr : namedExpression();
    if (!accept(u":"))
        return lower;
    const ExpressionPtr upper = part();
    const ExpressionPtr step = accept(u":") ? part() : nullptr;
    return make(begin, Slice{lower, upper, step});
}

QList<Argument> Parser::arguments()
{
    const Nesting nesting(m_depth, peek().range);
    expect(u"(");
    QList<Argument> given;
    bool hasKeyword = false;
    while (!peek().is(u")")) {
        const Range range = peek().range;
        const Argument one = argument();
        if (one.kind == Argument::Kind::Positional && hasKeyword)
            failAt(range, u"positional argument follows keyword argument"_s);
        if (std::holds_alternative<Comprehension>(one.value->node) && one.value->parentheses == 0
            && !peek().is(u")")
            && std::get<Comprehension>(one.value->node).kind == Comprehension::Kind::Generator)
            failAt(range, u"Generator expression must be parenthesized"_s);
        hasKeyword |= one.kind == Argument::Kind::Keyword || one.kind == Argument::Kind::DoubleStar;
        given.append(one);
        if (accept(u","))
            continue;
        if (startsExpression(peek()))
            failAt({range.begin, peek().range.end}, u"invalid syntax. Perhaps you forgot a comma?"_s);
        break;
    }
    expect(u")");
    return given;
}

Argument Parser::argument()
{
    if (accept(u"*"))
        return {Argument::Kind::Star, {}, expression()};
    if (accept(u"**"))
        return {Argument::Kind::DoubleStar, {}, expression()};
    if (peek().kind == Token::Kind::Name && !isKeyword(peek().text) && peek(1).is(u"=")) {
        const QString name = take().text;
        take();
        return {Argument::Kind::Keyword, name, expression()};
    }
    const Position begin = peek().range.begin;
    const ExpressionPtr value = namedExpression();
    if (peek().isKeyword(u"for") || (peek().isKeyword(u"async") && peek(1).isKeyword(u"for")))
        return {
            Argument::Kind::Positional,
            {},
            make(begin, Comprehension{Comprehension::Kind::Generator, value, {}, comprehensionClauses()})};
    if (peek().is(u"="))
        failAt({begin, peek().range.end},
               u"expression cannot contain assignment, perhaps you meant \"==\"?"_s);
    return {Argument::Kind::Positional, {}, value};
}

QList<Comprehension::For> Parser::comprehensionClauses()
{
    QList<Comprehension::For> clauses;
    while (peek().isKeyword(u"for") || peek().isKeyword(u"async")) {
        Comprehension::For clause;
        clause.isAsync = acceptKeyword(u"async");
        expectKeyword(u"for");
        clause.target = targetList();
        expectKeyword(u"in");
        clause.iterable = orTest();
        while (acceptKeyword(u"if"))
            clause.conditions.append(orTest());
        clauses.append(clause);
    }
    return clauses;
}

} // namespace deferscope::script
