// SPDX-License-Identifier: MIT
#include "copyas.h"

#include "engine/edit/editsupport.h"
#include "engine/edit/walk.h"
#include "engine/syntax/printer.h"

#include <algorithm>

namespace deferscope::exporting {

using namespace edit;
using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

QStringList indented(const QStringList &lines)
{
    QStringList result;
    for (const QString &line : lines)
        result << u"    "_s + line;
    return result;
}

/// `f(result, 1)` for a link `addCallback(f, 1)`.
QString callOn(const ExpressionPtr &function, const QString &input, const QList<Argument> &more)
{
    QList<Argument> arguments{
        {Argument::Kind::Positional, {}, std::make_shared<Expression>(Expression{{}, 0, Name{input}})}};
    arguments += more;
    const bool isLambda = std::holds_alternative<Lambda>(function->node);
    const QString called = print(function);
    return (isLambda && !called.startsWith(u'(') ? u'(' + called + u')' : called) + printArguments(arguments);
}

/// Writes the body of a function that does what the links of a chain do.
class Steps
{
public:
    Steps(ChainForm form, const QString &name)
        : m_form(form)
        , m_lines{u"result = %1 %2"_s.arg(form == ChainForm::Coroutine ? u"await"_s : u"yield"_s, name)}
    {
    }

    /// False: such a link has no form.
    bool add(const Addition &link);
    bool needsFailure() const { return m_needsFailure; }
    QStringList lines() const { return m_lines + QStringList{u"return result"_s}; }

private:
    QString step(const ExpressionPtr &function, const QString &input, const QList<Argument> &more) const;
    void attempt(const QStringList &onError, const QStringList &otherwise);

    ChainForm m_form;
    QStringList m_lines;
    bool m_needsFailure = false;
};

/// In a coroutine only Deferreds can be awaited, and a function may return any value.
QString Steps::step(const ExpressionPtr &function, const QString &input, const QList<Argument> &more) const
{
    if (m_form == ChainForm::InlineCallbacks)
        return u"result = yield "_s + callOn(function, input, more);
    QList<Argument> arguments{
        {Argument::Kind::Positional, {}, function},
        {Argument::Kind::Positional, {}, std::make_shared<Expression>(Expression{{}, 0, Name{input}})}};
    return u"result = await defer.maybeDeferred"_s + printArguments(arguments + more);
}

void Steps::attempt(const QStringList &onError, const QStringList &otherwise)
{
    QStringList lines{u"try:"_s};
    lines << indented(m_lines) << u"except Exception:"_s << indented(onError);
    if (!otherwise.isEmpty())
        lines << u"else:"_s << indented(otherwise);
    m_lines = lines;
    m_needsFailure = true;
}

bool Steps::add(const Addition &link)
{
    const QList<Argument> &arguments = callOf(link.call)->arguments;
    const bool isPlain = !arguments.isEmpty() && arguments.constFirst().kind == Argument::Kind::Positional;
    if (!link.callback || !isPlain)
        return false;
    const QList<Argument> more = arguments.sliced(1);
    const QString failure = u"Failure()"_s;
    if (link.method == u"addCallback") {
        m_lines << step(link.callback, u"result"_s, more);
    } else if (link.method == u"addErrback") {
        attempt({step(link.callback, failure, more)}, {});
    } else if (link.method == u"addBoth") {
        attempt({u"result = Failure()"_s}, {});
        m_lines << step(link.callback, u"result"_s, more);
    } else if (link.method == u"addCallbacks" && link.errback && arguments.size() == 2) {
        attempt({step(link.errback, failure, {})}, {step(link.callback, u"result"_s, {})});
    } else {
        return false;
    }
    return true;
}

struct Links
{
    QList<Addition> additions;
    QList<int> statements;
};

/// The links that statements of their own add to \a creation, if nothing else happens between them.
std::variant<Links, Refusal> linksOf(const Source &source, const Creation &creation)
{
    const Outline &outline = source.outline;
    Links links;
    for (const Addition &addition : outline.additions) {
        const bool isHis = addition.name == creation.name
            && outline.functionOf(addition.statement) == outline.functionOf(creation.statement);
        if (!isHis)
            continue;
        const auto *whole = std::get_if<ExpressionStatement>(&outline.statement(addition.statement).node);
        if (!whole || !outline.statements.at(addition.statement).isAlone)
            return Refusal{u"A link of %1 is added inside another statement."_s.arg(creation.name)};
        links.additions << addition;
        if (links.statements.isEmpty() || links.statements.constLast() != addition.statement)
            links.statements << addition.statement;
    }
    if (links.additions.isEmpty())
        return Refusal{u"%1 has no links."_s.arg(creation.name)};
    const int block = outline.statements.at(links.statements.constFirst()).block;
    for (int index = links.statements.constFirst(); index <= links.statements.constLast(); ++index) {
        if (!links.statements.contains(index) || outline.statements.at(index).block != block)
            return Refusal{u"The links of %1 are not added one behind the other."_s.arg(creation.name)};
    }
    return links;
}

Result withFailure(const Source &source)
{
    if (!source.outline.localName(u"twisted.python.failure.Failure"_s).isEmpty())
        return source.text;
    TextPatch patch(source.text);
    int line = 1;
    for (const StatementPtr &statement : source.module.body) {
        if (std::holds_alternative<ImportFrom>(statement->node)
            || std::holds_alternative<Import>(statement->node))
            line = lastLineOf(*statement) + 1;
    }
    patch.insertLines(line, {u"from twisted.python.failure import Failure"_s});
    return patch.result();
}

} // namespace

Result asForm(const Source &source, const Place &place, ChainForm form)
{
    if (form == ChainForm::Callbacks)
        return source.text;
    const Creation *creation = source.outline.creationAt(place);
    if (!creation || !isName(creation->name))
        return Refusal{u"Only a chain with a name can be written so."_s};
    const auto found = linksOf(source, *creation);
    if (const auto *refusal = std::get_if<Refusal>(&found))
        return *refusal;
    const Links &links = std::get<Links>(found);
    Steps steps(form, creation->name);
    for (const Addition &link : links.additions) {
        if (!steps.add(link))
            return Refusal{u"%1() with these arguments has no other form."_s.arg(link.method)};
    }
    const QString function = freeName(source, creation->name + u"_steps"_s);
    const bool isCoroutine = form == ChainForm::Coroutine;
    QStringList definition;
    if (!isCoroutine)
        definition << u"@%1.inlineCallbacks"_s.arg(source.outline.localName(u"twisted.internet.defer"_s));
    definition << (isCoroutine ? u"async def %1():"_s : u"def %1():"_s).arg(function)
               << indented(steps.lines());
    QString start = function + u"()"_s;
    if (isCoroutine)
        start = u"%1.ensureDeferred(%2)"_s.arg(source.outline.localName(u"twisted.internet.defer"_s), start);
    TextPatch patch(source.text);
    const Statement &first = source.outline.statement(links.statements.constFirst());
    const Statement &last = source.outline.statement(links.statements.constLast());
    const QString indentation = first.layout.indentation;
    QStringList lines;
    for (const QString &line : std::as_const(definition))
        lines << indentation + line;
    lines << QString() << indentation + start;
    patch.removeLines(firstLineOf(first), lastLineOf(last));
    patch.insertLines(firstLineOf(first), lines);
    QList<Step> all{[&patch](const Source &) -> Result { return patch.result(); }};
    if (steps.needsFailure())
        all << withFailure;
    return inSteps(source, all);
}

} // namespace deferscope::exporting
