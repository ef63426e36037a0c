// SPDX-License-Identifier: MIT
// Edits of Deferreds: made, described, taken away, collected.
#include "editsupport.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

#include <algorithm>

namespace deferscope::edit {

using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

using Kind = FiringSpec::Kind;

QString defer(const Source &source) { return source.outline.localName(u"twisted.internet.defer"_s); }
QString reactor(const Source &source) { return source.outline.localName(u"twisted.internet.reactor"_s); }

QString orNone(const QString &value) { return value.isEmpty() ? u"None"_s : value; }
QString orException(const QString &value) { return value.isEmpty() ? u"Exception()"_s : value; }

QString creationText(const Source &source, const DeferredSpec &spec)
{
    const FiringSpec &firing = spec.firing;
    if (firing.kind != Kind::AtOnce)
        return u"%1.Deferred(%2)"_s.arg(defer(source), spec.canceller);
    return firing.isError ? u"%1.fail(%2)"_s.arg(defer(source), orException(firing.value))
                          : u"%1.succeed(%2)"_s.arg(defer(source), orNone(firing.value));
}

QString firingText(const Source &source, const DeferredSpec &spec)
{
    const FiringSpec &firing = spec.firing;
    return u"%1.callLater(%2, %3.%4, %5)"_s.arg(
        reactor(source), firing.seconds, spec.name, firing.isError ? u"errback"_s : u"callback"_s,
        firing.isError ? orException(firing.value) : orNone(firing.value));
}

QString timeoutText(const Source &source, const DeferredSpec &spec)
{
    return u"%1.addTimeout(%2, %3)"_s.arg(spec.name, spec.timeout, reactor(source));
}

/// In front of `reactor.run()` and of the timer that stops it, or at the end.
int lineForNew(const Source &source, const TextPatch &patch)
{
    int line = patch.lineCount() + (source.text.isEmpty() || source.text.endsWith(u'\n') ? 0 : 1);
    for (auto statement = source.module.body.crbegin(); statement != source.module.body.crend();
         ++statement) {
        const auto *whole = std::get_if<ExpressionStatement>(&(*statement)->node);
        const Call *call = whole ? callOf(whole->value) : nullptr;
        const QString path = call ? pathOf(call->function) : QString();
        const bool isStop = path.endsWith(u".callLater") && call->arguments.size() == 2
            && pathOf(call->arguments.at(1).value).endsWith(u".stop");
        if (!isStop && path != reactor(source) + u".run"_s)
            break;
        line = (*statement)->range.begin.line;
        while (line > 1 && patch.line(line - 1).startsWith(u'#'))
            --line;
    }
    return line;
}

/// \a lines as a paragraph of the module in front of line \a before.
void insertParagraph(TextPatch &patch, const Source &source, int before, QStringList lines)
{
    bool isBehindDefinition = false;
    for (const StatementPtr &statement : source.module.body) {
        if (statement->range.begin.line >= before)
            break;
        isBehindDefinition = std::holds_alternative<FunctionDefinition>(statement->node)
            || std::holds_alternative<ClassDefinition>(statement->node);
    }
    const int wanted = isBehindDefinition ? 2 : 1;
    int blank = 0;
    while (before - 1 - blank >= 1 && patch.line(before - 1 - blank).trimmed().isEmpty())
        ++blank;
    if (before > 1)
        for (; blank < wanted; ++blank)
            lines.prepend(QString());
    if (!patch.line(before).trimmed().isEmpty())
        lines << QString();
    patch.insertLines(before, lines);
}

QString check(const Source &source, const DeferredSpec &spec, const QString &oldName)
{
    if (!isName(spec.name))
        return u"'%1' cannot be a name in Python."_s.arg(spec.name);
    if (spec.name != oldName && source.outline.isUsed(spec.name))
        return u"The script uses the name '%1' already."_s.arg(spec.name);
    if (spec.firing.kind == Kind::Later && !asSeconds(spec.firing.seconds))
        return u"'%1' is no number of seconds."_s.arg(spec.firing.seconds);
    if (!spec.timeout.isEmpty() && !asSeconds(spec.timeout))
        return u"'%1' is no number of seconds."_s.arg(spec.timeout);
    if (!spec.canceller.isEmpty() && !isName(spec.canceller))
        return u"'%1' cannot be a name in Python."_s.arg(spec.canceller);
    if (!spec.canceller.isEmpty() && spec.firing.kind == Kind::AtOnce)
        return u"A Deferred that has its result at once has no canceller."_s;
    return {};
}

/// Defines \a canceller in front of the statement at \a topLine, when the script has no such function.
void defineCanceller(TextPatch &patch, const Source &source, int topLine, const QString &canceller)
{
    if (!canceller.isEmpty() && !source.outline.isUsed(canceller))
        insertDefinition(patch, source, topLine, definitionOf(canceller, u"deferred"_s, {}, source.outline));
}

Result insertNew(const Source &source, const DeferredSpec &spec)
{
    if (const QString problem = check(source, spec, {}); !problem.isEmpty())
        return Refusal{problem};
    TextPatch patch(source.text);
    const int line = lineForNew(source, patch);
    defineCanceller(patch, source, line, spec.canceller);
    QStringList lines{spec.name + u" = "_s + creationText(source, spec)};
    if (!spec.timeout.isEmpty())
        lines << timeoutText(source, spec);
    if (spec.firing.kind == Kind::Later)
        lines << firingText(source, spec);
    insertParagraph(patch, source, line, lines);
    return patch.result();
}

/// The firing of \a creation that stands beside it as a statement of its own.
const Firing *firingOf(const Source &source, const Creation &creation)
{
    for (const Firing &firing : source.outline.firings) {
        const auto *whole
            = std::get_if<ExpressionStatement>(&source.outline.statement(firing.statement).node);
        if (!creation.name.isEmpty() && firing.name == creation.name && firing.delay && whole
            && source.outline.functionOf(firing.statement) == source.outline.functionOf(creation.statement))
            return &firing;
    }
    return nullptr;
}

const Addition *timeoutOf(const Source &source, const Creation &creation)
{
    for (const Addition &addition : source.outline.additions) {
        if (addition.method == u"addTimeout" && !creation.name.isEmpty() && addition.name == creation.name
            && source.outline.functionOf(addition.statement) == source.outline.functionOf(creation.statement))
            return &addition;
    }
    return nullptr;
}

QString firstArgument(const ExpressionPtr &call)
{
    const QList<Argument> &arguments = callOf(call)->arguments;
    return arguments.isEmpty() ? QString() : print(arguments.constFirst().value);
}

DeferredSpec specOf(const Source &source, const Creation &creation)
{
    DeferredSpec spec{creation.name, {}, {}, {}};
    if (creation.maker == u"succeed" || creation.maker == u"fail")
        spec.firing = {Kind::AtOnce, creation.maker == u"fail", {}, firstArgument(creation.call)};
    else
        spec.canceller = firstArgument(creation.call);
    if (const Firing *firing = firingOf(source, creation))
        spec.firing = {Kind::Later, firing->isError, print(firing->delay),
                       firing->value ? print(firing->value) : QString()};
    if (const Addition *timeout = timeoutOf(source, creation))
        spec.timeout = firstArgument(timeout->call);
    return spec;
}

bool isDescribed(const Creation &creation)
{
    return creation.maker == u"Deferred" || creation.maker == u"succeed" || creation.maker == u"fail";
}

/// Every place in \a function, or in the module, where \a name means the same variable.
QList<Range> placesOf(const Source &source, const QString &name, int function)
{
    const Outline &outline = source.outline;
    QList<Range> places;
    for (const Range &range : outline.names.value(name)) {
        int inside = -1; // the innermost function round it
        for (int i = 0; i < int(outline.functions.size()); ++i) {
            const Block &block = outline.definition(outline.functions.at(i)).body;
            const Range body{block.constFirst()->range.begin, block.constLast()->range.end};
            if (std::pair(body.begin.line, body.begin.column)
                    <= std::pair(range.begin.line, range.begin.column)
                && range.end.line <= body.end.line)
                inside = i;
        }
        bool isShadowed = false;
        for (; inside >= 0 && inside != function; inside = outline.functions.at(inside).outer) {
            const FunctionDefinition &definition = outline.definition(outline.functions.at(inside));
            isShadowed = isShadowed || outline.creationOf(name, inside) != outline.creationOf(name, function)
                || std::any_of(definition.parameters.cbegin(), definition.parameters.cend(),
                               [&name](const Parameter &parameter) { return parameter.name == name; });
        }
        if (!isShadowed && inside == function)
            places.append(range);
    }
    return places;
}

Result renamed(const Source &source, const Place &place, const QString &name)
{
    const Creation *creation = source.outline.creationAt(place);
    if (!creation)
        return notThere();
    if (creation->name == name)
        return source.text;
    TextPatch patch(source.text);
    if (!creation->name.isEmpty()) {
        if (!isName(creation->name))
            return Refusal{u"'%1' is renamed in the code."_s.arg(creation->name)};
        for (const Range &range :
             placesOf(source, creation->name, source.outline.functionOf(creation->statement)))
            patch.replace(range, name);
        return patch.result();
    }
    const Statement &statement = source.outline.statement(creation->statement);
    if (!std::holds_alternative<ExpressionStatement>(statement.node))
        return Refusal{u"This Deferred has no variable that could be named."_s};
    patch.insert(statement.range.begin, name + u" = "_s);
    return patch.result();
}

Result described(const Source &source, const QString &name, int line, const DeferredSpec &spec)
{
    const Creation *creation = nullptr;
    for (const Creation &candidate : source.outline.creations) {
        if (candidate.name == name
            && (!creation || std::abs(candidate.place.line - line) < std::abs(creation->place.line - line)))
            creation = &candidate;
    }
    if (!creation)
        return notThere();
    const DeferredSpec old = specOf(source, *creation);
    const StatementPlace &where = source.outline.statements.at(creation->statement);
    const QString indentation = where.statement->layout.indentation;
    const int behind = lastLineOf(*where.statement) + 1;
    TextPatch patch(source.text);
    if (creationText(source, old) != creationText(source, spec)) {
        defineCanceller(patch, source, where.topLine, spec.canceller);
        patch.replace(creation->call->range, creationText(source, spec));
    }
    if (old.timeout != spec.timeout) {
        const Addition *timeout = timeoutOf(source, *creation);
        if (timeout && spec.timeout.isEmpty() && timeout->isStatement)
            removeStatements(patch, source, {timeout->statement});
        else if (timeout && spec.timeout.isEmpty())
            patch.replace({timeout->receiver->range.end, callOf(timeout->call)->end}, {});
        else if (timeout)
            patch.replace(callOf(timeout->call)->arguments.constFirst().value->range, spec.timeout);
        else
            patch.insertLines(behind, {indentation + timeoutText(source, spec)});
    }
    if (old.firing != spec.firing) {
        const Firing *firing = firingOf(source, *creation);
        if (firing && spec.firing.kind == Kind::Later) {
            const auto *whole
                = std::get_if<ExpressionStatement>(&source.outline.statement(firing->statement).node);
            const bool isDelayAlone
                = old.firing.value == spec.firing.value && old.firing.isError == spec.firing.isError;
            if (isDelayAlone)
                patch.replace(firing->delay->range, spec.firing.seconds);
            else
                patch.replace(whole->value->range, firingText(source, spec));
        } else if (firing) {
            removeStatements(patch, source, {firing->statement});
        } else if (spec.firing.kind == Kind::Later) {
            int last = behind; // behind the links that follow the creation directly
            for (const Addition &addition : source.outline.additions) {
                const Statement &statement = source.outline.statement(addition.statement);
                if (addition.name == creation->name && addition.isStatement
                    && source.outline.statements.at(addition.statement).block == where.block
                    && firstLineOf(statement) == last)
                    last = lastLineOf(statement) + 1;
            }
            patch.insertLines(last, {indentation + firingText(source, spec)});
        }
    }
    return patch.result();
}

} // namespace

std::optional<DeferredSpec> specOf(const Source &source, const Place &place)
{
    const Creation *creation = source.outline.creationAt(place);
    return creation && isDescribed(*creation) ? std::optional(specOf(source, *creation)) : std::nullopt;
}

Result addDeferred(const Source &source, const DeferredSpec &spec)
{
    return inSteps(source, {withImports, [&spec](const Source &s) { return insertNew(s, spec); }, withRun});
}

Result setDeferred(const Source &source, const Place &place, const DeferredSpec &spec)
{
    const Creation *creation = source.outline.creationAt(place);
    if (!creation || !isDescribed(*creation))
        return notThere();
    if (const QString problem = check(source, spec, creation->name); !problem.isEmpty())
        return Refusal{problem};
    const int line = creation->place.line;
    const Result result
        = inSteps(source,
                  {[&](const Source &s) { return renamed(s, place, spec.name); }, withImports,
                   [&](const Source &s) { return described(s, spec.name, line, spec); }, withRun});
    return result;
}

Result removeDeferred(const Source &source, const Place &place)
{
    const Outline &outline = source.outline;
    const Creation *creation = outline.creationAt(place);
    if (!creation)
        return notThere();
    const int function = outline.functionOf(creation->statement);
    QList<int> statements{creation->statement};
    QStringList functions;
    const auto isHis = [&](const QString &name, int statement) {
        return !creation->name.isEmpty() && name == creation->name
            && outline.functionOf(statement) == function;
    };
    for (const Addition &addition : outline.additions) {
        const bool isOwn = isHis(addition.name, addition.statement)
            || (addition.statement == creation->statement && addition.name.isEmpty());
        if (!isOwn)
            continue;
        functions << nameOf(addition.callback) << nameOf(addition.errback);
        const auto *whole = std::get_if<ExpressionStatement>(&outline.statement(addition.statement).node);
        if (whole)
            statements << addition.statement;
    }
    for (const Firing &firing : outline.firings) {
        const auto *whole = std::get_if<ExpressionStatement>(&outline.statement(firing.statement).node);
        if (isHis(firing.name, firing.statement) && whole)
            statements << firing.statement;
    }
    if (callOf(creation->call) && !callOf(creation->call)->arguments.isEmpty())
        functions << nameOf(callOf(creation->call)->arguments.constFirst().value);
    if (!creation->name.isEmpty()) {
        for (const Range &range : placesOf(source, creation->name, function)) {
            const bool isCovered = std::any_of(statements.cbegin(), statements.cend(), [&](int index) {
                const Range &covered = outline.statement(index).range;
                return covered.begin.line <= range.begin.line && range.end.line <= covered.end.line;
            });
            if (!isCovered)
                return Refusal{u"'%1' is still used in line %2: take it away there first."_s.arg(
                    creation->name, QString::number(range.begin.line))};
        }
    }
    functions.removeAll({});
    functions.removeDuplicates();
    return inSteps(source,
                   {[&](const Source &s) -> Result {
                        TextPatch patch(s.text);
                        removeStatements(patch, s, statements);
                        return patch.result();
                    },
                    [&](const Source &s) { return withoutUnused(s, functions); }});
}

Result duplicateDeferred(const Source &source, const Place &place)
{
    const Creation *creation = source.outline.creationAt(place);
    if (!creation || creation->name.isEmpty())
        return Refusal{u"Only a Deferred with a name can be duplicated."_s};
    const int function = source.outline.functionOf(creation->statement);
    const QString name = freeName(source, creation->name);
    QStringList lines;
    int last = 0;
    TextPatch patch(source.text);
    QList<int> statements{creation->statement};
    for (const Addition &addition : source.outline.additions) {
        if (addition.name == creation->name && addition.isStatement)
            statements << addition.statement;
    }
    for (const Firing &firing : source.outline.firings) {
        if (firing.name == creation->name
            && std::holds_alternative<ExpressionStatement>(source.outline.statement(firing.statement).node))
            statements << firing.statement;
    }
    std::sort(statements.begin(), statements.end());
    statements.erase(std::unique(statements.begin(), statements.end()), statements.end());
    const QList<Range> places = placesOf(source, creation->name, function);
    for (const int index : std::as_const(statements)) {
        const Statement &statement = source.outline.statement(index);
        if (source.outline.functionOf(index) != function)
            continue;
        TextPatch copy(source.text);
        for (const Range &range : places)
            copy.replace(range, name);
        // The copy is cut by lines, which renaming leaves where they are.
        const TextPatch renamedText(copy.result());
        for (int line = firstLineOf(statement); line <= lastLineOf(statement); ++line)
            lines << renamedText.line(line);
        last = std::max(last, lastLineOf(statement));
    }
    patch.insertLines(last + 1, QStringList{QString()} + lines);
    return inSteps(source, {[&](const Source &) -> Result { return patch.result(); }, withRun});
}

Result setDelay(const Source &source, const Place &timer, double seconds)
{
    const QString text = QString::number(std::max(0.0, seconds), 'g', 12);
    const QString literal = text.contains(u'.') || text.contains(u'e') ? text : text + u".0"_s;
    for (const StatementPlace &place : source.outline.statements) {
        for (const ExpressionPtr &expression : expressionsOf(*place.statement)) {
            ExpressionPtr delay;
            walk(expression, [&](const ExpressionPtr &part) {
                const Call *call = callOf(part);
                const auto *method = call ? std::get_if<Attribute>(&call->function->node) : nullptr;
                if (method && method->name == u"callLater" && timer.means(placeOf(part))
                    && !call->arguments.isEmpty())
                    delay = call->arguments.constFirst().value;
            });
            if (!delay)
                continue;
            if (!std::holds_alternative<NumberLiteral>(delay->node))
                return Refusal{u"The time is computed in the code: %1."_s.arg(print(delay))};
            return inSteps(source,
                           {[&](const Source &s) -> Result {
                                TextPatch patch(s.text);
                                patch.replace(delay->range, literal);
                                return patch.result();
                            },
                            withRun});
        }
    }
    return notThere();
}

Result collect(const Source &source, const QList<Place> &places, const QString &maker, const QString &name)
{
    QStringList names;
    for (const Place &place : places) {
        const Creation *creation = source.outline.creationAt(place);
        if (!creation || creation->name.isEmpty() || source.outline.functionOf(creation->statement) >= 0)
            return Refusal{u"Only Deferreds with a name of the module can be collected."_s};
        names << creation->name;
    }
    if (!isName(name) || source.outline.isUsed(name))
        return Refusal{u"'%1' cannot be a new name here."_s.arg(name)};
    return inSteps(source, {withImports, [&](const Source &s) -> Result {
                                TextPatch patch(s.text);
                                insertParagraph(
                                    patch, s, lineForNew(s, patch),
                                    {u"%1 = %2.%3([%4])"_s.arg(name, defer(s), maker, names.join(u", "_s))});
                                return patch.result();
                            }});
}

Result chainTo(const Source &source, const Place &from, const Place &to)
{
    const Creation *first = source.outline.creationAt(from);
    const Creation *second = source.outline.creationAt(to);
    const bool areNamed = first && second && !first->name.isEmpty() && !second->name.isEmpty();
    if (!areNamed || first->name == second->name
        || source.outline.functionOf(first->statement) != source.outline.functionOf(second->statement))
        return Refusal{u"Only two Deferreds with names of the same function can be chained."_s};
    TextPatch patch(source.text);
    const int function = source.outline.functionOf(first->statement);
    const QString line = u"%1.chainDeferred(%2)"_s.arg(first->name, second->name);
    if (function < 0) {
        insertParagraph(patch, source, lineForNew(source, patch), {line});
        return checked(source, patch.result());
    }
    const int later = std::max(first->statement, second->statement);
    patch.insertLines(lastLineOf(source.outline.statement(later)) + 1, {indentationAt(source, later) + line});
    return checked(source, patch.result());
}

} // namespace deferscope::edit
