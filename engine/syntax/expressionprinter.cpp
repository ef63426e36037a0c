// SPDX-License-Identifier: MIT
#include "printer.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

/// How tightly an expression binds, loosest first; an operand that binds less tightly than its place asks for
/// gets parentheses.
enum Precedence {
    Sequence,
    Assignment,
    Ternary,
    Or,
    And,
    Not,
    Comparison,
    BitOr,
    BitXor,
    BitAnd,
    Shift,
    Sum,
    Term,
    Factor,
    Power,
    AwaitLevel,
    Primary
};

Precedence precedenceOf(BinaryOperator op)
{
    switch (op) {
    case BinaryOperator::Add:
    case BinaryOperator::Subtract: return Sum;
    case BinaryOperator::Multiply:
    case BinaryOperator::Divide:
    case BinaryOperator::FloorDivide:
    case BinaryOperator::Modulo:
    case BinaryOperator::MatrixMultiply: return Term;
    case BinaryOperator::Power: return Power;
    case BinaryOperator::BitOr: return BitOr;
    case BinaryOperator::BitXor: return BitXor;
    case BinaryOperator::BitAnd: return BitAnd;
    case BinaryOperator::ShiftLeft:
    case BinaryOperator::ShiftRight: return Shift;
    }
    Q_UNREACHABLE();
}

QString textOf(CompareOperator op)
{
    switch (op) {
    case CompareOperator::Equal: return u"=="_s;
    case CompareOperator::NotEqual: return u"!="_s;
    case CompareOperator::Less: return u"<"_s;
    case CompareOperator::LessEqual: return u"<="_s;
    case CompareOperator::Greater: return u">"_s;
    case CompareOperator::GreaterEqual: return u">="_s;
    case CompareOperator::Is: return u"is"_s;
    case CompareOperator::IsNot: return u"is not"_s;
    case CompareOperator::In: return u"in"_s;
    case CompareOperator::NotIn: return u"not in"_s;
    }
    Q_UNREACHABLE();
}

struct PrecedenceVisitor
{
    Precedence operator()(const Binary &node) const { return precedenceOf(node.op); }
    Precedence operator()(const Unary &node) const { return node.op == UnaryOperator::Not ? Not : Factor; }
    Precedence operator()(const Boolean &node) const { return node.op == BooleanOperator::Or ? Or : And; }
    Precedence operator()(const Compare &) const { return Comparison; }
    Precedence operator()(const Conditional &) const { return Ternary; }
    Precedence operator()(const Lambda &) const { return Ternary; }
    Precedence operator()(const Walrus &) const { return Assignment; }
    Precedence operator()(const Yield &) const { return Sequence; }
    Precedence operator()(const YieldFrom &) const { return Sequence; }
    Precedence operator()(const Await &) const { return AwaitLevel; }
    Precedence operator()(const Starred &) const { return Assignment; }
    Precedence operator()(const TupleDisplay &) const { return Sequence; }
    Precedence operator()(const auto &) const { return Primary; }
};

QString printed(const ExpressionPtr &expression, Precedence place);

QString joined(const QList<ExpressionPtr> &items, Precedence place = Assignment)
{
    QStringList texts;
    for (const ExpressionPtr &item : items)
        texts.append(printed(item, place));
    return texts.join(u", "_s);
}

QString argumentText(const Argument &argument)
{
    switch (argument.kind) {
    case Argument::Kind::Positional: return printed(argument.value, Assignment);
    case Argument::Kind::Keyword: return argument.name + u'=' + printed(argument.value, Ternary);
    case Argument::Kind::Star: return u'*' + printed(argument.value, Ternary);
    case Argument::Kind::DoubleStar: return u"**"_s + printed(argument.value, Ternary);
    }
    Q_UNREACHABLE();
}

QString clausesText(const QList<Comprehension::For> &clauses)
{
    QString text;
    for (const Comprehension::For &clause : clauses) {
        text += (clause.isAsync ? u" async for "_s : u" for "_s) + printed(clause.target, Sequence)
            + u" in "_s + printed(clause.iterable, Or);
        for (const ExpressionPtr &condition : clause.conditions)
            text += u" if "_s + printed(condition, Or);
    }
    return text;
}

/// The text of a node, without the parentheses that its expression carries.
struct Printer
{
    QString operator()(const NoneLiteral &) const { return u"None"_s; }
    QString operator()(const EllipsisLiteral &) const { return u"..."_s; }
    QString operator()(const BoolLiteral &node) const { return node.value ? u"True"_s : u"False"_s; }
    QString operator()(const NumberLiteral &node) const { return node.text; }
    QString operator()(const StringLiteral &node) const
    {
        QStringList texts;
        for (const StringLiteral::Part &part : node.parts)
            texts.append(part.text);
        return texts.join(u' ');
    }
    QString operator()(const FormattedString &node) const { return node.text; }
    QString operator()(const Name &node) const { return node.id; }
    QString operator()(const Attribute &node) const
    {
        const bool isNumber
            = std::holds_alternative<NumberLiteral>(node.object->node) && node.object->parentheses == 0;
        return printed(node.object, Primary) + (isNumber ? u" ."_s : u"."_s) + node.name;
    }
    QString operator()(const Subscript &node) const
    {
        return printed(node.object, Primary) + u'[' + printed(node.index, Sequence) + u']';
    }
    QString operator()(const Slice &node) const
    {
        const auto part = [](const ExpressionPtr &one) { return one ? printed(one, Ternary) : QString(); };
        return part(node.lower) + u':' + part(node.upper) + (node.step ? u':' + part(node.step) : QString());
    }
    QString operator()(const Call &node) const
    {
        return printed(node.function, Primary) + printedArguments(node.arguments);
    }
    QString operator()(const Binary &node) const
    {
        const Precedence level = precedenceOf(node.op);
        if (node.op == BinaryOperator::Power)
            return printed(node.left, AwaitLevel) + u" ** "_s + printed(node.right, Factor);
        return printed(node.left, level) + u' ' + print(node.op) + u' '
            + printed(node.right, Precedence(level + 1));
    }
    QString operator()(const Unary &node) const
    {
        switch (node.op) {
        case UnaryOperator::Plus: return u'+' + printed(node.operand, Factor);
        case UnaryOperator::Minus: return u'-' + printed(node.operand, Factor);
        case UnaryOperator::Invert: return u'~' + printed(node.operand, Factor);
        case UnaryOperator::Not: return u"not "_s + printed(node.operand, Not);
        }
        Q_UNREACHABLE();
    }
    QString operator()(const Boolean &node) const
    {
        const bool isOr = node.op == BooleanOperator::Or;
        QStringList texts;
        for (const ExpressionPtr &operand : node.operands)
            texts.append(printed(operand, isOr ? And : Not));
        return texts.join(isOr ? u" or "_s : u" and "_s);
    }
    QString operator()(const Compare &node) const
    {
        QString text = printed(node.left, BitOr);
        for (qsizetype i = 0; i < node.ops.size(); ++i)
            text += u' ' + textOf(node.ops.at(i)) + u' ' + printed(node.operands.at(i), BitOr);
        return text;
    }
    QString operator()(const Conditional &node) const
    {
        return printed(node.body, Or) + u" if "_s + printed(node.test, Or) + u" else "_s
            + printed(node.orElse, Ternary);
    }
    QString operator()(const Lambda &node) const
    {
        const QString formal = printed(node.parameters);
        return (formal.isEmpty() ? u"lambda"_s : u"lambda "_s + formal) + u": "_s
            + deferscope::syntax::printed(node.body, Ternary);
    }
    QString operator()(const TupleDisplay &node) const
    {
        return node.items.size() == 1 ? printed(node.items.constFirst(), Assignment) + u','
                                      : joined(node.items);
    }
    QString operator()(const ListDisplay &node) const { return u'[' + joined(node.items) + u']'; }
    QString operator()(const SetDisplay &node) const { return u'{' + joined(node.items) + u'}'; }
    QString operator()(const DictDisplay &node) const
    {
        QStringList texts;
        for (const auto &[key, value] : node.items)
            texts.append(key ? printed(key, Ternary) + u": "_s + printed(value, Ternary)
                             : u"**"_s + printed(value, BitOr));
        return u'{' + texts.join(u", "_s) + u'}';
    }
    QString operator()(const Starred &node) const { return u'*' + printed(node.value, BitOr); }
    QString operator()(const Comprehension &node) const
    {
        const QString element = node.value
            ? printed(node.element, Ternary) + u": "_s + printed(node.value, Ternary)
            : printed(node.element, Assignment);
        const QString inside = element + clausesText(node.clauses);
        switch (node.kind) {
        case Comprehension::Kind::List: return u'[' + inside + u']';
        case Comprehension::Kind::Set:
        case Comprehension::Kind::Dict: return u'{' + inside + u'}';
        case Comprehension::Kind::Generator: return inside;
        }
        Q_UNREACHABLE();
    }
    QString operator()(const Await &node) const { return u"await "_s + printed(node.value, Primary); }
    QString operator()(const Yield &node) const
    {
        return node.value ? u"yield "_s + printed(node.value, Sequence) : u"yield"_s;
    }
    QString operator()(const YieldFrom &node) const
    {
        return u"yield from "_s + printed(node.value, Ternary);
    }
    QString operator()(const Walrus &node) const
    {
        return printed(node.target, Primary) + u" := "_s + printed(node.value, Ternary);
    }
    QString operator()(const Opaque &node) const { return node.text; }

    static QString printed(const ExpressionPtr &expression, Precedence place)
    {
        return deferscope::syntax::printed(expression, place);
    }
    static QString printed(const QList<Parameter> &parameters) { return printParameters(parameters); }
    static QString printedArguments(const QList<Argument> &arguments) { return printArguments(arguments); }
};

/// A generator expression has no brackets of its own, and an empty tuple needs them to be there at all.
bool needsBrackets(const Expression &expression)
{
    if (const auto *comprehension = std::get_if<Comprehension>(&expression.node))
        return comprehension->kind == Comprehension::Kind::Generator;
    const auto *tuple = std::get_if<TupleDisplay>(&expression.node);
    return tuple && tuple->items.isEmpty();
}

QString printed(const ExpressionPtr &expression, Precedence place)
{
    const bool tooLoose = std::visit(PrecedenceVisitor(), expression->node) < place;
    int parentheses = expression->parentheses;
    if (parentheses == 0 && (tooLoose || needsBrackets(*expression)))
        parentheses = 1;
    return QString(parentheses, u'(') + std::visit(Printer(), expression->node) + QString(parentheses, u')');
}

} // namespace

QString print(BinaryOperator op)
{
    switch (op) {
    case BinaryOperator::Add: return u"+"_s;
    case BinaryOperator::Subtract: return u"-"_s;
    case BinaryOperator::Multiply: return u"*"_s;
    case BinaryOperator::Divide: return u"/"_s;
    case BinaryOperator::FloorDivide: return u"//"_s;
    case BinaryOperator::Modulo: return u"%"_s;
    case BinaryOperator::Power: return u"**"_s;
    case BinaryOperator::MatrixMultiply: return u"@"_s;
    case BinaryOperator::BitOr: return u"|"_s;
    case BinaryOperator::BitAnd: return u"&"_s;
    case BinaryOperator::BitXor: return u"^"_s;
    case BinaryOperator::ShiftLeft: return u"<<"_s;
    case BinaryOperator::ShiftRight: return u">>"_s;
    }
    Q_UNREACHABLE();
}

QString print(const ExpressionPtr &expression) { return printed(expression, Sequence); }

QString printArguments(const QList<Argument> &arguments)
{
    QStringList texts;
    for (const Argument &argument : arguments)
        texts.append(argumentText(argument));
    return u'(' + texts.join(u", "_s) + u')';
}

QString printParameters(const QList<Parameter> &parameters)
{
    QStringList texts;
    bool starSeen = false;
    for (qsizetype i = 0; i < parameters.size(); ++i) {
        const Parameter &one = parameters.at(i);
        if (one.kind == Parameter::Kind::KeywordOnly && !starSeen)
            texts.append(u"*"_s);
        starSeen |= one.kind == Parameter::Kind::Star || one.kind == Parameter::Kind::KeywordOnly;
        QString text = one.kind == Parameter::Kind::Star ? u'*' + one.name
            : one.kind == Parameter::Kind::DoubleStar    ? u"**"_s + one.name
                                                         : one.name;
        if (one.annotation)
            text += u": "_s + print(one.annotation);
        if (one.defaultValue)
            text += (one.annotation ? u" = "_s : u"="_s) + printed(one.defaultValue, Ternary);
        texts.append(text);
        const bool lastOfPositionalOnly = one.kind == Parameter::Kind::PositionalOnly
            && (i + 1 == parameters.size() || parameters.at(i + 1).kind != Parameter::Kind::PositionalOnly);
        if (lastOfPositionalOnly)
            texts.append(u"/"_s);
    }
    return texts.join(u", "_s);
}

} // namespace deferscope::syntax
