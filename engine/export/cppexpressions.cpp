// SPDX-License-Identifier: MIT
#include "cppwriter.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

#include <limits>

namespace deferscope::exporting {

using namespace edit;
using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

const QSet<QString> MadeDeferreds{u"Deferred"_s,      u"succeed"_s,       u"fail"_s,
                                  u"maybeDeferred"_s, u"gatherResults"_s, u"DeferredList"_s};
const QSet<QString> ReturnsItself{u"addCallback"_s,  u"addErrback"_s, u"addBoth"_s,
                                  u"addCallbacks"_s, u"addTimeout"_s, u"chainDeferred"_s};

} // namespace

bool CppWriter::makesDeferred(const ExpressionPtr &expression) const
{
    if (const QString name = nameOf(expression); !name.isEmpty()) {
        const Scope *scope = owner(name);
        return scope && scope->deferreds.contains(name);
    }
    const auto *node = callOf(expression);
    if (!node)
        return false;
    const QString maker = qualified(node->function);
    if (maker.startsWith(u"twisted.internet.defer."_s))
        return MadeDeferreds.contains(maker.section(u'.', -1));
    const auto *method = std::get_if<Attribute>(&node->function->node);
    return method && ReturnsItself.contains(method->name) && makesDeferred(method->object);
}

QString CppWriter::deferred(const ExpressionPtr &expression)
{
    if (makesDeferred(expression))
        return value(expression);
    return u"%1(%2)"_s.arg(helper(u"deferredIn"_s), value(expression));
}

QString CppWriter::list(const QList<ExpressionPtr> &items)
{
    QStringList values;
    for (const ExpressionPtr &item : items)
        values << value(item);
    return u'{' + values.join(u", "_s) + u'}';
}

QString CppWriter::condition(const ExpressionPtr &expression)
{
    if (const auto *literal = std::get_if<BoolLiteral>(&expression->node))
        return literal->value ? u"true"_s : u"false"_s;
    if (const auto *compared = std::get_if<Compare>(&expression->node))
        return compare(*compared);
    if (const auto *unary = std::get_if<Unary>(&expression->node); unary && unary->op == UnaryOperator::Not)
        return u"!(%1)"_s.arg(condition(unary->operand));
    if (const auto *both = std::get_if<Boolean>(&expression->node)) {
        QStringList conditions;
        for (const ExpressionPtr &operand : both->operands)
            conditions << u'(' + condition(operand) + u')';
        return conditions.join(both->op == BooleanOperator::And ? u" && "_s : u" || "_s);
    }
    return u"%1(%2)"_s.arg(helper(u"isTrue"_s), value(expression));
}

QString CppWriter::value(const ExpressionPtr &expression)
{
    const auto &node = expression->node;
    if (std::holds_alternative<NoneLiteral>(node))
        return u"Value()"_s;
    if (const auto *literal = std::get_if<BoolLiteral>(&node))
        return literal->value ? u"true"_s : u"false"_s;
    if (const auto *number = std::get_if<NumberLiteral>(&node)) {
        bool isDecimal = !number->isImaginary;
        const QString digits = QString(number->text).remove(u'_');
        if (!number->isFloat)
            digits.toLongLong(&isDecimal);
        if (!isDecimal || digits.endsWith(u'.'))
            throw NoForm{u"the number %1"_s.arg(number->text)};
        const bool isShort = number->isFloat || digits.toLongLong() <= std::numeric_limits<int>::max();
        return isShort ? digits : u"qint64(%1)"_s.arg(digits);
    }
    if (const auto *text = std::get_if<StringLiteral>(&node)) {
        QString whole;
        for (const StringLiteral::Part &part : text->parts)
            whole += part.value;
        if (text->isBytes)
            throw NoForm{u"bytes"_s};
        if (text->hasNamedCharacters)
            throw NoForm{u"\\N{…} in a text"_s};
        return quoted(whole);
    }
    if (const auto *text = std::get_if<FormattedString>(&node))
        return formatted(*text);
    if (const auto *name = std::get_if<Name>(&node))
        return variable(name->id);
    if (const auto *lookup = std::get_if<Attribute>(&node))
        return attribute(*lookup);
    if (const auto *called = std::get_if<Call>(&node))
        return call(*called);
    if (const auto *operation = std::get_if<Binary>(&node))
        return binary(*operation);
    if (const auto *unary = std::get_if<Unary>(&node); unary && unary->op == UnaryOperator::Minus) {
        const QString operand = value(unary->operand);
        return std::holds_alternative<NumberLiteral>(unary->operand->node)
            ? u'-' + operand
            : u"%1({0, %2})"_s.arg(helper(u"minus"_s), operand);
    }
    if (const auto *choice = std::get_if<Conditional>(&node))
        return u"(%1 ? Value(%2) : Value(%3))"_s.arg(condition(choice->test), value(choice->body),
                                                     value(choice->orElse));
    if (const auto *items = std::get_if<ListDisplay>(&node))
        return u"listOf(%1)"_s.arg(list(items->items));
    if (const auto *items = std::get_if<TupleDisplay>(&node))
        return u"tupleOf(%1)"_s.arg(list(items->items));
    if (const auto *item = std::get_if<Subscript>(&node))
        return u"%1({%2, %3})"_s.arg(helper(u"item"_s), value(item->object), value(item->index));
    if (std::holds_alternative<Compare>(node)
        || (std::holds_alternative<Unary>(node) && std::get<Unary>(node).op == UnaryOperator::Not))
        return u"Value(%1)"_s.arg(condition(expression));
    throw NoForm{print(expression)};
}

QString CppWriter::binary(const Binary &node)
{
    static const QHash<BinaryOperator, QString> names{{BinaryOperator::Add, u"plus"_s},
                                                      {BinaryOperator::Subtract, u"minus"_s},
                                                      {BinaryOperator::Multiply, u"times"_s}};
    if (!names.contains(node.op))
        throw NoForm{
            u"the operator in %1"_s.arg(print(std::make_shared<Expression>(Expression{{}, 0, node})))};
    return u"%1({%2, %3})"_s.arg(helper(names.value(node.op)), value(node.left), value(node.right));
}

QString CppWriter::compare(const Compare &node)
{
    if (node.ops.size() != 1)
        throw NoForm{u"a comparison of more than two"_s};
    const QString left = value(node.left);
    const QString right = value(node.operands.constFirst());
    switch (node.ops.constFirst()) {
    case CompareOperator::Equal: return u"%1({%2, %3})"_s.arg(helper(u"equal"_s), left, right);
    case CompareOperator::NotEqual: return u"!%1({%2, %3})"_s.arg(helper(u"equal"_s), left, right);
    case CompareOperator::Less: return u"%1({%2, %3}) < 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::LessEqual: return u"%1({%2, %3}) <= 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::Greater: return u"%1({%2, %3}) > 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::GreaterEqual: return u"%1({%2, %3}) >= 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::Is: return u"Value(%1) == Value(%2)"_s.arg(left, right);
    case CompareOperator::IsNot: return u"!(Value(%1) == Value(%2))"_s.arg(left, right);
    case CompareOperator::In:
    case CompareOperator::NotIn: break;
    }
    throw NoForm{u"the operator in"_s};
}

QString CppWriter::formatted(const FormattedString &node)
{
    if (node.hasNamedCharacters)
        throw NoForm{u"\\N{…} in a text"_s};
    QStringList pieces;
    for (const FormattedString::Piece &piece : node.pieces) {
        if (!piece.field) {
            pieces << quoted(piece.text);
            continue;
        }
        if (!piece.field->specification.isEmpty() || !piece.field->debugText.isEmpty()
            || piece.field->conversion == u'a')
            throw NoForm{u"the format in %1"_s.arg(node.text)};
        const QString shown = value(piece.field->expression);
        pieces << (piece.field->conversion == u'r' ? u"repr(%1)"_s.arg(shown) : shown);
    }
    return u"%1({%2})"_s.arg(helper(u"join"_s), pieces.join(u", "_s));
}

QString CppWriter::failure(const ExpressionPtr &expression)
{
    return u"toFailure(%1)"_s.arg(value(expression));
}

QString CppWriter::attribute(const Attribute &node)
{
    if (node.name == u"value")
        return u"Value(ObjectRef(%1.value()))"_s.arg(failure(node.object));
    if (node.name == u"called")
        return u"%1.state().called"_s.arg(deferred(node.object));
    const auto *type = std::get_if<Attribute>(&node.object->node);
    if (node.name == u"__name__" && type && type->name == u"type")
        return u"%1.type().name()"_s.arg(failure(type->object));
    throw NoForm{u"the attribute %1"_s.arg(node.name)};
}

/// The C++ name of an exception's class.
QString CppWriter::exceptionType(const ExpressionPtr &expression)
{
    static const QHash<QString, QString> known{{u"BaseException"_s, u"baseException"_s},
                                               {u"Exception"_s, u"exception"_s},
                                               {u"RuntimeError"_s, u"runtimeError"_s},
                                               {u"TypeError"_s, u"typeError"_s},
                                               {u"ValueError"_s, u"valueError"_s},
                                               {u"RecursionError"_s, u"recursionError"_s},
                                               {u"CancelledError"_s, u"cancelledError"_s},
                                               {u"TimeoutError"_s, u"timeoutError"_s},
                                               {u"AlreadyCalledError"_s, u"alreadyCalledError"_s}};
    static const QSet<QString> others{u"IndexError"_s, u"LookupError"_s,     u"OSError"_s,
                                      u"IOError"_s,    u"ArithmeticError"_s, u"NameError"_s,
                                      u"EOFError"_s,   u"AssertionError"_s,  u"NotImplementedError"_s};
    const QString name = nameOf(expression);
    if (m_ownExceptions.contains(name))
        return spelled(name);
    const QString path = qualified(expression);
    if (path.startsWith(u"twisted.internet.defer."_s) && known.contains(path.section(u'.', -1)))
        return u"exceptions::%1()"_s.arg(known.value(path.section(u'.', -1)));
    if (path.isEmpty() && !owner(name) && name != u"TimeoutError" && known.contains(name))
        return u"exceptions::%1()"_s.arg(known.value(name));
    if (path.isEmpty() && !owner(name) && others.contains(name)) {
        m_exceptions << u"const ExceptionType %1(u\"%1\"_s, {}, &exceptions::exception());"_s.arg(name);
        m_ownExceptions.insert(name);
        return name;
    }
    throw NoForm{print(expression)};
}

/// `ValueError("x")`: gives the type, and sets the message as a C++ expression.
QString CppWriter::exception(const ExpressionPtr &expression, QString *message)
{
    const Call *node = callOf(expression);
    const QString type = exceptionType(node ? node->function : expression);
    if (node && node->arguments.size() > 1)
        throw NoForm{print(expression)};
    *message = node && !node->arguments.isEmpty()
        ? u"str(%1)"_s.arg(value(node->arguments.constFirst().value))
        : u"QString()"_s;
    return type;
}

} // namespace deferscope::exporting
