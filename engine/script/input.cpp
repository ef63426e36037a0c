// SPDX-License-Identifier: MIT
#include "input.h"

#include "engine/script/deferredbridge.h"
#include "engine/script/errors.h"
#include "engine/script/interpreter.h"
#include "engine/script/operations.h"
#include "engine/script/syntaxnames.h"
#include "engine/syntax/parser.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Computes an expression outside the program's code. It is short and typed by hand: a walk of its tree will
/// do.
class Evaluator
{
public:
    explicit Evaluator(Interpreter &vm)
        : m_vm(vm)
    {
    }

    Value value(const ExpressionPtr &expression)
    {
        return std::visit([this](const auto &node) { return of(node); }, expression->node);
    }

private:
    template <typename Node> Value of(const Node &)
    {
        raise(exceptions::typeError(), u"what is given by hand is made of literals, names and calls"_s);
    }
    Value of(const NoneLiteral &) { return {}; }
    Value of(const BoolLiteral &node) { return node.value; }
    Value of(const NumberLiteral &node);
    Value of(const StringLiteral &node);
    Value of(const Name &node);
    Value of(const Attribute &node) { return attribute(m_vm, value(node.object), node.name); }
    Value of(const Unary &node) { return unary(m_vm, node.op, value(node.operand)); }
    Value of(const Binary &node) { return binary(m_vm, node.op, value(node.left), value(node.right)); }
    Value of(const ListDisplay &node) { return m_vm.list(values(node.items)); }
    Value of(const TupleDisplay &node) { return m_vm.tuple(values(node.items)); }
    Value of(const Call &node);

    QList<Value> values(const QList<ExpressionPtr> &items)
    {
        QList<Value> result;
        for (const ExpressionPtr &item : items)
            result.append(value(item));
        return result;
    }

    Interpreter &m_vm;
};

Value Evaluator::of(const NumberLiteral &node)
{
    const QString text = QString(node.text).remove(u'_');
    return node.isFloat ? Value(text.toDouble()) : Value(qint64(text.toLongLong(nullptr, 0)));
}

Value Evaluator::of(const StringLiteral &node)
{
    QString text;
    for (const StringLiteral::Part &part : node.parts)
        text += part.value;
    return text;
}

Value Evaluator::of(const Name &node)
{
    if (const Value *found = m_vm.globalNamed(node.id))
        return *found;
    raise(errors::nameError(), u"name '%1' is not defined"_s.arg(node.id));
}

Value Evaluator::of(const Call &node)
{
    Arguments arguments;
    for (const Argument &argument : node.arguments) {
        if (argument.kind == Argument::Kind::Keyword)
            arguments.keywords.append({argument.name, value(argument.value)});
        else
            arguments.positional.append(value(argument.value));
    }
    return m_vm.call(value(node.function), arguments);
}

Value evaluate(Interpreter &vm, const QString &text)
{
    if (text.trimmed().isEmpty())
        return {};
    const QString whole = u'(' + text + u")\n"_s;
    const Module module = parse(whole);
    const auto *statement = module.isWhole() && module.body.size() == 1
        ? std::get_if<ExpressionStatement>(&module.body.constFirst()->node)
        : nullptr;
    if (!statement)
        raise(exceptions::valueError(), u"this is no expression: "_s + text);
    return Evaluator(vm).value(statement->value);
}

} // namespace

void apply(Interpreter &vm, const Input &input)
{
    const std::optional<Deferred> found = vm.engine().find(input.deferred);
    if (!found)
        return;
    Deferred deferred = *found;
    switch (input.kind) {
    case Input::Kind::Fire: deferred.callback(evaluate(vm, input.value)); break;
    case Input::Kind::Fail: deferred.errback(failureFrom(vm, evaluate(vm, input.value))); break;
    case Input::Kind::Cancel: deferred.cancel(); break;
    case Input::Kind::Pause: deferred.pause(); break;
    case Input::Kind::Unpause: deferred.unpause(); break;
    }
}

} // namespace deferscope::script
