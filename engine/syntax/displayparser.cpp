// SPDX-License-Identifier: MIT
#include "nesting.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

ExpressionPtr Parser::primary()
{
    const Position begin = peek().range.begin;
    ExpressionPtr result = atom();
    while (peek().is(u".") || peek().is(u"(") || peek().is(u"[")) {
        const int height = m_height;
        result = link(begin, result);
        Nesting::grow(*this, std::max(height, m_height));
    }
    return result;
}

ExpressionPtr Parser::link(Position begin, const ExpressionPtr &object)
{
    if (accept(u".")) {
        const NamePlace name = namePlace();
        return make(begin, Attribute{object, name.name, name.range});
    }
    if (peek().is(u"(")) {
        const QList<Argument> given = arguments();
        return make(begin, Call{object, given, lastEnd()});
    }
    const Nesting nesting(*this);
    take();
    const ExpressionPtr index = subscript();
    expect(u"]");
    return make(begin, Subscript{object, index});
}

ExpressionPtr Parser::atom()
{
    m_height = 1;
    m_tallest = std::max(m_tallest, m_height);
    const Token &token = peek();
    switch (token.kind) {
    case Token::Kind::Number: return number();
    case Token::Kind::String: return string();
    case Token::Kind::Name: return nameOrConstant();
    case Token::Kind::Operator:
        if (token.is(u"("))
            return parenthesized();
        if (token.is(u"["))
            return listDisplay();
        if (token.is(u"{"))
            return braceDisplay();
        if (token.is(u"..."))
            return make(take().range.begin, EllipsisLiteral{});
        break;
    case Token::Kind::Unreadable:
    case Token::Kind::Indent:
    case Token::Kind::Newline:
    case Token::Kind::Dedent:
    case Token::Kind::End: break;
    }
    fail();
}

ExpressionPtr Parser::nameOrConstant()
{
    const Position begin = peek().range.begin;
    if (acceptKeyword(u"None"))
        return make(begin, NoneLiteral{});
    if (acceptKeyword(u"True"))
        return make(begin, BoolLiteral{true});
    if (acceptKeyword(u"False"))
        return make(begin, BoolLiteral{false});
    const NamePlace name = namePlace();
    return make(begin, Name{name.name, name.range});
}

ExpressionPtr Parser::number()
{
    const Token &token = take();
    const QString text = token.text.toString();
    const bool isPrefixed = text.size() > 1 && text.front() == u'0' && text.at(1).isLetter()
        && QStringView(u"xob").contains(text.at(1).toLower());
    const bool isImaginary = !isPrefixed && text.endsWith(u'j', Qt::CaseInsensitive);
    const bool isFloat
        = !isPrefixed && !isImaginary && (text.contains(u'.') || text.contains(u'e', Qt::CaseInsensitive));
    return make(token.range.begin, NumberLiteral{text, isFloat, isImaginary});
}

ExpressionPtr Parser::parenthesized()
{
    const Nesting nesting(*this);
    const Position begin = take().range.begin;
    const ExpressionPtr inner = groupContent(begin);
    expect(u")");
    auto copy = std::make_shared<Expression>(*inner);
    copy->parentheses += 1;
    copy->range = {begin, lastEnd()};
    return copy;
}

/// What stands between `(` and `)`: nothing, one thing, a tuple or a generator.
ExpressionPtr Parser::groupContent(Position begin)
{
    if (peek().is(u")"))
        return make(begin, TupleDisplay{});
    if (peek().isKeyword(u"yield"))
        return yield();
    const ExpressionPtr first = starOrNamedExpression();
    if (startsComprehension())
        return comprehension(begin, Comprehension::Kind::Generator, {first, nullptr});
    if (!peek().is(u",")) {
        if (std::holds_alternative<Starred>(first->node)
            && (peek().is(u")") || peek().kind == Token::Kind::End))
            failAt(first->range, u"cannot use starred expression here"_s);
        return first;
    }
    QList<ExpressionPtr> items{first};
    while (accept(u",") && startsExpression(peek()))
        items.append(starOrNamedExpression());
    return make(begin, TupleDisplay{items});
}

ExpressionPtr Parser::listDisplay()
{
    const Nesting nesting(*this);
    const Position begin = take().range.begin;
    QList<ExpressionPtr> items;
    while (!peek().is(u"]")) {
        items.append(starOrNamedExpression());
        if (startsComprehension() && items.size() == 1) {
            const ExpressionPtr result
                = comprehension(begin, Comprehension::Kind::List, {items.constFirst(), nullptr});
            expect(u"]");
            return make(begin, std::get<Comprehension>(result->node));
        }
        if (!accept(u","))
            break;
    }
    expect(u"]");
    return make(begin, ListDisplay{items});
}

/// Begins as a set would; turns into a dict at the first `:` or `**`.
ExpressionPtr Parser::braceDisplay()
{
    const Nesting nesting(*this);
    const Position begin = take().range.begin;
    if (peek().is(u"}") || peek().is(u"**"))
        return dictDisplay(begin, {});
    const ExpressionPtr first = starOrNamedExpression();
    if (peek().is(u":") && !std::holds_alternative<Starred>(first->node)) {
        const DictItem item{first, dictItem().second};
        if (startsComprehension()) {
            const ExpressionPtr result = comprehension(begin, Comprehension::Kind::Dict, item);
            expect(u"}");
            return make(begin, std::get<Comprehension>(result->node));
        }
        return dictDisplay(begin, {item});
    }
    if (startsComprehension()) {
        const ExpressionPtr result = comprehension(begin, Comprehension::Kind::Set, {first, nullptr});
        expect(u"}");
        return make(begin, std::get<Comprehension>(result->node));
    }
    QList<ExpressionPtr> items{first};
    while (accept(u",") && startsExpression(peek()))
        items.append(starOrNamedExpression());
    expect(u"}");
    return make(begin, SetDisplay{items});
}

ExpressionPtr Parser::dictDisplay(Position begin, QList<DictItem> items)
{
    if (items.isEmpty() || accept(u",")) {
        while (!peek().is(u"}")) {
            const Range range = peek().range;
            items.append(dictItem());
            if (startsComprehension() && !items.constLast().first)
                failAt(range, u"dict unpacking cannot be used in dict comprehension"_s);
            if (!accept(u","))
                break;
        }
    }
    expect(u"}");
    return make(begin, DictDisplay{items});
}

/// `key: value` or `**value`; from the colon on when the key has been read, and then without it.
Parser::DictItem Parser::dictItem()
{
    if (accept(u"**"))
        return {nullptr, binary()};
    const ExpressionPtr key = peek().is(u":") ? nullptr : expression();
    if (!accept(u":"))
        fail(u"':' expected after dictionary key"_s);
    return {key, expression()};
}

/// The clauses behind \a element; the closing bracket is left.
ExpressionPtr Parser::comprehension(Position begin, Comprehension::Kind kind, const DictItem &element)
{
    if (std::holds_alternative<Starred>(element.first->node) && element.first->parentheses == 0)
        failAt(element.first->range, u"iterable unpacking cannot be used in comprehension"_s);
    QList<Comprehension::For> clauses;
    while (startsComprehension()) {
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
    return make(begin, Comprehension{kind, element.first, element.second, clauses});
}

ExpressionPtr Parser::subscript()
{
    const Position begin = peek().range.begin;
    const ExpressionPtr first = slice();
    if (!peek().is(u",") && !std::holds_alternative<Starred>(first->node))
        return first;
    QList<ExpressionPtr> items{first};
    while (accept(u",") && !peek().is(u"]"))
        items.append(slice());
    return make(begin, TupleDisplay{items});
}

ExpressionPtr Parser::slice()
{
    const Position begin = peek().range.begin;
    if (peek().is(u"*"))
        return starOrExpression();
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
    const Nesting nesting(*this);
    expect(u"(");
    QList<Argument> given;
    GivenKinds kinds;
    kinds.begin = peek().range;
    while (!peek().is(u")")) {
        const Token first = peek();
        const Argument one = argument();
        const auto *generator = std::get_if<Comprehension>(&one.value->node);
        kinds.hasGenerator
            |= generator && generator->kind == Comprehension::Kind::Generator && one.value->parentheses == 0;
        if (kinds.hasGenerator && (!given.isEmpty() || peek().is(u",")))
            failAt({first.range.begin, lastEnd()}, u"Generator expression must be parenthesized"_s);
        checkOrder(kinds, one, first);
        given.append(one);
        if (!accept(u","))
            break;
    }
    expect(u")");
    return given;
}

/// Refuses \a next, which begins with the token \a first, where it may not stand behind the \a given.
void Parser::checkOrder(GivenKinds &given, const Argument &next, const Token &first) const
{
    switch (next.kind) {
    case Argument::Kind::Positional:
        if (given.hasUnpacking)
            fail(u"positional argument follows keyword argument unpacking"_s);
        if (!given.names.isEmpty())
            fail(u"positional argument follows keyword argument"_s);
        break;
    case Argument::Kind::Keyword:
        if (given.names.contains(next.name))
            failAt({first.range.begin, lastEnd()}, u"keyword argument repeated: %1"_s.arg(next.name));
        given.names.insert(next.name);
        break;
    case Argument::Kind::Star:
        if (given.hasUnpacking)
            failAt(given.begin, u"iterable argument unpacking follows keyword argument unpacking"_s);
        break;
    case Argument::Kind::DoubleStar: given.hasUnpacking = true; break;
    }
}

Argument Parser::argument()
{
    if (accept(u"*"))
        return {Argument::Kind::Star, {}, expression()};
    if (accept(u"**"))
        return {Argument::Kind::DoubleStar, {}, expression()};
    if (peek().kind == Token::Kind::Name && peek(1).is(u"="))
        return keywordArgument();
    const Position begin = peek().range.begin;
    ExpressionPtr value = expression();
    if (peek().is(u":=")) {
        if (!std::holds_alternative<Name>(value->node) || value->parentheses > 0)
            failAt(value->range, u"cannot use assignment expressions with this"_s);
        take();
        value = make(begin, Walrus{value, expression()});
    }
    if (startsComprehension())
        value = comprehension(begin, Comprehension::Kind::Generator, {value, nullptr});
    return {Argument::Kind::Positional, {}, value};
}

Argument Parser::keywordArgument()
{
    const QString name = expectName().name();
    take();
    return {Argument::Kind::Keyword, name, expression()};
}

} // namespace deferscope::syntax
