// SPDX-License-Identifier: MIT
#include "walk.h"

namespace deferscope::edit {

using namespace syntax;
using Expressions = QList<ExpressionPtr>;

namespace {

Expressions ofPieces(const QList<FormattedString::Piece> &pieces)
{
    Expressions children;
    for (const FormattedString::Piece &piece : pieces) {
        if (piece.field)
            children << piece.field->expression << ofPieces(piece.field->specification);
    }
    return children;
}

Expressions ofParameters(const QList<Parameter> &parameters)
{
    Expressions children;
    for (const Parameter &parameter : parameters)
        children << parameter.annotation << parameter.defaultValue;
    return children;
}

Expressions ofArguments(const QList<Argument> &arguments)
{
    Expressions children;
    for (const Argument &argument : arguments)
        children << argument.value;
    return children;
}

struct Children
{
    Expressions operator()(const NoneLiteral &) const { return {}; }
    Expressions operator()(const EllipsisLiteral &) const { return {}; }
    Expressions operator()(const BoolLiteral &) const { return {}; }
    Expressions operator()(const NumberLiteral &) const { return {}; }
    Expressions operator()(const StringLiteral &) const { return {}; }
    Expressions operator()(const Name &) const { return {}; }
    Expressions operator()(const FormattedString &node) const { return ofPieces(node.pieces); }
    Expressions operator()(const Attribute &node) const { return {node.object}; }
    Expressions operator()(const Subscript &node) const { return {node.object, node.index}; }
    Expressions operator()(const Slice &node) const { return {node.lower, node.upper, node.step}; }
    Expressions operator()(const Call &node) const
    {
        return Expressions{node.function} + ofArguments(node.arguments);
    }
    Expressions operator()(const Binary &node) const { return {node.left, node.right}; }
    Expressions operator()(const Unary &node) const { return {node.operand}; }
    Expressions operator()(const Boolean &node) const { return node.operands; }
    Expressions operator()(const Compare &node) const { return Expressions{node.left} + node.operands; }
    Expressions operator()(const Conditional &node) const { return {node.body, node.test, node.orElse}; }
    Expressions operator()(const Lambda &node) const { return ofParameters(node.parameters) << node.body; }
    Expressions operator()(const TupleDisplay &node) const { return node.items; }
    Expressions operator()(const ListDisplay &node) const { return node.items; }
    Expressions operator()(const SetDisplay &node) const { return node.items; }
    Expressions operator()(const DictDisplay &node) const
    {
        Expressions children;
        for (const auto &[key, value] : node.items)
            children << key << value;
        return children;
    }
    Expressions operator()(const Starred &node) const { return {node.value}; }
    Expressions operator()(const Comprehension &node) const
    {
        Expressions children{node.element, node.value};
        for (const Comprehension::For &clause : node.clauses)
            children << clause.target << clause.iterable << clause.conditions;
        return children;
    }
    Expressions operator()(const Await &node) const { return {node.value}; }
    Expressions operator()(const Yield &node) const { return {node.value}; }
    Expressions operator()(const YieldFrom &node) const { return {node.value}; }
    Expressions operator()(const Walrus &node) const { return {node.target, node.value}; }
    Expressions operator()(const Opaque &) const { return {}; }
};

struct Own
{
    Expressions operator()(const ExpressionStatement &node) const { return {node.value}; }
    Expressions operator()(const Assign &node) const { return node.targets + Expressions{node.value}; }
    Expressions operator()(const AnnotatedAssign &node) const
    {
        return {node.target, node.annotation, node.value};
    }
    Expressions operator()(const AugmentedAssign &node) const { return {node.target, node.value}; }
    Expressions operator()(const Return &node) const { return {node.value}; }
    Expressions operator()(const Raise &node) const { return {node.exception, node.cause}; }
    Expressions operator()(const Pass &) const { return {}; }
    Expressions operator()(const Break &) const { return {}; }
    Expressions operator()(const Continue &) const { return {}; }
    Expressions operator()(const Delete &node) const { return node.targets; }
    Expressions operator()(const Assert &node) const { return {node.test, node.message}; }
    Expressions operator()(const Global &) const { return {}; }
    Expressions operator()(const Nonlocal &) const { return {}; }
    Expressions operator()(const Import &) const { return {}; }
    Expressions operator()(const ImportFrom &) const { return {}; }
    Expressions operator()(const If &node) const { return {node.test}; }
    Expressions operator()(const For &node) const { return {node.target, node.iterable}; }
    Expressions operator()(const While &node) const { return {node.test}; }
    Expressions operator()(const Try &node) const
    {
        Expressions types;
        for (const ExceptHandler &handler : node.handlers)
            types << handler.type;
        return types;
    }
    Expressions operator()(const With &node) const
    {
        Expressions items;
        for (const WithItem &item : node.items)
            items << item.context << item.target;
        return items;
    }
    Expressions operator()(const FunctionDefinition &node) const
    {
        return node.decorators + ofParameters(node.parameters) + Expressions{node.returns};
    }
    Expressions operator()(const ClassDefinition &node) const
    {
        return node.decorators + ofArguments(node.bases);
    }
    Expressions operator()(const Match &node) const { return {node.subject}; }
    Expressions operator()(const Case &node) const { return {node.pattern, node.guard}; }
    Expressions operator()(const OpaqueStatement &) const { return {}; }
};

} // namespace

void walk(const ExpressionPtr &expression, const std::function<void(const ExpressionPtr &)> &visit)
{
    QList<ExpressionPtr> open{expression}; // a list of its own: long sums are deep trees
    while (!open.isEmpty()) {
        const ExpressionPtr next = open.takeLast();
        if (!next)
            continue;
        visit(next);
        const Expressions children = std::visit(Children{}, next->node);
        for (auto child = children.crbegin(); child != children.crend(); ++child)
            open.append(*child);
    }
}

QList<ExpressionPtr> expressionsOf(const Statement &statement) { return std::visit(Own{}, statement.node); }

QList<const Block *> blocksOf(const Statement &statement)
{
    QList<const Block *> blocks;
    std::visit(
        [&blocks](const auto &node) {
            if constexpr (requires { node.body; })
                blocks << &node.body;
            if constexpr (requires { node.handlers; }) {
                for (const ExceptHandler &handler : node.handlers)
                    blocks << &handler.body;
            }
            if constexpr (requires { node.orElse; })
                blocks << &node.orElse;
            if constexpr (requires { node.finally; })
                blocks << &node.finally;
        },
        statement.node);
    return blocks;
}

QString nameOf(const ExpressionPtr &expression)
{
    const auto *name = expression ? std::get_if<Name>(&expression->node) : nullptr;
    return name ? name->id : QString();
}

QString pathOf(const ExpressionPtr &expression)
{
    const auto *attribute = expression ? std::get_if<Attribute>(&expression->node) : nullptr;
    if (!attribute)
        return nameOf(expression);
    const QString object = pathOf(attribute->object);
    return object.isEmpty() ? QString() : object + u'.' + attribute->name;
}

const Call *callOf(const ExpressionPtr &expression)
{
    return expression ? std::get_if<Call>(&expression->node) : nullptr;
}

} // namespace deferscope::edit
