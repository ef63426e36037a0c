// SPDX-License-Identifier: MIT
// Edits of links: added to a chain, taken away, moved.
#include "editsupport.h"

#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

namespace deferscope::edit {

using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

QString methodOf(LinkKind kind)
{
    switch (kind) {
    case LinkKind::Callback: return u"addCallback"_s;
    case LinkKind::Errback: return u"addErrback"_s;
    case LinkKind::Both: return u"addBoth"_s;
    case LinkKind::Pair: return u"addCallbacks"_s;
    }
    return {};
}

/// A statement on a line of its own: `name.addCallback(f)`.
void addLine(TextPatch &patch, const Source &source, int statement, bool isBehind, const QString &text)
{
    const Statement &beside = source.outline.statement(statement);
    const int line = isBehind ? lastLineOf(beside) + 1 : firstLineOf(beside);
    patch.insertLines(line, {beside.layout.indentation + text});
}

/// Whether lines can be put beside the statement.
bool takesLines(const Source &source, int statement)
{
    return source.outline.statements.at(statement).isAlone;
}

/// Puts \a call, `addCallback(f)`, into the chain at \a spot.
Result place(const Source &source, const Spot &spot, const QString &call)
{
    const Outline &outline = source.outline;
    TextPatch patch(source.text);
    if (spot.after) {
        const Addition *after = outline.additionAt(*spot.after);
        if (!after)
            return notThere();
        if (after->method == u"chainDeferred")
            return Refusal{u"chainDeferred() returns nothing that could be added to."_s};
        if (after->isStatement && takesLines(source, after->statement))
            addLine(patch, source, after->statement, true, after->name + u'.' + call);
        else
            patch.insert(callOf(after->call)->end, u'.' + call);
        return patch.result();
    }
    if (spot.before) {
        const Addition *before = outline.additionAt(*spot.before);
        if (!before)
            return notThere();
        const bool isFirst = before->isStatement && before->name == pathOf(before->receiver);
        if (isFirst && takesLines(source, before->statement))
            addLine(patch, source, before->statement, false, before->name + u'.' + call);
        else
            patch.insert(before->receiver->range.end, u'.' + call);
        return patch.result();
    }
    const Creation *creation = outline.creationAt(spot.creation);
    if (!creation)
        return notThere();
    const auto *assign = std::get_if<Assign>(&outline.statement(creation->statement).node);
    const bool isBound = assign && assign->value == creation->call && !creation->name.isEmpty();
    if (isBound && takesLines(source, creation->statement))
        addLine(patch, source, creation->statement, true, creation->name + u'.' + call);
    else
        patch.insert(callOf(creation->call)->end, u'.' + call);
    return patch.result();
}

int topLineOf(const Source &source, const Spot &spot)
{
    int statement = -1;
    if (const Creation *creation = source.outline.creationAt(spot.creation))
        statement = creation->statement;
    for (const auto &beside : {spot.after, spot.before}) {
        const Addition *addition = beside ? source.outline.additionAt(*beside) : nullptr;
        if (addition && (statement < 0 || addition->statement < statement))
            statement = addition->statement;
    }
    return statement < 0 ? 1 : source.outline.statements.at(statement).topLine;
}

Spot shifted(Spot spot, int lines)
{
    spot.creation = spot.creation.movedBy(lines);
    if (spot.after)
        spot.after = spot.after->movedBy(lines);
    if (spot.before)
        spot.before = spot.before->movedBy(lines);
    return spot;
}

QString nameProblem(const Source &source, const FunctionSpec &function)
{
    if (isName(function.name))
        return {};
    // `other.callback` and the like may be handed to a chain too.
    const QString beginning = function.name.section(u'.', 0, 0);
    const bool isPath = function.name.contains(u'.') && source.outline.isUsed(beginning);
    return isPath ? QString() : u"'%1' cannot be a name in Python."_s.arg(function.name);
}

bool isNew(const Source &source, const FunctionSpec &function)
{
    return isName(function.name) && !source.outline.isUsed(function.name) && function.name != u"print";
}

/// The part of the call behind the dot: `addCallback(f, 1)`.
QString callText(const Source &source, const Addition &link)
{
    const auto &method = std::get<Attribute>(callOf(link.call)->function->node);
    return TextPatch(source.text).cut({method.nameRange.begin, callOf(link.call)->end});
}

void takeOut(TextPatch &patch, const Source &source, const Addition &link)
{
    if (link.isStatement && link.name == pathOf(link.receiver))
        removeStatements(patch, source, {link.statement});
    else
        patch.replace({link.receiver->range.end, callOf(link.call)->end}, {});
}

} // namespace

Result insertLink(const Source &source, const Spot &spot, const LinkSpec &link)
{
    QList<FunctionSpec> functions{link.callback};
    if (link.kind == LinkKind::Pair)
        functions << link.errback;
    QStringList names;
    for (const FunctionSpec &function : functions) {
        if (const QString problem = nameProblem(source, function); !problem.isEmpty())
            return Refusal{problem};
        names << function.name;
    }
    if (names.size() == 2 && names.at(0) == names.at(1) && isNew(source, link.callback))
        return Refusal{u"The two functions of a pair need two names."_s};
    const QString call = methodOf(link.kind) + u'(' + names.join(u", "_s) + u')';
    return inSteps(source,
                   {withImports,
                    [&](const Source &s) -> Result { // the imports may have moved the lines of the spot
                        const int moved = int(s.text.count(u'\n') - source.text.count(u'\n'));
                        const Spot at = shifted(spot, moved);
                        const Result placed = place(s, at, call);
                        if (std::holds_alternative<Refusal>(placed))
                            return placed;
                        const int top = topLineOf(s, at);
                        const Source withLink = Source::read(std::get<QString>(placed));
                        QStringList definitions;
                        for (qsizetype i = 0; i < functions.size(); ++i) {
                            const FunctionSpec &function = functions.at(i);
                            const bool isErrback = link.kind == LinkKind::Errback || i == 1;
                            if (!isNew(s, function))
                                continue;
                            if (!definitions.isEmpty())
                                definitions << QString() << QString();
                            definitions << definitionOf(function.name, isErrback ? u"failure"_s : u"result"_s,
                                                        function.form, withLink.outline);
                        }
                        TextPatch patch(withLink.text);
                        if (!definitions.isEmpty())
                            insertDefinition(patch, withLink, top, definitions);
                        return patch.result();
                    },
                    withRun});
}

Result removeLink(const Source &source, const Place &place)
{
    const Addition *link = source.outline.additionAt(place);
    if (!link)
        return notThere();
    QStringList functions{nameOf(link->callback), nameOf(link->errback)};
    functions.removeAll({});
    return inSteps(source,
                   {[&](const Source &s) -> Result {
                        TextPatch patch(s.text);
                        takeOut(patch, s, *link);
                        return patch.result();
                    },
                    [&](const Source &s) { return withoutUnused(s, functions); }});
}

Result copyLink(const Source &source, const Place &from, const Spot &to)
{
    const Addition *link = source.outline.additionAt(from);
    return link ? checked(source, place(source, to, callText(source, *link))) : Result(notThere());
}

Result moveLink(const Source &source, const Place &from, const Spot &to)
{
    const Addition *link = source.outline.additionAt(from);
    if (!link)
        return notThere();
    const auto isItself = [&](const std::optional<Place> &beside) {
        return beside && source.outline.additionAt(*beside) == link;
    };
    if (isItself(to.after) || isItself(to.before))
        return source.text;
    const Result placed = place(source, to, callText(source, *link));
    if (std::holds_alternative<Refusal>(placed))
        return placed;
    // Where the old one is now: the copy has moved it when it was put in front of it.
    const QString &text = std::get<QString>(placed);
    const Source both = Source::read(text);
    const qsizetype at = TextPatch(source.text).offset(link->place.begin());
    const bool isMoved = source.text.first(at) != text.first(at);
    const qsizetype wanted = at + (isMoved ? text.size() - source.text.size() : 0);
    const TextPatch positions(text);
    for (const Addition &candidate : both.outline.additions) {
        if (positions.offset(candidate.place.begin()) != wanted)
            continue;
        TextPatch patch(text);
        takeOut(patch, both, candidate);
        return checked(source, patch.result());
    }
    return notThere();
}

Result setLinkKind(const Source &source, const Place &place, LinkKind kind)
{
    const Addition *link = source.outline.additionAt(place);
    if (!link)
        return notThere();
    if (kind == LinkKind::Pair || link->method == u"addCallbacks" || !link->method.startsWith(u"add"))
        return Refusal{u"Only callbacks, errbacks and both can be made of each other."_s};
    TextPatch patch(source.text);
    patch.replace(std::get<Attribute>(callOf(link->call)->function->node).nameRange, methodOf(kind));
    return checked(source, patch.result());
}

} // namespace deferscope::edit
