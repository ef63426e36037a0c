// SPDX-License-Identifier: MIT
#include "suggestions.h"

#include "nesting.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

struct Namer
{
    QString operator()(const Name &) const { return u"name"_s; }
    QString operator()(const Attribute &) const { return u"attribute"_s; }
    QString operator()(const Subscript &) const { return u"subscript"_s; }
    QString operator()(const TupleDisplay &) const { return u"tuple"_s; }
    QString operator()(const ListDisplay &) const { return u"list"_s; }
    QString operator()(const Starred &) const { return u"starred"_s; }
    QString operator()(const NoneLiteral &) const { return u"None"_s; }
    QString operator()(const BoolLiteral &literal) const { return literal.value ? u"True"_s : u"False"_s; }
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

template <typename... Types> bool holdsAny(const Expression::Node &node)
{
    return (std::holds_alternative<Types>(node) || ...);
}

bool isSingleTarget(const Expression &expression)
{
    return holdsAny<Name, Attribute, Subscript>(expression.node);
}

/// Python's grammar calls this a bitwise_or: it binds tighter than a comparison.
bool bindsTightly(const Expression &expression)
{
    if (expression.parentheses > 0)
        return true;
    const auto *unary = std::get_if<Unary>(&expression.node);
    return !(unary && unary->op == UnaryOperator::Not)
        && !holdsAny<Compare, Boolean, Conditional, Lambda, Starred, Yield, YieldFrom, Walrus>(
            expression.node);
}

/// After these Python does not ask whether `==` was meant.
bool isPlainlyNoComparison(const Expression &expression)
{
    const auto *comprehension = std::get_if<Comprehension>(&expression.node);
    return holdsAny<ListDisplay, TupleDisplay, NoneLiteral, BoolLiteral>(expression.node)
        || (comprehension && comprehension->kind == Comprehension::Kind::Generator);
}

const QList<ExpressionPtr> *itemsOf(const Expression &expression)
{
    if (const auto *tuple = std::get_if<TupleDisplay>(&expression.node))
        return &tuple->items;
    if (const auto *list = std::get_if<ListDisplay>(&expression.node))
        return &list->items;
    return nullptr;
}

} // namespace

QString nameOf(const Expression &expression) { return std::visit(Namer(), expression.node); }

/// \a body, which begins with the token \a first, has another expression right behind it.
void Parser::suggest(qsizetype first, const ExpressionPtr &body)
{
    if (m_guessing)
        return;
    const Token &word = m_tokens.at(first);
    const bool isName = m_at == first + 1 && word.kind == Token::Kind::Name;
    if (isName && (word.text == u"print" || word.text == u"exec")) {
        if (attempt([this] { expressionList(); }))
            failAt({word.range.begin, lastEnd()},
                   u"Missing parentheses in call to '%1'. Did you mean %1(...)?"_s.arg(word.text));
        return;
    }
    const bool isSoftKeyword = word.text == u"match" || word.text == u"case" || word.text == u"_";
    if (m_brackets == 0 || isSoftKeyword || (isName && peek().kind == Token::Kind::String))
        return;
    if (attempt([this] { expression(); }))
        failAt({body->range.begin, lastEnd()}, u"invalid syntax. Perhaps you forgot a comma?"_s);
}

/// \a left stands where a value is wanted and has `=` behind it.
void Parser::suggestComparison(const ExpressionPtr &left)
{
    const qsizetype equals = m_at;
    const bool isName = std::holds_alternative<Name>(left->node) && left->parentheses == 0;
    if (m_guessing || !bindsTightly(*left) || isPlainlyNoComparison(*left))
        return;
    const auto value = [this] {
        take();
        binary();
        if (peek().is(u"=") || peek().is(u":="))
            fail();
    };
    if (!attempt(value))
        return;
    if (isName)
        failAt({left->range.begin, lastEnd()},
               u"invalid syntax. Maybe you meant '==' or ':=' instead of '='?"_s);
    m_at = equals;
    failAt(left->range,
           u"cannot assign to %1 here. Maybe you meant '==' instead of '='?"_s.arg(nameOf(*left)));
}

/// Refuses what cannot stand left of the `=` that comes next. \a isFirst tells that no other `=` stands
/// before it.
void Parser::checkAssigned(const ExpressionPtr &target, bool isFirst)
{
    if (holdsAny<Yield, YieldFrom>(target->node) && target->parentheses == 0)
        failAt(target->range, u"assignment to yield expression not possible"_s);
    if (std::holds_alternative<Starred>(target->node))
        failAt(target->range, u"starred assignment target must be in a list or tuple"_s);
    const auto *tuple = std::get_if<TupleDisplay>(&target->node);
    const ExpressionPtr last
        = tuple && target->parentheses == 0 && !tuple->items.isEmpty() ? tuple->items.constLast() : target;
    if (isFirst && !isSingleTarget(*last) && !std::holds_alternative<Starred>(last->node))
        suggestComparison(last);
    checkTarget(target);
}

/// Refuses what cannot be given a value; or, when it \a isDeleted, what cannot be deleted.
void Parser::checkTarget(const ExpressionPtr &target, const QString &refusal, bool isDeleted) const
{
    if (const auto *items = itemsOf(*target)) {
        qsizetype starred = 0;
        for (const ExpressionPtr &item : *items) {
            checkTarget(item, refusal, isDeleted);
            starred += std::holds_alternative<Starred>(item->node) ? 1 : 0;
        }
        if (starred > 1)
            failAt(target->range, u"multiple starred expressions in assignment"_s);
    } else if (const auto *starred = std::get_if<Starred>(&target->node); starred && !isDeleted) {
        checkTarget(starred->value, refusal);
    } else if (!isSingleTarget(*target)) {
        failAt(target->range, refusal.arg(nameOf(*target)));
    }
}

} // namespace deferscope::script
