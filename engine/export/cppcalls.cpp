// SPDX-License-Identifier: MIT
// Calls, and what is handed to them to be called.
#include "cppwriter.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

namespace deferscope::exporting {

using namespace edit;
using namespace syntax;
using namespace Qt::StringLiterals;

QString CppWriter::arguments(const Call &node, qsizetype first)
{
    QStringList values;
    int calls = 0;
    for (const Argument &argument : node.arguments.sliced(first)) {
        if (argument.kind != Argument::Kind::Positional)
            throw NoForm{u"a named argument"_s};
        values << value(argument.value);
        walk(argument.value, [&calls](const ExpressionPtr &inner) { calls += callOf(inner) != nullptr; });
    }
    // C++ leaves open which argument of a function comes first.
    if (calls > 1)
        throw NoForm{u"more than one call among the arguments"_s};
    return values.join(u", "_s);
}

QString CppWriter::call(const Call &node)
{
    const QString path = qualified(node.function);
    if (path.startsWith(u"twisted.internet.defer."_s))
        return made(path.section(u'.', -1), node);
    if (path == u"twisted.internet.reactor.callLater")
        return scheduled(node);
    if (path == u"twisted.internet.reactor.run")
        return u"QCoreApplication::exec()"_s;
    if (path == u"twisted.internet.reactor.stop")
        return u"QCoreApplication::quit()"_s;
    if (const QString name = nameOf(node.function); !name.isEmpty() && path.isEmpty()) {
        if (const Scope *scope = owner(name); scope && scope->functions.contains(name)) {
            if (scope != m_scope && !scope->isModule() && !scope->declared.contains(name))
                throw NoForm{u"%1, which calls itself inside another function,"_s.arg(name)};
            return u"%1(%2)"_s.arg(spelled(name), arguments(node));
        }
        if (owner(name))
            throw NoForm{u"a call of the variable %1"_s.arg(name)};
        if (name == u"print")
            return u"%1({%2})"_s.arg(helper(u"print"_s), arguments(node));
        if ((name == u"str" || name == u"repr") && node.arguments.size() == 1)
            return u"%1(%2)"_s.arg(name, arguments(node));
        if (name == u"len" && node.arguments.size() == 1)
            return u"%1(%2).size()"_s.arg(helper(u"itemsOf"_s), arguments(node));
        QString message;
        const QString type = exception(std::make_shared<Expression>(Expression{{}, 0, node}), &message);
        return u"Value(ObjectRef(makeException(%1, %2)))"_s.arg(type, message);
    }
    if (const auto *method = std::get_if<Attribute>(&node.function->node))
        return methodOf(*method, node);
    throw NoForm{print(node.function)};
}

QString CppWriter::deferredList(const Call &node)
{
    if (node.arguments.isEmpty())
        throw NoForm{u"a list without members"_s};
    const auto *members = std::get_if<ListDisplay>(&node.arguments.constFirst().value->node);
    if (!members)
        throw NoForm{u"a list of Deferreds that is not written out"_s};
    QStringList all;
    for (const ExpressionPtr &member : members->items)
        all << deferred(member);
    return u'{' + all.join(u", "_s) + u'}';
}

QString CppWriter::made(const QString &maker, const Call &node)
{
    if (maker == u"Deferred" && node.arguments.isEmpty())
        return u"Deferred()"_s;
    if (maker == u"Deferred" && node.arguments.size() == 1) {
        const QString body = calling(node.arguments.constFirst().value, {u"cancelled"_s});
        return u"Deferred(Canceller{[=](Deferred cancelled) { %1; }, {}})"_s.arg(body);
    }
    if (maker == u"succeed" && node.arguments.size() == 1)
        return u"succeed(%1)"_s.arg(arguments(node));
    if (maker == u"fail" && node.arguments.size() == 1) {
        QString message;
        const QString type = exception(node.arguments.constFirst().value, &message);
        return u"fail(Failure(%1, %2))"_s.arg(type, message);
    }
    if (maker == u"maybeDeferred" && !node.arguments.isEmpty()) {
        QStringList captures{u"="_s};
        const QStringList values = kept(node.arguments.sliced(1), &captures);
        return u"maybeDeferred([%1] { return Outcome::returned(%2); })"_s.arg(
            captures.join(u", "_s), calling(node.arguments.constFirst().value, values));
    }
    if (maker != u"gatherResults" && maker != u"DeferredList")
        throw NoForm{u"defer.%1"_s.arg(maker)};
    const QString members = deferredList(node);
    QHash<QString, QString> flags;
    for (const Argument &argument : node.arguments.sliced(1)) {
        if (argument.kind != Argument::Kind::Keyword)
            throw NoForm{u"a flag without its name"_s};
        flags.insert(argument.name, condition(argument.value));
    }
    if (maker == u"gatherResults")
        return u"gatherResults(%1, %2)"_s.arg(members, flags.value(u"consumeErrors"_s, u"false"_s));
    QStringList written; // in the order of the members, as C++ wants it
    for (const QString &flag : {u"fireOnOneCallback"_s, u"fireOnOneErrback"_s, u"consumeErrors"_s})
        if (flags.contains(flag))
            written << u".%1 = %2"_s.arg(flag, flags.value(flag));
    return u"DeferredList(%1, {%2})"_s.arg(members, written.join(u", "_s));
}

/// The values of arguments that are kept for later: names of copies, which \a captures makes.
QStringList CppWriter::kept(const QList<Argument> &more, QStringList *captures)
{
    QStringList names;
    for (const Argument &argument : more) {
        if (argument.kind != Argument::Kind::Positional)
            throw NoForm{u"a named argument"_s};
        const QString name = u"kept%1"_s.arg(names.size() + 1);
        *captures << u"%1 = Value(%2)"_s.arg(name, value(argument.value));
        names << name;
    }
    return names;
}

/// A call of \a function with C++ values, as an expression.
QString CppWriter::calling(const ExpressionPtr &function, const QStringList &values)
{
    const QString all = values.join(u", "_s);
    if (const auto *written = std::get_if<Lambda>(&function->node)) {
        if (written->parameters.size() != values.size())
            throw NoForm{u"a lambda that takes another number of values"_s};
        return u"%1(%2)"_s.arg(lambda(*written), all);
    }
    if (const QString name = nameOf(function); name == u"print" && !owner(name))
        return u"%1({%2})"_s.arg(helper(u"print"_s), all);
    if (const QString name = nameOf(function); !name.isEmpty()) {
        const Scope *scope = owner(name);
        if (!scope || !scope->functions.contains(name))
            throw NoForm{u"%1 as a function"_s.arg(name)};
        if (!scope->isModule() && !scope->declared.contains(name))
            throw NoForm{u"%1, which calls itself inside another function,"_s.arg(name)};
        return u"%1(%2)"_s.arg(spelled(name), all);
    }
    if (qualified(function) == u"twisted.internet.reactor.stop")
        return u"QCoreApplication::quit()"_s;
    const auto *method = std::get_if<Attribute>(&function->node);
    if (method && values.size() <= 1
        && (method->name == u"callback" || method->name == u"cancel" || method->name == u"pause"
            || method->name == u"unpause"))
        return u"Deferred(%1).%2(%3)"_s.arg(deferred(method->object), method->name, all);
    if (method && method->name == u"errback" && values.size() == 1)
        return u"Deferred(%1).errback(toFailure(%2))"_s.arg(deferred(method->object), all);
    throw NoForm{print(function)};
}

/// One side of a link.
QString CppWriter::side(const ExpressionPtr &function, const QList<Argument> &more)
{
    if (const auto *written = std::get_if<Lambda>(&function->node);
        written && written->parameters.size() == 1 && more.isEmpty())
        return lambda(*written);
    if (const QString name = nameOf(function); more.isEmpty() && m_module.functions.contains(name)
        && owner(name) == &m_module && m_module.functions.value(name) == 1)
        return spelled(name);
    QStringList captures{u"="_s};
    QStringList values{u"result"_s};
    values << kept(more, &captures);
    const QString called = calling(function, values);
    const bool givesValue = !nameOf(function).isEmpty() && nameOf(function) != u"print";
    return u"[%1](const Value &result) mutable -> Value { %2; }"_s.arg(
        captures.join(u", "_s), givesValue ? u"return "_s + called : called + u"; return {}"_s);
}

QString CppWriter::methodOf(const Attribute &method, const Call &node)
{
    const QList<Argument> &given = node.arguments;
    const QString &name = method.name;
    if (name == u"getErrorMessage" && given.isEmpty())
        return u"%1.message()"_s.arg(failure(method.object));
    if (name == u"trap" && given.size() >= 1) {
        QStringList types;
        for (const Argument &argument : given)
            types << u'&' + exceptionType(argument.value);
        return u"%1.trap({%2})"_s.arg(failure(method.object), types.join(u", "_s));
    }
    if (name == u"append" && given.size() == 1)
        return u"%1.append(%2)"_s.arg(helper(u"itemsOf"_s) + u'(' + value(method.object) + u')',
                                      value(given.constFirst().value));
    const QString on = deferred(method.object);
    if ((name == u"addCallback" || name == u"addErrback" || name == u"addBoth") && !given.isEmpty())
        return u"%1.%2(%3)"_s.arg(on, name, side(given.constFirst().value, given.sliced(1)));
    if (name == u"addCallbacks" && given.size() == 2)
        return u"%1.addCallbacks(%2, %3)"_s.arg(on, side(given.at(0).value, {}), side(given.at(1).value, {}));
    if (name == u"addTimeout" && given.size() == 2
        && qualified(given.at(1).value) == u"twisted.internet.reactor")
        return u"%1.addTimeout(%2, reactor())"_s.arg(on, value(given.constFirst().value));
    if (name == u"chainDeferred" && given.size() == 1)
        return u"%1.chainDeferred(%2)"_s.arg(on, deferred(given.constFirst().value));
    if (name == u"callback" && given.size() == 1)
        return u"%1.callback(%2)"_s.arg(on, value(given.constFirst().value));
    if (name == u"errback" && given.size() == 1) {
        if (!callOf(given.constFirst().value))
            return u"%1.errback(toFailure(%2))"_s.arg(on, value(given.constFirst().value));
        QString message;
        const QString type = exception(given.constFirst().value, &message);
        return u"%1.errback(Failure(%2, %3))"_s.arg(on, type, message);
    }
    if ((name == u"cancel" || name == u"pause" || name == u"unpause") && given.isEmpty())
        return u"%1.%2()"_s.arg(on, name);
    throw NoForm{u"the method %1"_s.arg(name)};
}

QString CppWriter::delay(const ExpressionPtr &expression)
{
    if (const auto *number = std::get_if<NumberLiteral>(&expression->node); number && !number->isImaginary)
        return QString(number->text).remove(u'_');
    return u"%1(%2)"_s.arg(helper(u"seconds"_s), value(expression));
}

QString CppWriter::scheduled(const Call &node)
{
    if (node.arguments.size() < 2)
        throw NoForm{u"callLater without a function"_s};
    const ExpressionPtr function = node.arguments.at(1).value;
    const QList<Argument> more = node.arguments.sliced(2);
    QStringList captures{u"="_s};
    QString body;
    const auto *method = std::get_if<Attribute>(&function->node);
    if (method && method->name == u"errback" && more.size() == 1 && callOf(more.constFirst().value)) {
        QString message;
        const QString type = exception(more.constFirst().value, &message);
        body = u"Deferred(%1).errback(Failure(%2, %3))"_s.arg(deferred(method->object), type, message);
    } else {
        body = calling(function, kept(more, &captures));
    }
    return u"reactor().callLater(%1, {[%2]() mutable { %3; }, {}, {}})"_s.arg(
        delay(node.arguments.constFirst().value), captures.join(u", "_s), body);
}

/// Whether the C++ form of \a expression is a call that returns nothing which a link could pass on.
bool CppWriter::givesNothing(const ExpressionPtr &expression) const
{
    static const QSet<QString> methods{u"callback"_s, u"errback"_s, u"cancel"_s, u"pause"_s,
                                       u"unpause"_s,  u"append"_s,  u"trap"_s};
    const Call *called = callOf(expression);
    if (!called)
        return false;
    if (qualified(called->function).startsWith(u"twisted.internet.reactor."_s))
        return true;
    const auto *method = std::get_if<Attribute>(&called->function->node);
    return method ? methods.contains(method->name)
                  : nameOf(called->function) == u"print" && !owner(u"print"_s);
}

QString CppWriter::lambda(const Lambda &node)
{
    Scope scope;
    scope.outer = m_scope;
    enter(node.parameters, {}, scope);
    m_scope = &scope;
    const QString body = value(node.body);
    const QString given = givesNothing(node.body) ? body + u"; return {}"_s : u"return "_s + body;
    const QString text = u"[=](%1) mutable -> Value { %2; }"_s.arg(
        parameters(node.parameters, {given}, Defaults::Refused), given);
    m_scope = scope.outer;
    return text;
}

} // namespace deferscope::exporting
