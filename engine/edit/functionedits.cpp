// SPDX-License-Identifier: MIT
// Edits of what the functions of a chain do.
#include "editsupport.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

namespace deferscope::edit {

using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

/// What a link calls: a function of the script or a lambda.
struct Callee
{
    const FunctionPlace *function = nullptr;
    ExpressionPtr lambda;
};

Callee calleeOf(const Source &source, const Addition &link, LinkSide side)
{
    const ExpressionPtr &called = side == LinkSide::First ? link.callback : link.errback;
    if (called && std::holds_alternative<Lambda>(called->node))
        return {nullptr, called};
    const QString name = nameOf(called);
    return {name.isEmpty() ? nullptr
                           : source.outline.function(name, source.outline.functionOf(link.statement)),
            {}};
}

QString bodyText(const Source &source, const FunctionDefinition &definition)
{
    const TextPatch text(source.text);
    if (definition.body.constFirst()->layout.isJoined) { // it stands behind the colon
        const Range all{definition.body.constFirst()->range.begin, definition.body.constLast()->range.end};
        return text.cut(all);
    }
    const QString indentation = definition.body.constFirst()->layout.indentation;
    int line = firstLineOf(*definition.body.constFirst())
        - int(definition.body.constFirst()->layout.leading.size());
    QStringList lines;
    for (; line <= lastLineOf(*definition.body.constLast()); ++line) {
        const QString written = text.line(line);
        lines << (written.startsWith(indentation) ? written.sliced(indentation.size()) : written.trimmed());
    }
    return lines.join(u'\n');
}

FunctionText textOf(const Source &source, const FunctionPlace &function)
{
    const FunctionDefinition &definition = source.outline.definition(function);
    FunctionText result{definition.name, {}, bodyText(source, definition), {}};
    if (!definition.parameters.isEmpty())
        result.parameter = definition.parameters.constFirst().name;
    if (const auto steps = stepsOf(definition.body, source.outline); steps && !definition.isAsync)
        result.form = formOf(*steps);
    return result;
}

FunctionText textOf(const Lambda &lambda)
{
    const QString body = print(lambda.body);
    return {{},
            lambda.parameters.isEmpty() ? QString() : lambda.parameters.constFirst().name,
            body,
            Form{{Action::Kind::Return, body, {}, {}, false}}};
}

QStringList indented(const QStringList &lines, const QString &indentation)
{
    QStringList result;
    for (const QString &line : lines)
        result << (line.isEmpty() ? line : indentation + line);
    return result;
}

QString indentationOf(const FunctionDefinition &definition, const Statement &statement)
{
    const Statement &first = *definition.body.constFirst();
    return first.layout.isJoined ? statement.layout.indentation + u"    "_s : first.layout.indentation;
}

/// The body as \a lines, which have no indentation yet.
Result withBody(const Source &source, const FunctionPlace &function, const QStringList &lines)
{
    const Statement &statement = source.outline.statement(function.statement);
    const FunctionDefinition &definition = source.outline.definition(function);
    const QStringList body = indented(lines, indentationOf(definition, statement));
    TextPatch patch(source.text);
    const Statement &first = *definition.body.constFirst();
    const Range all{first.range.begin, definition.body.constLast()->range.end};
    if (first.layout.isJoined) {
        patch.replace(all, u'\n' + body.join(u'\n'));
        return patch.result();
    }
    const int begin = firstLineOf(first) - int(first.layout.leading.size());
    patch.removeLines(begin, lastLineOf(*definition.body.constLast()));
    patch.insertLines(begin, body);
    return patch.result();
}

/// Replaces the actions that differ, and leaves the lines of the others alone.
Result withForm(const Source &source, const FunctionPlace &function, const Form &form)
{
    const Statement &statement = source.outline.statement(function.statement);
    const FunctionDefinition &definition = source.outline.definition(function);
    const auto old = stepsOf(definition.body, source.outline);
    const bool isOnOneLine = definition.body.constFirst()->layout.isJoined;
    if (!old || isOnOneLine || old->isEmpty() || form.isEmpty()) {
        QStringList lines;
        for (const Action &action : form)
            lines << linesOf(action, source.outline);
        if (lines.isEmpty())
            lines << u"pass"_s;
        return withBody(source, function, lines);
    }
    qsizetype same = 0;
    while (same < form.size() && same < old->size() && old->at(same).action == form.at(same))
        ++same;
    qsizetype end = 0;
    while (end < form.size() - same && end < old->size() - same
           && old->at(old->size() - 1 - end).action == form.at(form.size() - 1 - end))
        ++end;
    if (same == form.size() && form.size() == old->size())
        return source.text;
    const QString indentation = indentationOf(definition, statement);
    QStringList lines;
    for (const Action &action : form.sliced(same, form.size() - same - end))
        lines << indented(linesOf(action, source.outline), indentation);
    TextPatch patch(source.text);
    const bool replacesSome = same + end < old->size();
    if (!replacesSome) { // only new ones, in front of what follows or behind all
        const int line = end > 0 ? firstLineOf(*definition.body.at(old->at(same).first))
                                 : lastLineOf(*definition.body.at(old->constLast().last)) + 1;
        patch.insertLines(line, lines);
        return patch.result();
    }
    const Statement &first = *definition.body.at(old->at(same).first);
    const Statement &last = *definition.body.at(old->at(old->size() - 1 - end).last);
    const bool isOneForOne = &first == &last && lines.size() == 1;
    if (isOneForOne) { // a comment behind it stays
        patch.replace(first.range, lines.constFirst().trimmed());
        return patch.result();
    }
    patch.removeLines(firstLineOf(first), lastLineOf(last));
    patch.insertLines(firstLineOf(first), lines);
    return patch.result();
}

/// Makes a function of a lambda, which holds no more than one expression.
Result defined(const Source &source, const Addition &link, const ExpressionPtr &lambdaExpression,
               const QStringList &body)
{
    const Lambda &lambda = std::get<Lambda>(lambdaExpression->node);
    const QString name = freeName(source, link.method == u"addErrback" ? u"errback"_s : u"callback"_s);
    const int top = source.outline.statements.at(link.statement).topLine;
    TextPatch patch(source.text);
    insertDefinition(patch, source, top,
                     QStringList{u"def %1(%2):"_s.arg(name, printParameters(lambda.parameters))}
                         + indented(body, u"    "_s));
    patch.replace(lambdaExpression->range, name);
    return patch.result();
}

Result withLambda(const Source &source, const Addition &link, const ExpressionPtr &lambdaExpression,
                  const Form &form)
{
    const Lambda &lambda = std::get<Lambda>(lambdaExpression->node);
    if (form.size() == 1 && form.constFirst().kind == Action::Kind::Return) {
        TextPatch patch(source.text);
        patch.replace(lambda.body->range, form.constFirst().value);
        return patch.result();
    }
    QStringList lines;
    for (const Action &action : form)
        lines << linesOf(action, source.outline);
    return defined(source, link, lambdaExpression, lines.isEmpty() ? QStringList{u"pass"_s} : lines);
}

Refusal foreign() { return {u"What is called here is no function of this script."_s}; }

QStringList linesOfBody(const QString &body)
{
    QStringList lines = body.split(u'\n');
    while (!lines.isEmpty() && lines.constLast().trimmed().isEmpty())
        lines.removeLast();
    return lines.isEmpty() ? QStringList{u"pass"_s} : lines;
}

Result finished(const Source &source, const Result &edited)
{
    if (std::holds_alternative<Refusal>(edited))
        return edited;
    return inSteps(source, {[&edited](const Source &) { return edited; }, withRun});
}

/// A form's code may need what the script does not import.
Result imported(const Source &source, const Place &link, LinkSide side, const Form &form)
{
    return inSteps(source,
                   {withImports,
                    [&](const Source &s) -> Result {
                        const int moved = int(s.text.count(u'\n') - source.text.count(u'\n'));
                        const Addition *addition = s.outline.additionAt(link.movedBy(moved));
                        if (!addition)
                            return notThere();
                        const Callee callee = calleeOf(s, *addition, side);
                        if (callee.lambda)
                            return withLambda(s, *addition, callee.lambda, form);
                        return callee.function ? withForm(s, *callee.function, form) : Result(foreign());
                    },
                    withRun});
}

} // namespace

std::optional<FunctionText> functionOf(const Source &source, const Place &place, LinkSide side)
{
    const Addition *link = source.outline.additionAt(place);
    if (!link)
        return {};
    const Callee callee = calleeOf(source, *link, side);
    if (callee.lambda)
        return textOf(std::get<Lambda>(callee.lambda->node));
    return callee.function ? std::optional(textOf(source, *callee.function)) : std::nullopt;
}

std::optional<FunctionText> functionNamed(const Source &source, const QString &name)
{
    const FunctionPlace *function = source.outline.function(name);
    return function ? std::optional(textOf(source, *function)) : std::nullopt;
}

Result setForm(const Source &source, const Place &link, LinkSide side, const Form &form)
{
    return imported(source, link, side, form);
}

Result setBody(const Source &source, const Place &place, LinkSide side, const QString &body)
{
    const Addition *link = source.outline.additionAt(place);
    if (!link)
        return notThere();
    const Callee callee = calleeOf(source, *link, side);
    if (callee.lambda)
        return finished(source, defined(source, *link, callee.lambda, linesOfBody(body)));
    if (!callee.function)
        return foreign();
    return finished(source, withBody(source, *callee.function, linesOfBody(body)));
}

Result setFormOf(const Source &source, const QString &name, const Form &form)
{
    return inSteps(source,
                   {withImports,
                    [&](const Source &s) -> Result {
                        const FunctionPlace *function = s.outline.function(name);
                        return function ? withForm(s, *function, form) : Result(foreign());
                    },
                    withRun});
}

Result setBodyOf(const Source &source, const QString &name, const QString &body)
{
    const FunctionPlace *function = source.outline.function(name);
    return function ? finished(source, withBody(source, *function, linesOfBody(body))) : Result(foreign());
}

} // namespace deferscope::edit
