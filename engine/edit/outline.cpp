// SPDX-License-Identifier: MIT
#include "outline.h"

#include "engine/edit/walk.h"

#include <algorithm>

namespace deferscope::edit {

using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

constexpr QStringView Makers[]
    = {u"Deferred", u"succeed", u"fail",       u"gatherResults", u"DeferredList",  u"maybeDeferred",
       u"execute",  u"race",    u"deferLater", u"deferToThread", u"ensureDeferred"};
constexpr QStringView Methods[]
    = {u"addCallback", u"addErrback", u"addBoth", u"addCallbacks", u"addTimeout", u"chainDeferred"};

template <size_t N> bool contains(const QStringView (&list)[N], const QString &name)
{
    return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

QString lastPart(const QString &path) { return path.sliced(path.lastIndexOf(u'.') + 1); }

ExpressionPtr argument(const Call &call, qsizetype index, QStringView keyword)
{
    for (const Argument &given : call.arguments) {
        if (given.kind == Argument::Kind::Keyword && given.name == keyword)
            return given.value;
    }
    const bool isThere
        = index < call.arguments.size() && call.arguments.at(index).kind == Argument::Kind::Positional;
    return isThere ? call.arguments.at(index).value : nullptr;
}

/// The variable that a chain of additions begins with.
QString beginningOf(ExpressionPtr receiver)
{
    while (const Call *call = callOf(receiver)) {
        const auto *attribute = std::get_if<Attribute>(&call->function->node);
        if (!attribute || !contains(Methods, attribute->name))
            return {};
        receiver = attribute->object;
    }
    return pathOf(receiver);
}

/// What is left of \a value when the additions behind it are taken away.
ExpressionPtr madeIn(ExpressionPtr value)
{
    while (const Call *call = callOf(value)) {
        const auto *attribute = std::get_if<Attribute>(&call->function->node);
        if (!attribute || !contains(Methods, attribute->name))
            return value;
        value = attribute->object;
    }
    return value;
}

class Reader
{
public:
    Outline outline;

    void read(const Block &block, int function, int topLine);
    void readModule(const Module &module)
    {
        read(module.body, -1, 0);
        std::stable_sort(outline.additions.begin(), outline.additions.end(), isBefore<Addition>);
        std::stable_sort(outline.creations.begin(), outline.creations.end(), isBefore<Creation>);
    }

private:
    template <typename T> static bool isBefore(const T &a, const T &b)
    {
        return std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    }
    void readNames(const Statement &statement);
    void readExpressions(const Statement &statement, int index);
    void readCall(const ExpressionPtr &call, const Statement &statement, int index);
    void readFiring(const ExpressionPtr &call, const Statement &statement, int index);
    void readImports(const Statement &statement);
    void note(const QString &name, const Range &range)
    {
        if (!name.isEmpty())
            outline.names[name].append(range);
    }
    void note(const QList<NamePlace> &places)
    {
        for (const NamePlace &place : places)
            note(place.name, place.range);
    }

    int m_blocks = 0;
};

void Reader::readImports(const Statement &statement)
{
    if (const auto *import = std::get_if<Import>(&statement.node)) {
        for (const ImportName &name : import->names)
            outline.imports.insert(name.alias.isEmpty() ? name.name : name.alias, name.name);
    } else if (const auto *from = std::get_if<ImportFrom>(&statement.node)) {
        for (const ImportName &name : from->names)
            outline.imports.insert(name.alias.isEmpty() ? name.name : name.alias,
                                   from->module + u'.' + name.name);
    }
}

void Reader::readNames(const Statement &statement)
{
    if (const auto *function = std::get_if<FunctionDefinition>(&statement.node)) {
        note(function->name, function->nameRange);
        for (const Parameter &parameter : function->parameters)
            outline.parameters.insert(parameter.name);
    } else if (const auto *cls = std::get_if<ClassDefinition>(&statement.node)) {
        note(cls->name, cls->nameRange);
    } else if (const auto *import = std::get_if<Import>(&statement.node)) {
        for (const ImportName &name : import->names)
            note(name.alias.isEmpty() ? name.name.section(u'.', 0, 0) : name.alias, name.bound);
    } else if (const auto *from = std::get_if<ImportFrom>(&statement.node)) {
        for (const ImportName &name : from->names)
            note(name.alias.isEmpty() ? name.name : name.alias, name.bound);
    } else if (const auto *tried = std::get_if<Try>(&statement.node)) {
        for (const ExceptHandler &handler : tried->handlers)
            note(handler.name, handler.nameRange);
    } else if (const auto *global = std::get_if<Global>(&statement.node)) {
        note(global->names);
    } else if (const auto *nonlocal = std::get_if<Nonlocal>(&statement.node)) {
        note(nonlocal->names);
    } else if (const auto *opaque = std::get_if<OpaqueStatement>(&statement.node)) {
        note(opaque->names);
    }
}

void Reader::read(const Block &block, int function, int topLine)
{
    const int number = m_blocks++;
    for (qsizetype i = 0; i < block.size(); ++i) {
        const StatementPtr &statement = block.at(i);
        const int index = int(outline.statements.size());
        const bool isFollowed = i + 1 < block.size() && block.at(i + 1)->layout.isJoined;
        const int top = topLine > 0 ? topLine : statement->range.begin.line;
        outline.statements.append(
            {statement, function, top, number, !statement->layout.isJoined && !isFollowed});
        readImports(*statement);
        readNames(*statement);
        readExpressions(*statement, index);
        const auto *definition = std::get_if<FunctionDefinition>(&statement->node);
        if (definition) {
            outline.functions.append({definition->name, index, function});
            read(definition->body, int(outline.functions.size()) - 1, top);
            continue;
        }
        for (const Block *inner : blocksOf(*statement))
            read(*inner, function, top);
    }
}

void Reader::readExpressions(const Statement &statement, int index)
{
    for (const ExpressionPtr &expression : expressionsOf(statement)) {
        walk(expression, [&](const ExpressionPtr &inner) {
            if (const auto *name = std::get_if<Name>(&inner->node))
                note(name->id, name->word);
            if (const auto *opaque = std::get_if<Opaque>(&inner->node))
                note(opaque->names);
            if (const auto *lambda = std::get_if<Lambda>(&inner->node)) {
                for (const Parameter &parameter : lambda->parameters)
                    note(parameter.name, parameter.word);
            }
            if (callOf(inner))
                readCall(inner, statement, index);
        });
    }
}

void Reader::readCall(const ExpressionPtr &expression, const Statement &statement, int index)
{
    const Call &call = *callOf(expression);
    const auto *attribute = std::get_if<Attribute>(&call.function->node);
    const auto *whole = std::get_if<ExpressionStatement>(&statement.node);
    if (attribute && contains(Methods, attribute->name)) {
        Addition addition{placeOf(expression),
                          attribute->name,
                          expression,
                          attribute->object,
                          beginningOf(attribute->object),
                          argument(call, 0, u"callback"),
                          {},
                          index,
                          whole && whole->value == expression && !pathOf(attribute->object).isEmpty()};
        if (attribute->name == u"addErrback" && !addition.callback)
            addition.callback = argument(call, 0, u"errback");
        if (attribute->name == u"addCallbacks")
            addition.errback = argument(call, 1, u"errback");
        outline.additions.append(addition);
        return;
    }
    readFiring(expression, statement, index);
    const QString path = pathOf(call.function);
    const QString maker = lastPart(outline.imports.value(path, path));
    if (!contains(Makers, maker))
        return;
    const QString module = path.contains(u'.') ? path.first(path.lastIndexOf(u'.')) : QString();
    const bool isTwisteds = module.isEmpty()
        ? outline.imports.contains(path)
        : outline.imports.value(module, module).startsWith(u"twisted."_s);
    if (!isTwisteds)
        return;
    Creation creation{placeOf(expression), maker, expression, {}, index};
    const auto *assign = std::get_if<Assign>(&statement.node);
    if (assign && assign->targets.size() == 1 && madeIn(assign->value) == expression)
        creation.name = pathOf(assign->targets.constFirst());
    outline.creations.append(creation);
}

void Reader::readFiring(const ExpressionPtr &expression, const Statement &, int index)
{
    const Call &call = *callOf(expression);
    const auto firingOf
        = [&](const ExpressionPtr &method, const ExpressionPtr &delay, const ExpressionPtr &value) {
              const auto *attribute = method ? std::get_if<Attribute>(&method->node) : nullptr;
              if (!attribute || (attribute->name != u"callback" && attribute->name != u"errback"))
                  return;
              const QString name = pathOf(attribute->object);
              if (!name.isEmpty())
                  outline.firings.append(
                      {placeOf(expression), name, attribute->name == u"errback", delay, value, index});
          };
    const QString path = pathOf(call.function);
    if (path.endsWith(u".callLater") && call.arguments.size() >= 2)
        firingOf(call.arguments.at(1).value, call.arguments.at(0).value, argument(call, 2, u""));
    else
        firingOf(call.function, nullptr, argument(call, 0, u""));
}

/// The one that \a place means; null as well when it may mean several.
template <typename T> const T *at(const QList<T> &list, const Place &place)
{
    const auto isMeant = [&](const T &entry) { return place.means(entry.place); };
    const auto found = std::find_if(list.cbegin(), list.cend(), isMeant);
    const bool isOne = found != list.cend() && std::none_of(found + 1, list.cend(), isMeant);
    return isOne ? &*found : nullptr;
}

} // namespace

Place placeOf(const Site &site) { return {site.line, site.column, site.endLine, site.endColumn}; }

Place placeOf(const ExpressionPtr &expression)
{
    const Call &call = *callOf(expression);
    const auto *attribute = std::get_if<Attribute>(&call.function->node);
    const Position name = attribute ? attribute->nameRange.begin : call.function->range.begin;
    return {name.line, name.column, call.end.line, call.end.column};
}

bool Place::means(const Place &call) const
{
    if (endLine > 0 && call.endLine > 0)
        return std::pair(endLine, endColumn) == std::pair(call.endLine, call.endColumn);
    return line == call.line && (column == call.column || column == 0);
}

Place Place::movedBy(int lines) const
{
    return {line + lines, column, endLine > 0 ? endLine + lines : 0, endColumn};
}

Outline outlineOf(const Module &module)
{
    Reader reader;
    reader.readModule(module);
    return reader.outline;
}

const Creation *Outline::creationAt(const Place &place) const { return at(creations, place); }

const Addition *Outline::additionAt(const Place &place) const { return at(additions, place); }

const Firing *Outline::firingAt(const Place &place) const { return at(firings, place); }

const Creation *Outline::creationOf(const QString &name, int function) const
{
    for (int scope = function;; scope = functions.at(scope).outer) {
        for (auto creation = creations.crbegin(); creation != creations.crend(); ++creation) {
            if (creation->name == name && functionOf(creation->statement) == scope)
                return &*creation;
        }
        if (scope < 0)
            return nullptr;
    }
}

const FunctionPlace *Outline::function(const QString &name, int from) const
{
    for (int scope = from;; scope = functions.at(scope).outer) {
        for (auto place = functions.crbegin(); place != functions.crend(); ++place) {
            if (place->name == name && place->outer == scope)
                return &*place;
        }
        if (scope < 0)
            return nullptr;
    }
}

const FunctionDefinition &Outline::definition(const FunctionPlace &function) const
{
    return std::get<FunctionDefinition>(statement(function.statement).node);
}

QString Outline::localName(const QString &qualified) const
{
    const auto found = std::find(imports.cbegin(), imports.cend(), qualified);
    return found == imports.cend() ? QString() : found.key();
}

bool Outline::isOnlyOfItsBlock(int statement) const
{
    const int block = statements.at(statement).block;
    return std::count_if(statements.cbegin(), statements.cend(),
                         [block](const StatementPlace &place) { return place.block == block; })
        == 1;
}

bool Outline::isUsed(const QString &name) const { return names.contains(name) || parameters.contains(name); }

} // namespace deferscope::edit
