// SPDX-License-Identifier: MIT
#include "form.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

namespace deferscope::edit {

using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

using Kind = Action::Kind;

constexpr std::pair<QStringView, Kind> Acts[] = {{u"callback", Kind::Fire},
                                                 {u"errback", Kind::Fail},
                                                 {u"cancel", Kind::Cancel},
                                                 {u"pause", Kind::Pause},
                                                 {u"unpause", Kind::Unpause}};

bool isPlain(const Call &call)
{
    return std::all_of(call.arguments.cbegin(), call.arguments.cend(),
                       [](const Argument &argument) { return argument.kind == Argument::Kind::Positional; });
}

bool meansModule(const Outline &outline, const QString &path, QStringView qualified)
{
    return outline.imports.value(path) == qualified;
}

bool isReactorCall(const Outline &outline, const Call &call, QStringView method)
{
    const auto *attribute = std::get_if<Attribute>(&call.function->node);
    return attribute && attribute->name == method
        && meansModule(outline, pathOf(attribute->object), u"twisted.internet.reactor");
}

std::optional<Action> actOf(const Call &call)
{
    const auto *attribute = std::get_if<Attribute>(&call.function->node);
    const QString target = attribute ? pathOf(attribute->object) : QString();
    if (target.isEmpty() || !isPlain(call) || call.arguments.size() > 1)
        return {};
    for (const auto &[name, kind] : Acts) {
        const bool takesValue = kind == Kind::Fire || kind == Kind::Fail;
        if (attribute->name == name && (takesValue || call.arguments.isEmpty())) {
            const QString value
                = call.arguments.isEmpty() ? QString() : print(call.arguments.constFirst().value);
            return Action{kind, value, target, {}, false};
        }
    }
    return {};
}

QString withoutBrackets(const QString &text) { return text.sliced(1, text.size() - 2); }

std::optional<Action> actionOf(const Statement &statement, const Outline &outline)
{
    if (const auto *returned = std::get_if<Return>(&statement.node)) {
        const QString value = returned->value ? print(returned->value) : u"None"_s;
        return Action{Kind::Return, value, {}, {}, false};
    }
    if (const auto *raised = std::get_if<Raise>(&statement.node)) {
        if (!raised->exception || raised->cause)
            return {};
        return Action{Kind::Raise, print(raised->exception), {}, {}, false};
    }
    const auto *whole = std::get_if<ExpressionStatement>(&statement.node);
    const Call *call = whole ? callOf(whole->value) : nullptr;
    if (!call)
        return {};
    if (nameOf(call->function) == u"print")
        return Action{Kind::Print, withoutBrackets(printArguments(call->arguments)), {}, {}, false};
    if (isReactorCall(outline, *call, u"stop") && call->arguments.isEmpty())
        return Action{Kind::Stop, {}, {}, {}, false};
    return actOf(*call);
}

/// `d = defer.Deferred()`: the name.
QString madeIn(const Statement &statement, const Outline &outline)
{
    const auto *assign = std::get_if<Assign>(&statement.node);
    const Call *call = assign && assign->targets.size() == 1 ? callOf(assign->value) : nullptr;
    if (!call || !call->arguments.isEmpty())
        return {};
    const QString path = pathOf(call->function);
    const QString module = path.section(u'.', 0, -2);
    const bool isDeferred = module.isEmpty()
        ? meansModule(outline, path, u"twisted.internet.defer.Deferred")
        : path.endsWith(u".Deferred") && meansModule(outline, module, u"twisted.internet.defer");
    return isDeferred ? nameOf(assign->targets.constFirst()) : QString();
}

/// `d = defer.Deferred()`, `reactor.callLater(1, d.callback, 2)`, `return d`.
std::optional<Action> returnLaterAt(const Block &body, qsizetype at, const Outline &outline)
{
    if (at + 2 >= body.size())
        return {};
    const QString name = madeIn(*body.at(at), outline);
    const auto *returned = std::get_if<Return>(&body.at(at + 2)->node);
    if (name.isEmpty() || !returned || nameOf(returned->value) != name)
        return {};
    const auto *timed = std::get_if<ExpressionStatement>(&body.at(at + 1)->node);
    const Call *call = timed ? callOf(timed->value) : nullptr;
    if (!call || !isReactorCall(outline, *call, u"callLater") || !isPlain(*call))
        return {};
    const qsizetype count = call->arguments.size();
    const QString method = count >= 2 ? pathOf(call->arguments.at(1).value) : QString();
    const bool isError = method == name + u".errback"_s;
    if (count > 3 || (!isError && method != name + u".callback"_s))
        return {};
    const QString value = count == 3 ? print(call->arguments.at(2).value) : QString();
    return Action{Kind::ReturnLater, value, name, print(call->arguments.at(0).value), isError};
}

bool isDocstring(const Statement &statement)
{
    const auto *whole = std::get_if<ExpressionStatement>(&statement.node);
    return whole && std::holds_alternative<StringLiteral>(whole->value->node);
}

QString behind(const QString &argument) { return argument.isEmpty() ? QString() : u", "_s + argument; }

} // namespace

std::optional<QList<FormStep>> stepsOf(const Block &body, const Outline &outline)
{
    QList<FormStep> steps;
    for (qsizetype i = 0; i < body.size(); ++i) {
        const Statement &statement = *body.at(i);
        if (std::holds_alternative<Pass>(statement.node) || (i == 0 && isDocstring(statement)))
            continue;
        if (!steps.isEmpty() && isLast(steps.constLast().action.kind))
            return {};
        if (const auto later = returnLaterAt(body, i, outline)) {
            steps.append({*later, i, i + 2});
            i += 2;
        } else if (const auto action = actionOf(statement, outline)) {
            steps.append({*action, i, i});
        } else {
            return {};
        }
    }
    return steps;
}

QStringList linesOf(const Action &action, const Outline &outline)
{
    const QString reactor = outline.localName(u"twisted.internet.reactor"_s);
    const auto call = [&](QStringView method) {
        return QStringList{u"%1.%2(%3)"_s.arg(action.target, method.toString(), action.value)};
    };
    switch (action.kind) {
    case Kind::Print: return {u"print(%1)"_s.arg(action.value)};
    case Kind::Return: return {u"return %1"_s.arg(action.value)};
    case Kind::Raise: return {u"raise %1"_s.arg(action.value)};
    case Kind::ReturnLater:
        return {u"%1 = %2.Deferred()"_s.arg(action.target, outline.localName(u"twisted.internet.defer"_s)),
                u"%1.callLater(%2, %3.%4%5)"_s.arg(reactor, action.seconds, action.target,
                                                   action.isError ? u"errback"_s : u"callback"_s,
                                                   behind(action.value)),
                u"return %1"_s.arg(action.target)};
    case Kind::Fire: return call(u"callback");
    case Kind::Fail: return call(u"errback");
    case Kind::Cancel: return call(u"cancel");
    case Kind::Pause: return call(u"pause");
    case Kind::Unpause: return call(u"unpause");
    case Kind::Stop: return {reactor + u".stop()"_s};
    }
    return {};
}

Form formOf(const QList<FormStep> &steps)
{
    Form form;
    for (const FormStep &step : steps)
        form.append(step.action);
    return form;
}

} // namespace deferscope::edit
