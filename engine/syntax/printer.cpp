// SPDX-License-Identifier: MIT
#include "printer.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

namespace {

QString named(const ImportName &name)
{
    return name.alias.isEmpty() ? name.name : name.name + u" as "_s + name.alias;
}

QString listed(const QList<ImportName> &names)
{
    QStringList texts;
    for (const ImportName &name : names)
        texts.append(named(name));
    return texts.join(u", "_s);
}

QString listed(const QList<ExpressionPtr> &expressions)
{
    QStringList texts;
    for (const ExpressionPtr &expression : expressions)
        texts.append(print(expression));
    return texts.join(u", "_s);
}

QString listed(const QList<NamePlace> &places)
{
    QStringList names;
    for (const NamePlace &place : places)
        names.append(place.name);
    return names.join(u", "_s);
}

QString behind(const QString &word, const ExpressionPtr &expression)
{
    return expression ? word + u' ' + print(expression) : word;
}

/// A simple statement, or the header of a compound one, in the regular way. Decorators stand on lines of
/// their own.
struct HeaderPrinter
{
    QString indentation;

    QString operator()(const ExpressionStatement &node) const { return print(node.value); }
    QString operator()(const Assign &node) const
    {
        QString text;
        for (const ExpressionPtr &target : node.targets)
            text += print(target) + u" = "_s;
        return text + print(node.value);
    }
    QString operator()(const AnnotatedAssign &node) const
    {
        const QString text = print(node.target) + u": "_s + print(node.annotation);
        return node.value ? text + u" = "_s + print(node.value) : text;
    }
    QString operator()(const AugmentedAssign &node) const
    {
        return print(node.target) + u' ' + print(node.op) + u"= "_s + print(node.value);
    }
    QString operator()(const Return &node) const { return behind(u"return"_s, node.value); }
    QString operator()(const Raise &node) const
    {
        const QString text = behind(u"raise"_s, node.exception);
        return node.cause ? text + u" from "_s + print(node.cause) : text;
    }
    QString operator()(const Pass &) const { return u"pass"_s; }
    QString operator()(const Break &) const { return u"break"_s; }
    QString operator()(const Continue &) const { return u"continue"_s; }
    QString operator()(const Delete &node) const { return u"del "_s + listed(node.targets); }
    QString operator()(const Assert &node) const
    {
        const QString text = u"assert "_s + print(node.test);
        return node.message ? text + u", "_s + print(node.message) : text;
    }
    QString operator()(const Global &node) const { return u"global "_s + listed(node.names); }
    QString operator()(const Nonlocal &node) const { return u"nonlocal "_s + listed(node.names); }
    QString operator()(const Import &node) const { return u"import "_s + listed(node.names); }
    QString operator()(const ImportFrom &node) const
    {
        const QString names = node.parenthesized ? u'(' + listed(node.names) + u')' : listed(node.names);
        const QString dots(node.dots, u'.');
        return u"from "_s + dots + node.module + u" import "_s + names;
    }
    QString operator()(const If &node) const { return u"if "_s + print(node.test) + u':'; }
    QString operator()(const For &node) const
    {
        return (node.isAsync ? u"async for "_s : u"for "_s) + print(node.target) + u" in "_s
            + print(node.iterable) + u':';
    }
    QString operator()(const While &node) const { return u"while "_s + print(node.test) + u':'; }
    QString operator()(const Try &) const { return u"try:"_s; }
    QString operator()(const With &node) const
    {
        QStringList items;
        for (const WithItem &item : node.items)
            items.append(item.target ? print(item.context) + u" as "_s + print(item.target)
                                     : print(item.context));
        return (node.isAsync ? u"async with "_s : u"with "_s) + items.join(u", "_s) + u':';
    }
    QString operator()(const FunctionDefinition &node) const
    {
        const QString result = node.returns ? u" -> "_s + print(node.returns) : QString();
        return decorators(node.decorators) + (node.isAsync ? u"async def "_s : u"def "_s) + node.name + u'('
            + printParameters(node.parameters) + u')' + result + u':';
    }
    QString operator()(const ClassDefinition &node) const
    {
        return decorators(node.decorators) + u"class "_s + node.name
            + (node.bases.isEmpty() ? QString() : printArguments(node.bases)) + u':';
    }
    QString operator()(const Match &node) const { return u"match "_s + print(node.subject) + u':'; }
    QString operator()(const Case &node) const
    {
        const QString guard = node.guard ? u" if "_s + print(node.guard) : QString();
        return u"case "_s + print(node.pattern) + guard + u':';
    }
    QString operator()(const OpaqueStatement &node) const { return node.text; }
    QString decorators(const QList<ExpressionPtr> &list) const
    {
        QString text;
        for (const ExpressionPtr &decorator : list)
            text += u'@' + print(decorator) + u'\n' + indentation;
        return text;
    }
};

/// Writes statements one below the other.
class Writer
{
public:
    QString text;

    void write(const Block &block, const QString &indentation);
    void leave(const QStringList &lines);

private:
    void header(const Layout &layout, const QString &regular, const QString &indentation);
    void body(const Block &block, const Layout &header, const QString &indentation);
    void clause(const Layout &layout, const QString &regular, const Block &block, const QString &indentation);
    void blocks(const Statement &statement, const QString &indentation);
    void alternatives(const If &node, const QString &indentation);
    void handlers(const Try &node, const QString &indentation);
};

/// The indentation that the author gave the statements of \a block, or four spaces more than \a outer.
QString indentationOf(const Block &block, const QString &outer)
{
    for (const StatementPtr &statement : block) {
        if (!statement->layout.indentation.isEmpty())
            return statement->layout.indentation;
    }
    return outer + u"    "_s;
}

bool isCompound(const Statement &statement)
{
    if (const auto *opaque = std::get_if<OpaqueStatement>(&statement.node))
        return !opaque->body.isEmpty();
    return std::holds_alternative<If>(statement.node) || std::holds_alternative<For>(statement.node)
        || std::holds_alternative<While>(statement.node) || std::holds_alternative<Try>(statement.node)
        || std::holds_alternative<With>(statement.node) || std::holds_alternative<Match>(statement.node)
        || std::holds_alternative<Case>(statement.node)
        || std::holds_alternative<FunctionDefinition>(statement.node)
        || std::holds_alternative<ClassDefinition>(statement.node);
}

void Writer::leave(const QStringList &lines)
{
    for (const QString &line : lines)
        text += line + u'\n';
}

void Writer::header(const Layout &layout, const QString &regular, const QString &indentation)
{
    if (!layout.isJoined) {
        leave(layout.leading);
        text += layout.written.isEmpty() ? indentation : layout.indentation;
    }
    text += layout.joint + (layout.written.isEmpty() ? regular : layout.written);
}

void Writer::write(const Block &block, const QString &indentation)
{
    for (qsizetype i = 0; i < block.size(); ++i) {
        const Statement &statement = *block.at(i);
        header(statement.layout, std::visit(HeaderPrinter{indentation}, statement.node), indentation);
        if (isCompound(statement)) {
            blocks(statement, indentation);
            continue;
        }
        const bool isLastOfLine = i + 1 == block.size() || !block.at(i + 1)->layout.isJoined;
        if (isLastOfLine)
            text += statement.layout.trailing + u'\n';
    }
}

void Writer::body(const Block &block, const Layout &header, const QString &indentation)
{
    const bool isOnTheSameLine = !block.isEmpty() && block.constFirst()->layout.isJoined;
    if (!isOnTheSameLine)
        text += header.trailing + u'\n';
    write(block, indentationOf(block, indentation));
}

void Writer::clause(const Layout &layout, const QString &regular, const Block &block,
                    const QString &indentation)
{
    if (block.isEmpty())
        return;
    header(layout, regular, indentation);
    body(block, layout, indentation);
}

void Writer::blocks(const Statement &statement, const QString &indentation)
{
    std::visit(
        [&](const auto &node) {
            using Node = std::decay_t<decltype(node)>;
            if constexpr (requires { node.body; })
                body(node.body, statement.layout, indentation);
            if constexpr (std::is_same_v<Node, If>)
                alternatives(node, indentation);
            else if constexpr (std::is_same_v<Node, Try>)
                handlers(node, indentation);
            else if constexpr (requires { node.orElse; })
                clause(node.elseLayout, u"else:"_s, node.orElse, indentation);
        },
        statement.node);
}

void Writer::alternatives(const If &first, const QString &indentation)
{
    const If *node = &first; // an elif chain may be long: no recursion
    while (node->elseIsElif) {
        const If *next = std::get_if<If>(&node->orElse.constFirst()->node);
        header(node->elseLayout, u"elif "_s + print(next->test) + u':', indentation);
        body(next->body, node->elseLayout, indentation);
        node = next;
    }
    clause(node->elseLayout, u"else:"_s, node->orElse, indentation);
}

void Writer::handlers(const Try &node, const QString &indentation)
{
    for (const ExceptHandler &handler : node.handlers) {
        const QString name = handler.name.isEmpty() ? QString() : u" as "_s + handler.name;
        clause(handler.layout,
               behind(node.isOfGroups ? u"except*"_s : u"except"_s, handler.type) + name + u':', handler.body,
               indentation);
    }
    clause(node.elseLayout, u"else:"_s, node.orElse, indentation);
    clause(node.finallyLayout, u"finally:"_s, node.finally, indentation);
}

} // namespace

QString print(const Module &module)
{
    Writer writer;
    writer.write(module.body, {});
    writer.leave(module.ending);
    if (!module.endsWithNewline && writer.text.endsWith(u'\n'))
        writer.text.chop(1);
    return writer.text;
}

} // namespace deferscope::syntax
