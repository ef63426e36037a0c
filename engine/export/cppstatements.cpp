// SPDX-License-Identifier: MIT
#include "cppwriter.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

#include <QRegularExpression>

namespace deferscope::exporting {

using namespace edit;
using namespace syntax;
using namespace Qt::StringLiterals;

QStringList CppWriter::block(const Block &block)
{
    QStringList lines;
    for (const StatementPtr &inner : block) {
        try {
            lines << statement(*inner);
        } catch (NoForm &form) {
            if (!form.what.startsWith(u"Line "_s))
                form.what = u"Line %1: %2 has no C++ form."_s.arg(inner->range.begin.line).arg(form.what);
            throw;
        }
    }
    return lines;
}

QStringList CppWriter::bind(const QString &name, const ExpressionPtr &expression)
{
    const QString text = value(expression);
    const QString type = m_scope->deferreds.contains(name) ? u"Deferred"_s : u"Value"_s;
    const QString spelt = spelled(name);
    if (m_scope->isModule() && isShared(name)) {
        const bool isFresh
            = type == u"Deferred" && text == u"Deferred()" && m_scope->assigned.value(name) == 1;
        m_scope->declared.insert(name);
        return isFresh ? QStringList() : QStringList{u"%1 = %2;"_s.arg(spelt, text)};
    }
    if (m_scope->declared.contains(name))
        return {u"%1 = %2;"_s.arg(spelt, text)};
    m_scope->declared.insert(name);
    if (text == u"Deferred()")
        return {u"Deferred %1;"_s.arg(spelt)};
    return {u"%1 %2 = %3;"_s.arg(type, spelt, text)};
}

QStringList CppWriter::assign(const Assign &node)
{
    if (node.targets.size() != 1)
        throw NoForm{u"an assignment to several names at once"_s};
    const ExpressionPtr &target = node.targets.constFirst();
    if (const QString name = nameOf(target); !name.isEmpty())
        return bind(name, node.value);
    throw NoForm{u"the assignment to %1"_s.arg(print(target))};
}

QStringList CppWriter::raise(const Raise &node)
{
    if (!node.exception || node.cause)
        throw NoForm{u"this form of raise"_s};
    if (const QString name = nameOf(node.exception); owner(name))
        return {u"throw RaisedError(ExceptionRef(%1.as<Exception>()));"_s.arg(variable(name))};
    QString message;
    const QString type = exception(node.exception, &message);
    return {u"throw RaisedError(%1, %2);"_s.arg(type, message)};
}

QStringList CppWriter::loop(const For &node)
{
    if (!node.orElse.isEmpty() || node.isAsync)
        throw NoForm{u"this form of for"_s};
    QStringList body;
    QStringList names;
    if (const auto *tuple = std::get_if<TupleDisplay>(&node.target->node)) {
        for (const ExpressionPtr &item : tuple->items)
            names << nameOf(item);
        for (qsizetype index = 0; index < names.size(); ++index)
            body << u"%1 = %2({each, %3});"_s.arg(spelled(names.at(index)), helper(u"item"_s)).arg(index);
    } else {
        names << nameOf(node.target);
        body << u"%1 = each;"_s.arg(spelled(names.constFirst()));
    }
    QStringList lines;
    for (const QString &name : std::as_const(names)) {
        if (!m_scope->declared.contains(name) && !(m_scope->isModule() && isShared(name)))
            throw NoForm{u"the variable %1"_s.arg(name)};
    }
    lines << u"for (const Value &each : QList<Value>(%1(%2))) {"_s.arg(helper(u"itemsOf"_s),
                                                                       value(node.iterable));
    lines << indented(body + block(node.body)) << u"}"_s;
    return lines;
}

QStringList CppWriter::attempt(const Try &node)
{
    if (!node.finally.isEmpty() || !node.orElse.isEmpty())
        throw NoForm{u"else or finally of a try"_s};
    if (node.isOfGroups)
        throw NoForm{u"except*"_s};
    QStringList lines{u"try {"_s};
    lines << indented(block(node.body)) << u"} catch (const RaisedError &error) {"_s;
    QString opening = u"if"_s;
    bool catchesAll = false;
    for (const ExceptHandler &handler : node.handlers) {
        QStringList body;
        if (!handler.name.isEmpty())
            throw NoForm{u"except with a name"_s};
        body << block(handler.body);
        if (handler.type) {
            lines << u"    %1 (error.exception()->type().isA(%2)) {"_s.arg(opening,
                                                                           exceptionType(handler.type));
        } else {
            lines << (opening == u"if" ? u"    {"_s : u"    } else {"_s);
            catchesAll = true;
        }
        lines << indented(indented(body));
        opening = u"} else if"_s;
    }
    if (!catchesAll)
        lines << u"    } else {"_s << u"        throw;"_s;
    lines << u"    }"_s << u"}"_s;
    return lines;
}

/// Python makes a default value once, C++ at each call: only of a literal is that the same.
QString CppWriter::constant(const ExpressionPtr &expression)
{
    const bool isConstant = std::visit(
        [](const auto &node) {
            using T = std::decay_t<decltype(node)>;
            return std::is_same_v<
                       T,
                       NoneLiteral> || std::is_same_v<T, BoolLiteral> || std::is_same_v<T, NumberLiteral> || std::is_same_v<T, StringLiteral>;
        },
        expression->node);
    if (!isConstant)
        throw NoForm{u"the default value %1"_s.arg(print(expression))};
    return value(expression);
}

/// Those that \a body does not use have no name.
QString CppWriter::parameters(const QList<Parameter> &parameters, const QStringList &body, Defaults defaults)
{
    QStringList all;
    for (const Parameter &parameter : parameters) {
        if (parameter.kind != Parameter::Kind::Positional)
            throw NoForm{u"the parameter %1"_s.arg(parameter.name)};
        const QString name = spelled(parameter.name);
        const QRegularExpression use(u"\\b%1\\b"_s.arg(name));
        QString text = u"const Value &"_s + (body.filter(use).isEmpty() ? QString() : name);
        if (parameter.defaultValue && defaults == Defaults::Refused)
            throw NoForm{u"a default value in a function inside another"_s};
        if (parameter.defaultValue && defaults == Defaults::Written)
            text += u" = "_s + constant(parameter.defaultValue);
        all << text;
    }
    return all.join(u", "_s);
}

void CppWriter::enter(const QList<Parameter> &parameters, const Block &body, Scope &scope)
{
    note(body, scope);
    for (const Parameter &parameter : parameters) {
        if (scope.assigned.contains(parameter.name))
            throw NoForm{u"the assignment to the parameter %1"_s.arg(parameter.name)};
        ++scope.assigned[parameter.name];
        scope.declared.insert(parameter.name);
    }
}

/// Variables that are bound more than once or inside a block are declared where their function begins.
QStringList CppWriter::hoisted(const Block &body, const Scope &scope) const
{
    QSet<QString> inPlace;
    for (const StatementPtr &statement : body) {
        if (const auto *assign = std::get_if<Assign>(&statement->node)) {
            for (const ExpressionPtr &target : assign->targets)
                if (!nameOf(target).isEmpty())
                    inPlace.insert(nameOf(target));
        }
    }
    QStringList names = scope.assigned.keys();
    names.sort();
    QStringList lines;
    for (const QString &name : std::as_const(names)) {
        const bool needs = !scope.declared.contains(name) && !(scope.isModule() && isShared(name))
            && (scope.assigned.value(name) > 1 || !inPlace.contains(name));
        if (needs)
            lines << u"%1 %2;"_s.arg(scope.deferreds.contains(name) ? u"Deferred"_s : u"Value"_s,
                                     spelled(name));
    }
    return lines;
}

QStringList CppWriter::function(const FunctionDefinition &node)
{
    if (node.isAsync || !node.decorators.isEmpty())
        throw NoForm{u"a coroutine or decorated function"_s};
    Scope scope;
    scope.outer = m_scope;
    m_scope = &scope;
    enter(node.parameters, node.body, scope);
    const bool isFile = scope.outer->isModule();
    QStringList body = hoisted(node.body, scope);
    for (const QString &line : std::as_const(body))
        scope.declared.insert(line.section(u' ', 1).chopped(1));
    body << block(node.body);
    if (body.isEmpty() || !body.constLast().startsWith(u"return "_s))
        body << u"return {};"_s;
    const QString taken = parameters(node.parameters, body, isFile ? Defaults::Written : Defaults::Refused);
    const QString defined = parameters(node.parameters, body, Defaults::LeftOut);
    m_scope = scope.outer;
    const QString name = spelled(node.name);
    m_scope->declared.insert(node.name);
    if (!isFile)
        return QStringList{u"auto %1 = [=](%2) mutable -> Value {"_s.arg(name, taken)} + indented(body)
            + QStringList{u"};"_s};
    m_declarations << u"Value %1(%2);"_s.arg(name, taken);
    m_functions << u"Value %1(%2)"_s.arg(name, defined) << u"{"_s << indented(body) << u"}"_s << QString();
    return {};
}

void CppWriter::defineClass(const ClassDefinition &node)
{
    const bool isPlain = node.bases.size() == 1 && node.body.size() == 1
        && (std::holds_alternative<Pass>(node.body.constFirst()->node)
            || std::holds_alternative<ExpressionStatement>(node.body.constFirst()->node));
    if (!isPlain || !m_scope->isModule())
        throw NoForm{u"the class %1"_s.arg(node.name)};
    const QString base = exceptionType(node.bases.constFirst().value);
    const QString name = spelled(node.name);
    m_exceptions << u"const ExceptionType %1(u\"%2\"_s, u\"__main__\"_s, &%3);"_s.arg(name, node.name, base);
    m_ownExceptions.insert(node.name);
}

QStringList CppWriter::statement(const Statement &statement)
{
    const auto &node = statement.node;
    if (const auto *expression = std::get_if<ExpressionStatement>(&node)) {
        if (std::holds_alternative<StringLiteral>(expression->value->node))
            return {}; // a docstring
        return {value(expression->value) + u';'};
    }
    if (const auto *assigned = std::get_if<Assign>(&node))
        return assign(*assigned);
    if (const auto *augmented = std::get_if<AugmentedAssign>(&node)) {
        const Binary sum{augmented->op, augmented->target, augmented->value};
        const QString name = nameOf(augmented->target);
        if (owner(name) != m_scope)
            throw NoForm{u"a change of %1 outside its function"_s.arg(name)};
        return {u"%1 = %2;"_s.arg(spelled(name), binary(sum))};
    }
    if (const auto *returned = std::get_if<Return>(&node))
        return {u"return %1;"_s.arg(returned->value ? value(returned->value) : u"{}"_s)};
    if (const auto *raised = std::get_if<Raise>(&node))
        return raise(*raised);
    if (const auto *branch = std::get_if<If>(&node)) {
        QStringList lines{u"if (%1) {"_s.arg(condition(branch->test))};
        lines << indented(block(branch->body));
        if (!branch->orElse.isEmpty())
            lines << u"} else {"_s << indented(block(branch->orElse));
        return lines << u"}"_s;
    }
    if (const auto *each = std::get_if<For>(&node))
        return loop(*each);
    if (const auto *tried = std::get_if<Try>(&node))
        return attempt(*tried);
    if (const auto *defined = std::get_if<FunctionDefinition>(&node))
        return function(*defined);
    if (const auto *defined = std::get_if<ClassDefinition>(&node)) {
        defineClass(*defined);
        return {};
    }
    if (std::holds_alternative<Import>(node) || std::holds_alternative<ImportFrom>(node)
        || std::holds_alternative<Pass>(node))
        return {};
    throw NoForm{u"this statement"_s};
}

} // namespace deferscope::exporting
