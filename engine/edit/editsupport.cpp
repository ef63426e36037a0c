// SPDX-License-Identifier: MIT
#include "editsupport.h"

#include "engine/edit/walk.h"
#include "engine/syntax/lexer.h"
#include "engine/syntax/parser.h"
#include "engine/syntax/printer.h"
#include "engine/value/value.h"

#include <QRegularExpression>

#include <algorithm>
#include <cmath>

namespace deferscope::edit {

using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

constexpr QStringView Defer = u"twisted.internet.defer";
constexpr QStringView Reactor = u"twisted.internet.reactor";

/// \a text as the only expression of a line; null when it is none.
ExpressionPtr expressionIn(const QString &text)
{
    const QString whole = u'(' + text + u"\n)\n"_s;
    const Module module = parse(whole);
    if (module.body.size() != 1 || text.trimmed().isEmpty())
        return nullptr;
    const auto *statement = std::get_if<ExpressionStatement>(&module.body.constFirst()->node);
    const bool isWhole = statement && statement->value->range.begin.line == 1;
    return isWhole ? statement->value : nullptr;
}

bool isBuiltin(const QString &name)
{
    static const QRegularExpression pattern(
        u"^(print|len|str|int|float|list|dict|tuple|sorted|sum|min|max|range|repr|abs|round|bool|set|type|"
        "id|any|all|zip|enumerate|map|filter|reversed|isinstance|\\w*Error|\\w*Exception|StopIteration|"
        "KeyboardInterrupt|SystemExit)$"_s);
    return pattern.match(name).hasMatch();
}

/// Whether everything that \a expression names means something in the script.
bool isKnown(const Source &source, const ExpressionPtr &expression, const QStringList &variables)
{
    QStringList bound = variables;
    bool known = true;
    walk(expression, [&](const ExpressionPtr &part) {
        if (const auto *lambda = std::get_if<Lambda>(&part->node)) {
            for (const Parameter &parameter : lambda->parameters)
                bound << parameter.name;
        }
        if (const auto *comprehension = std::get_if<Comprehension>(&part->node)) {
            for (const Comprehension::For &clause : comprehension->clauses)
                walk(clause.target, [&bound](const ExpressionPtr &target) { bound << nameOf(target); });
        }
        const QString name = nameOf(part);
        known = known
            && (name.isEmpty() || bound.contains(name) || isBuiltin(name) || source.outline.isUsed(name));
    });
    return known;
}

bool isReactorCall(const Source &source, const Call &call, QStringView method)
{
    const QString path = pathOf(call.function);
    return path.endsWith(u'.' + method.toString())
        && source.outline.imports.value(path.section(u'.', 0, -2)) == Reactor;
}

/// `reactor.callLater(5, reactor.stop)`: the number of seconds as written; null for other statements.
ExpressionPtr stopDelayOf(const Source &source, const Statement &statement)
{
    const auto *whole = std::get_if<ExpressionStatement>(&statement.node);
    const Call *call = whole ? callOf(whole->value) : nullptr;
    if (!call || !isReactorCall(source, *call, u"callLater") || call->arguments.size() != 2)
        return nullptr;
    const QString path = pathOf(call->arguments.at(1).value);
    const bool stops
        = path.endsWith(u".stop") && source.outline.imports.value(path.section(u'.', 0, -2)) == Reactor;
    return stops ? call->arguments.at(0).value : nullptr;
}

bool isRun(const Source &source, const Statement &statement)
{
    const auto *whole = std::get_if<ExpressionStatement>(&statement.node);
    const Call *call = whole ? callOf(whole->value) : nullptr;
    return call && isReactorCall(source, *call, u"run");
}

std::optional<double> literalSeconds(const ExpressionPtr &expression)
{
    const auto *number = expression ? std::get_if<NumberLiteral>(&expression->node) : nullptr;
    return number ? asSeconds(number->text) : std::nullopt;
}

/// An upper bound of when the last timer with a literal delay runs: those of the module start together, those
/// inside functions perhaps one after the other.
double lastTimer(const Source &source)
{
    double together = 0;
    double inTurn = 0;
    for (const Firing &firing : source.outline.firings) {
        const double delay = literalSeconds(firing.delay).value_or(0);
        if (source.outline.functionOf(firing.statement) < 0)
            together = std::max(together, delay);
        else
            inTurn += delay;
    }
    return together + inTurn;
}

bool anywhere(const Source &source, const std::function<bool(const Call &)> &isWanted)
{
    bool found = false;
    for (const StatementPlace &place : source.outline.statements) {
        for (const ExpressionPtr &expression : expressionsOf(*place.statement)) {
            walk(expression, [&](const ExpressionPtr &part) {
                const Call *call = callOf(part);
                found = found || (call && isWanted(*call));
            });
        }
    }
    return found;
}

/// Whether the script stops the reactor itself, in a call or by handing `reactor.stop` to somebody.
bool stops(const Source &source)
{
    bool found = false;
    for (const StatementPlace &place : source.outline.statements) {
        for (const ExpressionPtr &expression : expressionsOf(*place.statement)) {
            walk(expression, [&](const ExpressionPtr &part) {
                const QString path = pathOf(part);
                found = found
                    || (path.endsWith(u".stop")
                        && source.outline.imports.value(path.section(u'.', 0, -2)) == Reactor);
            });
        }
    }
    return found;
}

QString secondsText(double seconds) { return QString::number(seconds, 'g', 12); }

} // namespace

Source Source::read(const QString &text)
{
    Source source{text, parse(text), {}};
    source.outline = outlineOf(source.module);
    return source;
}

// ---- what people type ----

bool isName(const QString &text)
{
    static const QRegularExpression pattern(u"^[^\\W\\d]\\w*$"_s,
                                            QRegularExpression::UseUnicodePropertiesOption);
    return pattern.match(text).hasMatch() && !isKeyword(text);
}

QString asExpression(const Source &source, const QString &typed, const QStringList &variables)
{
    const QString text = typed.trimmed();
    if (text.isEmpty())
        return u"None"_s;
    const ExpressionPtr expression = expressionIn(text);
    return expression && isKnown(source, expression, variables) ? text : reprOfString(text);
}

QString asException(const Source &source, const QString &typed)
{
    const QString text = typed.trimmed();
    const ExpressionPtr expression = expressionIn(text);
    const bool isMade = expression && (callOf(expression) || !pathOf(expression).isEmpty());
    if (isMade && isKnown(source, expression, {}))
        return text;
    const bool isText = expression && std::holds_alternative<StringLiteral>(expression->node);
    return u"Exception(%1)"_s.arg(isText ? text : reprOfString(text));
}

std::optional<double> asSeconds(const QString &typed)
{
    bool isNumber = false;
    const double seconds = typed.trimmed().toDouble(&isNumber);
    return isNumber && seconds >= 0 && std::isfinite(seconds) ? std::optional(seconds) : std::nullopt;
}

QString freeName(const Source &source, const QString &stem)
{
    if (!source.outline.isUsed(stem) && isName(stem) && !isBuiltin(stem))
        return stem;
    for (int number = 2;; ++number) {
        const QString name = stem + QString::number(number);
        if (!source.outline.isUsed(name))
            return name;
    }
}

// ---- composition ----

namespace {

/// An error of \a after that \a before does not have.
std::optional<Refusal> newError(const Source &before, const Source &after)
{
    const QList<Diagnostic> &old = before.module.problems;
    const QList<Diagnostic> &now = after.module.problems;
    if (now.size() <= old.size())
        return {};
    qsizetype at = 0;
    while (at < old.size() && old.at(at).message == now.at(at).message)
        ++at;
    return Refusal{
        u"Line %1 would have an error: %2."_s.arg(now.at(at).range.begin.line).arg(now.at(at).message)};
}

} // namespace

Result checked(const Source &source, const Result &edited)
{
    return inSteps(source, {[&edited](const Source &) { return edited; }});
}

Result inSteps(const Source &source, const QList<Step> &steps)
{
    Source at = source;
    for (const Step &step : steps) {
        const Result result = step(at);
        if (std::holds_alternative<Refusal>(result))
            return result;
        const QString &text = std::get<QString>(result);
        if (text == at.text)
            continue;
        at = Source::read(text);
        if (const auto error = newError(source, at))
            return *error;
    }
    return at.text;
}

Refusal notThere() { return {u"That place is not in the script any more."_s}; }

// ---- lines ----

int lastLineOf(const Statement &statement)
{
    const Position &end = statement.range.end;
    return end.column == 1 && end.line > statement.range.begin.line ? end.line - 1 : end.line;
}

int firstLineOf(const Statement &statement)
{
    int first = statement.range.begin.line;
    for (const ExpressionPtr &expression : expressionsOf(statement))
        if (expression)
            first = std::min(first, expression->range.begin.line);
    return first;
}

QString indentationAt(const Source &source, int statement)
{
    return source.outline.statement(statement).layout.indentation;
}

namespace {

int blankLinesBefore(const TextPatch &patch, int line)
{
    int count = 0;
    while (line - 1 - count >= 1 && patch.line(line - 1 - count).trimmed().isEmpty())
        ++count;
    return count;
}

QStringList blanks(int count) { return QStringList(std::max(0, count), QString()); }

bool isDefinition(const Statement &statement)
{
    return std::holds_alternative<FunctionDefinition>(statement.node)
        || std::holds_alternative<ClassDefinition>(statement.node);
}

bool isImport(const Statement &statement)
{
    return std::holds_alternative<Import>(statement.node)
        || std::holds_alternative<ImportFrom>(statement.node);
}

} // namespace

QStringList definitionOf(const QString &name, const QString &parameter, const Form &form,
                         const Outline &outline)
{
    QStringList lines{u"def %1(%2):"_s.arg(name, parameter)};
    for (const Action &action : form) {
        for (const QString &line : linesOf(action, outline))
            lines << u"    "_s + line;
    }
    if (form.isEmpty())
        lines << u"    pass"_s;
    return lines;
}

void insertDefinition(TextPatch &patch, const Source &source, int topLine, const QStringList &lines)
{
    const Statement *before = nullptr; // the last definition or import in front of topLine
    for (const StatementPtr &statement : source.module.body) {
        if (statement->range.begin.line >= topLine)
            break;
        if (isDefinition(*statement) || isImport(*statement))
            before = statement.get();
    }
    if (!before) {
        patch.insertLines(1, lines + blanks(2));
        return;
    }
    const int behind = lastLineOf(*before) + 1;
    int following = 0;
    while (behind + following <= patch.lineCount() && patch.line(behind + following).trimmed().isEmpty())
        ++following;
    patch.insertLines(behind, blanks(2) + lines + blanks(2 - following));
}

void removeStatements(TextPatch &patch, const Source &source, QList<int> statements)
{
    std::sort(statements.begin(), statements.end());
    statements.erase(std::unique(statements.begin(), statements.end()), statements.end());
    QList<std::pair<int, int>> stretches; // of lines, first and last
    for (const int index : std::as_const(statements)) {
        const StatementPlace &place = source.outline.statements.at(index);
        const bool isOnly = place.block > 0 && source.outline.isOnlyOfItsBlock(index);
        if (!place.isAlone || isOnly) {
            patch.replace(place.statement->range, u"pass"_s);
            continue;
        }
        const int first = firstLineOf(*place.statement);
        if (!stretches.isEmpty() && stretches.constLast().second + 1 == first)
            stretches.last().second = lastLineOf(*place.statement);
        else
            stretches.append({first, lastLineOf(*place.statement)});
    }
    for (auto &[first, last] : stretches) {
        // Of the blank lines above and below, those above are enough.
        const bool isApart = first == 1 || blankLinesBefore(patch, first) > 0;
        while (isApart && last + 1 < patch.lineCount() && patch.line(last + 1).trimmed().isEmpty())
            ++last;
        patch.removeLines(first, last);
    }
}

Result withoutUnused(const Source &source, const QStringList &functions)
{
    Source at = source;
    for (const QString &name : functions) {
        const FunctionPlace *function = at.outline.function(name);
        if (!function || at.outline.names.value(name).size() > 1)
            continue;
        TextPatch patch(at.text);
        removeStatements(patch, at, {function->statement});
        at = Source::read(patch.result());
    }
    return at.text;
}

// ---- imports and the run ----

Result withImports(const Source &source)
{
    QStringList missing;
    if (source.outline.localName(Defer.toString()).isEmpty())
        missing << u"defer"_s;
    if (source.outline.localName(Reactor.toString()).isEmpty())
        missing << u"reactor"_s;
    if (missing.isEmpty())
        return source.text;
    for (const QString &name : std::as_const(missing)) {
        if (source.outline.isUsed(name))
            return Refusal{u"The script uses the name '%1' for something else."_s.arg(name)};
    }
    TextPatch patch(source.text);
    for (const StatementPtr &statement : source.module.body) {
        const auto *from = std::get_if<ImportFrom>(&statement->node);
        if (from && from->module == u"twisted.internet" && !from->names.isEmpty()
            && from->names.constFirst().name != u"*") {
            patch.insert(from->names.constLast().range.end, u", "_s + missing.join(u", "_s));
            return patch.result();
        }
    }
    int line = 1; // behind a docstring and what must stand first
    for (const StatementPtr &statement : source.module.body) {
        const auto *from = std::get_if<ImportFrom>(&statement->node);
        const auto *whole = std::get_if<ExpressionStatement>(&statement->node);
        const bool isDocstring = whole && std::holds_alternative<StringLiteral>(whole->value->node);
        if (!isDocstring && !(from && from->module == u"__future__") && !isImport(*statement))
            break;
        line = lastLineOf(*statement) + 1;
    }
    while (line <= patch.lineCount() && patch.line(line).startsWith(u'#'))
        ++line;
    QStringList lines{u"from twisted.internet import "_s + missing.join(u", "_s)};
    if (line > 1 && !patch.line(line - 1).trimmed().isEmpty() && patch.line(line - 1).startsWith(u'#'))
        lines.prepend(QString());
    if (line <= patch.lineCount() && !patch.line(line).trimmed().isEmpty())
        lines << QString();
    patch.insertLines(line, lines);
    return patch.result();
}

Result withRun(const Source &source)
{
    const bool hasTimers
        = anywhere(source, [&](const Call &call) { return isReactorCall(source, call, u"callLater"); });
    const auto run = std::find_if(source.module.body.cbegin(), source.module.body.cend(),
                                  [&](const StatementPtr &s) { return isRun(source, *s); });
    const bool hasRun = run != source.module.body.cend()
        || anywhere(source, [&](const Call &call) { return isReactorCall(source, call, u"run"); });
    if (!hasTimers && !hasRun)
        return source.text;
    const QString reactor = source.outline.localName(Reactor.toString());
    const double enough = std::floor(lastTimer(source)) + 1;
    TextPatch patch(source.text);
    for (const StatementPtr &statement : source.module.body) {
        const ExpressionPtr delay = stopDelayOf(source, *statement);
        if (const auto seconds = literalSeconds(delay); seconds && *seconds < enough)
            patch.replace(delay->range, secondsText(enough));
    }
    const QString stop = u"%1.callLater(%2, %1.stop)"_s.arg(reactor, secondsText(enough));
    const bool isStopped = stops(source);
    if (!hasRun) {
        const int end = source.text.endsWith(u'\n') || source.text.isEmpty() ? patch.lineCount()
                                                                             : patch.lineCount() + 1;
        QStringList lines = blanks(blankLinesBefore(patch, end) > 0 ? 0 : 1);
        if (!isStopped)
            lines << stop;
        patch.insertLines(end, lines << reactor + u".run()"_s);
    } else if (!isStopped && run != source.module.body.cend()) {
        patch.insertLines((*run)->range.begin.line, {stop});
    }
    return patch.result();
}

} // namespace deferscope::edit
