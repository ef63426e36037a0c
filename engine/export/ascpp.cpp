// SPDX-License-Identifier: MIT
#include "ascpp.h"

#include "engine/edit/walk.h"
#include "engine/export/cppprelude.h"
#include "engine/syntax/printer.h"

#include <QRegularExpression>
#include <QSet>

#include <limits>

namespace deferscope::exporting {

using namespace edit;
using namespace syntax;
using namespace Qt::StringLiterals;

namespace {

/// Something that has no C++ form; leaves the writer at once.
struct NoForm
{
    QString what;
};

QString quoted(const QString &text)
{
    QString inside;
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"': inside += u"\\\""_s; break;
        case u'\\': inside += u"\\\\"_s; break;
        case u'\n': inside += u"\\n"_s; break;
        case u'\t': inside += u"\\t"_s; break;
        case u'\r': inside += u"\\r"_s; break;
        default:
            if (c.unicode() < 0x20 || c.unicode() == 0x7f)
                throw NoForm{u"a control character in a text"_s};
            inside += c;
        }
    }
    return u"u\""_s + inside + u"\"_s"_s;
}

QStringList indented(const QStringList &lines)
{
    QStringList result;
    for (const QString &line : lines)
        result << (line.isEmpty() ? line : u"    "_s + line);
    return result;
}

const QSet<QString> MadeDeferreds{u"Deferred"_s,      u"succeed"_s,       u"fail"_s,
                                  u"maybeDeferred"_s, u"gatherResults"_s, u"DeferredList"_s};
const QSet<QString> ReturnsItself{u"addCallback"_s,  u"addErrback"_s, u"addBoth"_s,
                                  u"addCallbacks"_s, u"addTimeout"_s, u"chainDeferred"_s};

/// The names of one function, or of the module.
struct Scope
{
    QSet<QString> deferreds;             ///< variables that only ever hold a Deferred
    QHash<QString, int> assigned;        ///< how often
    QSet<QString> declared;              ///< so far in the C++ text
    QHash<QString, qsizetype> functions; ///< those defined here, and how many parameters they have
    QSet<QString> captured;              ///< that a function inside has taken a copy of
    Scope *outer = nullptr;
    bool isModule() const { return !outer; }
};

class Writer
{
public:
    explicit Writer(const Source &source)
        : m_source(source)
    {
    }

    QString program();

private:
    // What a name stands for.
    QString qualified(const ExpressionPtr &expression) const;
    Scope *owner(const QString &name) const;
    bool isShared(const QString &name) const { return m_shared.contains(name); }
    void note(const Block &block, Scope &scope) const;
    void noteTarget(const ExpressionPtr &target, bool isDeferred, Scope &scope) const;
    QString variable(const QString &name);
    static QString spelled(const QString &name);

    // Expressions.
    bool makesDeferred(const ExpressionPtr &expression) const;
    QString value(const ExpressionPtr &expression);
    QString deferred(const ExpressionPtr &expression);
    QString condition(const ExpressionPtr &expression);
    QString list(const QList<ExpressionPtr> &items);
    QString call(const Call &node);
    QString methodOf(const Attribute &method, const Call &node);
    QString made(const QString &maker, const Call &node);
    QString deferredList(const Call &node);
    QString binary(const Binary &node);
    QString compare(const Compare &node);
    QString formatted(const FormattedString &node);
    QString attribute(const Attribute &node);
    QString lambda(const Lambda &node);
    bool givesNothing(const ExpressionPtr &expression) const;
    QString delay(const ExpressionPtr &expression);
    QString exception(const ExpressionPtr &expression, QString *message);
    QString exceptionType(const ExpressionPtr &expression);
    QString failure(const ExpressionPtr &expression);
    QString arguments(const Call &node, qsizetype first = 0);
    QString side(const ExpressionPtr &function, const QList<Argument> &more);
    QString scheduled(const Call &node);
    QString calling(const ExpressionPtr &function, const QStringList &values);
    QStringList kept(const QList<Argument> &more, QStringList *captures);
    QString helper(const QString &name);

    // Statements.
    QStringList block(const Block &block);
    QStringList statement(const Statement &statement);
    QStringList assign(const Assign &node);
    QStringList bind(const QString &name, const ExpressionPtr &expression);
    QStringList raise(const Raise &node);
    QStringList loop(const For &node);
    QStringList attempt(const Try &node);
    QStringList function(const FunctionDefinition &node);
    enum class Defaults { Refused, Written, LeftOut };
    QString constant(const ExpressionPtr &expression);
    QString parameters(const QList<Parameter> &parameters, const QStringList &body, Defaults defaults);
    void enter(const QList<Parameter> &parameters, const Block &body, Scope &scope);
    void defineClass(const ClassDefinition &node);
    QStringList hoisted(const Block &body, const Scope &scope) const;

    const Source &m_source;
    Scope m_module;
    Scope *m_scope = &m_module;
    QSet<QString> m_shared; ///< variables of the module that functions use
    QSet<QString> m_helpers;
    QStringList m_exceptions; ///< definitions
    QSet<QString> m_ownExceptions;
    QStringList m_functions;    ///< definitions, one line an entry
    QStringList m_declarations; ///< of those functions
};

// ---- names ----

QString Writer::spelled(const QString &name)
{
    static const QSet<QString> taken{
        u"alignas"_s, u"auto"_s, u"bool"_s, u"case"_s, u"catch"_s, u"char"_s, u"const"_s, u"default"_s,
        u"delete"_s, u"do"_s, u"double"_s, u"enum"_s, u"explicit"_s, u"export"_s, u"extern"_s, u"float"_s,
        u"friend"_s, u"goto"_s, u"inline"_s, u"int"_s, u"long"_s, u"main"_s, u"mutable"_s, u"namespace"_s,
        u"new"_s, u"operator"_s, u"private"_s, u"protected"_s, u"public"_s, u"register"_s, u"requires"_s,
        u"short"_s, u"signed"_s, u"sizeof"_s, u"static"_s, u"struct"_s, u"switch"_s, u"template"_s, u"this"_s,
        u"throw"_s, u"typedef"_s, u"typename"_s, u"union"_s, u"unsigned"_s, u"using"_s, u"virtual"_s,
        u"void"_s, u"volatile"_s, u"and"_s, u"or"_s, u"not"_s, u"xor"_s,
        // names of the engine and of the helpers
        u"reactor"_s, u"print"_s, u"join"_s, u"plus"_s, u"minus"_s, u"times"_s, u"isTrue"_s, u"less"_s,
        u"itemsOf"_s, u"deferredIn"_s, u"length"_s, u"succeed"_s, u"fail"_s, u"race"_s, u"str"_s, u"repr"_s,
        u"app"_s, u"error"_s, u"result"_s, u"Value"_s, u"Deferred"_s, u"Failure"_s, u"argc"_s, u"argv"_s,
        u"listOf"_s, u"tupleOf"_s, u"exceptions"_s, u"time"_s, u"printf"_s, u"puts"_s, u"signal"_s};
    for (const QChar c : name)
        if (c.unicode() > 0x7f)
            throw NoForm{u"the name %1"_s.arg(name)};
    return taken.contains(name) ? name + u'_' : name;
}

/// What a path means: `defer.succeed` is twisted.internet.defer.succeed; empty for a name of the script.
QString Writer::qualified(const ExpressionPtr &expression) const
{
    const QString path = pathOf(expression);
    const QString first = path.section(u'.', 0, 0);
    if (path.isEmpty() || !m_source.outline.imports.contains(first) || owner(first))
        return {};
    const QString rest = path.section(u'.', 1);
    return m_source.outline.imports.value(first) + (rest.isEmpty() ? QString() : u'.' + rest);
}

Scope *Writer::owner(const QString &name) const
{
    for (Scope *scope = m_scope; scope; scope = scope->outer)
        if (scope->assigned.contains(name) || scope->functions.contains(name))
            return scope;
    return nullptr;
}

void Writer::noteTarget(const ExpressionPtr &target, bool isDeferred, Scope &scope) const
{
    if (const auto *tuple = std::get_if<TupleDisplay>(&target->node)) {
        for (const ExpressionPtr &item : tuple->items)
            noteTarget(item, false, scope);
        return;
    }
    const QString name = nameOf(target);
    if (name.isEmpty())
        throw NoForm{u"the assignment to %1"_s.arg(print(target))};
    if (isDeferred && !scope.assigned.contains(name))
        scope.deferreds.insert(name);
    else if (!isDeferred)
        scope.deferreds.remove(name);
    ++scope.assigned[name];
}

/// Finds what the statements of \a block bind.
void Writer::note(const Block &block, Scope &scope) const
{
    for (const StatementPtr &statement : block) {
        if (const auto *assign = std::get_if<Assign>(&statement->node)) {
            for (const ExpressionPtr &target : assign->targets)
                noteTarget(target, makesDeferred(assign->value), scope);
        } else if (const auto *augmented = std::get_if<AugmentedAssign>(&statement->node)) {
            noteTarget(augmented->target, false, scope);
        } else if (const auto *loop = std::get_if<For>(&statement->node)) {
            noteTarget(loop->target, false, scope);
        } else if (const auto *function = std::get_if<FunctionDefinition>(&statement->node)) {
            scope.functions.insert(function->name, function->parameters.size());
            continue;
        }
        for (const Block *inner : blocksOf(*statement))
            note(*inner, scope);
    }
}

QString Writer::variable(const QString &name)
{
    Scope *scope = owner(name);
    if (!scope)
        throw NoForm{u"the name %1"_s.arg(name)};
    if (scope->functions.contains(name))
        throw NoForm{u"the function %1 as a value"_s.arg(name)};
    if (scope != m_scope && !scope->isModule()) {
        if (scope->assigned.value(name) > 1 || !scope->declared.contains(name))
            throw NoForm{u"%1, which changes after a function inside has taken it,"_s.arg(name)};
    }
    return spelled(name);
}

QString Writer::helper(const QString &name)
{
    m_helpers.insert(name);
    return name;
}

// ---- expressions ----

bool Writer::makesDeferred(const ExpressionPtr &expression) const
{
    if (const QString name = nameOf(expression); !name.isEmpty()) {
        const Scope *scope = owner(name);
        return scope && scope->deferreds.contains(name);
    }
    const auto *node = callOf(expression);
    if (!node)
        return false;
    const QString maker = qualified(node->function);
    if (maker.startsWith(u"twisted.internet.defer."_s))
        return MadeDeferreds.contains(maker.section(u'.', -1));
    const auto *method = std::get_if<Attribute>(&node->function->node);
    return method && ReturnsItself.contains(method->name) && makesDeferred(method->object);
}

QString Writer::deferred(const ExpressionPtr &expression)
{
    if (makesDeferred(expression))
        return value(expression);
    return u"%1(%2)"_s.arg(helper(u"deferredIn"_s), value(expression));
}

QString Writer::list(const QList<ExpressionPtr> &items)
{
    QStringList values;
    for (const ExpressionPtr &item : items)
        values << value(item);
    return u'{' + values.join(u", "_s) + u'}';
}

QString Writer::condition(const ExpressionPtr &expression)
{
    if (const auto *literal = std::get_if<BoolLiteral>(&expression->node))
        return literal->value ? u"true"_s : u"false"_s;
    if (const auto *compared = std::get_if<Compare>(&expression->node))
        return compare(*compared);
    if (const auto *unary = std::get_if<Unary>(&expression->node); unary && unary->op == UnaryOperator::Not)
        return u"!(%1)"_s.arg(condition(unary->operand));
    if (const auto *both = std::get_if<Boolean>(&expression->node)) {
        QStringList conditions;
        for (const ExpressionPtr &operand : both->operands)
            conditions << u'(' + condition(operand) + u')';
        return conditions.join(both->op == BooleanOperator::And ? u" && "_s : u" || "_s);
    }
    return u"%1(%2)"_s.arg(helper(u"isTrue"_s), value(expression));
}

QString Writer::value(const ExpressionPtr &expression)
{
    const auto &node = expression->node;
    if (std::holds_alternative<NoneLiteral>(node))
        return u"Value()"_s;
    if (const auto *literal = std::get_if<BoolLiteral>(&node))
        return literal->value ? u"true"_s : u"false"_s;
    if (const auto *number = std::get_if<NumberLiteral>(&node)) {
        bool isDecimal = !number->isImaginary;
        const QString digits = QString(number->text).remove(u'_');
        if (!number->isFloat)
            digits.toLongLong(&isDecimal);
        if (!isDecimal || digits.endsWith(u'.'))
            throw NoForm{u"the number %1"_s.arg(number->text)};
        const bool isShort = number->isFloat || digits.toLongLong() <= std::numeric_limits<int>::max();
        return isShort ? digits : u"qint64(%1)"_s.arg(digits);
    }
    if (const auto *text = std::get_if<StringLiteral>(&node)) {
        QString whole;
        for (const StringLiteral::Part &part : text->parts)
            whole += part.value;
        if (text->isBytes)
            throw NoForm{u"bytes"_s};
        return quoted(whole);
    }
    if (const auto *text = std::get_if<FormattedString>(&node))
        return formatted(*text);
    if (const auto *name = std::get_if<Name>(&node))
        return variable(name->id);
    if (const auto *lookup = std::get_if<Attribute>(&node))
        return attribute(*lookup);
    if (const auto *called = std::get_if<Call>(&node))
        return call(*called);
    if (const auto *operation = std::get_if<Binary>(&node))
        return binary(*operation);
    if (const auto *unary = std::get_if<Unary>(&node); unary && unary->op == UnaryOperator::Minus) {
        const QString operand = value(unary->operand);
        return std::holds_alternative<NumberLiteral>(unary->operand->node)
            ? u'-' + operand
            : u"%1({0, %2})"_s.arg(helper(u"minus"_s), operand);
    }
    if (const auto *choice = std::get_if<Conditional>(&node))
        return u"(%1 ? Value(%2) : Value(%3))"_s.arg(condition(choice->test), value(choice->body),
                                                     value(choice->orElse));
    if (const auto *items = std::get_if<ListDisplay>(&node))
        return u"listOf(%1)"_s.arg(list(items->items));
    if (const auto *items = std::get_if<TupleDisplay>(&node))
        return u"tupleOf(%1)"_s.arg(list(items->items));
    if (const auto *item = std::get_if<Subscript>(&node))
        return u"%1({%2, %3})"_s.arg(helper(u"item"_s), value(item->object), value(item->index));
    if (std::holds_alternative<Compare>(node)
        || (std::holds_alternative<Unary>(node) && std::get<Unary>(node).op == UnaryOperator::Not))
        return u"Value(%1)"_s.arg(condition(expression));
    throw NoForm{print(expression)};
}

QString Writer::binary(const Binary &node)
{
    static const QHash<BinaryOperator, QString> names{{BinaryOperator::Add, u"plus"_s},
                                                      {BinaryOperator::Subtract, u"minus"_s},
                                                      {BinaryOperator::Multiply, u"times"_s}};
    if (!names.contains(node.op))
        throw NoForm{
            u"the operator in %1"_s.arg(print(std::make_shared<Expression>(Expression{{}, 0, node})))};
    return u"%1({%2, %3})"_s.arg(helper(names.value(node.op)), value(node.left), value(node.right));
}

QString Writer::compare(const Compare &node)
{
    if (node.ops.size() != 1)
        throw NoForm{u"a comparison of more than two"_s};
    const QString left = value(node.left);
    const QString right = value(node.operands.constFirst());
    switch (node.ops.constFirst()) {
    case CompareOperator::Equal: return u"%1({%2, %3})"_s.arg(helper(u"equal"_s), left, right);
    case CompareOperator::NotEqual: return u"!%1({%2, %3})"_s.arg(helper(u"equal"_s), left, right);
    case CompareOperator::Less: return u"%1({%2, %3}) < 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::LessEqual: return u"%1({%2, %3}) <= 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::Greater: return u"%1({%2, %3}) > 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::GreaterEqual: return u"%1({%2, %3}) >= 0"_s.arg(helper(u"order"_s), left, right);
    case CompareOperator::Is: return u"Value(%1) == Value(%2)"_s.arg(left, right);
    case CompareOperator::IsNot: return u"!(Value(%1) == Value(%2))"_s.arg(left, right);
    case CompareOperator::In:
    case CompareOperator::NotIn: break;
    }
    throw NoForm{u"the operator in"_s};
}

QString Writer::formatted(const FormattedString &node)
{
    QStringList pieces;
    for (const FormattedString::Piece &piece : node.pieces) {
        if (!piece.field) {
            pieces << quoted(piece.text);
            continue;
        }
        if (!piece.field->specification.isEmpty() || !piece.field->debugText.isEmpty()
            || piece.field->conversion == u'a')
            throw NoForm{u"the format in %1"_s.arg(node.text)};
        const QString shown = value(piece.field->expression);
        pieces << (piece.field->conversion == u'r' ? u"repr(%1)"_s.arg(shown) : shown);
    }
    return u"%1({%2})"_s.arg(helper(u"join"_s), pieces.join(u", "_s));
}

QString Writer::failure(const ExpressionPtr &expression) { return u"toFailure(%1)"_s.arg(value(expression)); }

QString Writer::attribute(const Attribute &node)
{
    if (node.name == u"value")
        return u"Value(ObjectRef(%1.value()))"_s.arg(failure(node.object));
    if (node.name == u"called")
        return u"%1.state().called"_s.arg(deferred(node.object));
    const auto *type = std::get_if<Attribute>(&node.object->node);
    if (node.name == u"__name__" && type && type->name == u"type")
        return u"%1.type().name()"_s.arg(failure(type->object));
    throw NoForm{u"the attribute %1"_s.arg(node.name)};
}

/// The C++ name of an exception's class.
QString Writer::exceptionType(const ExpressionPtr &expression)
{
    static const QHash<QString, QString> known{{u"BaseException"_s, u"baseException"_s},
                                               {u"Exception"_s, u"exception"_s},
                                               {u"RuntimeError"_s, u"runtimeError"_s},
                                               {u"TypeError"_s, u"typeError"_s},
                                               {u"ValueError"_s, u"valueError"_s},
                                               {u"RecursionError"_s, u"recursionError"_s},
                                               {u"CancelledError"_s, u"cancelledError"_s},
                                               {u"TimeoutError"_s, u"timeoutError"_s},
                                               {u"AlreadyCalledError"_s, u"alreadyCalledError"_s}};
    static const QSet<QString> others{u"IndexError"_s, u"LookupError"_s,     u"OSError"_s,
                                      u"IOError"_s,    u"ArithmeticError"_s, u"NameError"_s,
                                      u"EOFError"_s,   u"AssertionError"_s,  u"NotImplementedError"_s};
    const QString name = nameOf(expression);
    if (m_ownExceptions.contains(name))
        return spelled(name);
    const QString path = qualified(expression);
    if (path.startsWith(u"twisted.internet.defer."_s) && known.contains(path.section(u'.', -1)))
        return u"exceptions::%1()"_s.arg(known.value(path.section(u'.', -1)));
    if (path.isEmpty() && !owner(name) && name != u"TimeoutError" && known.contains(name))
        return u"exceptions::%1()"_s.arg(known.value(name));
    if (path.isEmpty() && !owner(name) && others.contains(name)) {
        m_exceptions << u"const ExceptionType %1(u\"%1\"_s, {}, &exceptions::exception());"_s.arg(name);
        m_ownExceptions.insert(name);
        return name;
    }
    throw NoForm{print(expression)};
}

/// `ValueError("x")`: gives the type, and sets the message as a C++ expression.
QString Writer::exception(const ExpressionPtr &expression, QString *message)
{
    const Call *node = callOf(expression);
    const QString type = exceptionType(node ? node->function : expression);
    if (node && node->arguments.size() > 1)
        throw NoForm{print(expression)};
    *message = node && !node->arguments.isEmpty()
        ? u"str(%1)"_s.arg(value(node->arguments.constFirst().value))
        : u"QString()"_s;
    return type;
}

QString Writer::arguments(const Call &node, qsizetype first)
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

QString Writer::call(const Call &node)
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

QString Writer::deferredList(const Call &node)
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

QString Writer::made(const QString &maker, const Call &node)
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
QStringList Writer::kept(const QList<Argument> &more, QStringList *captures)
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
QString Writer::calling(const ExpressionPtr &function, const QStringList &values)
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
QString Writer::side(const ExpressionPtr &function, const QList<Argument> &more)
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

QString Writer::methodOf(const Attribute &method, const Call &node)
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

QString Writer::delay(const ExpressionPtr &expression)
{
    if (const auto *number = std::get_if<NumberLiteral>(&expression->node); number && !number->isImaginary)
        return QString(number->text).remove(u'_');
    return u"%1(%2)"_s.arg(helper(u"seconds"_s), value(expression));
}

QString Writer::scheduled(const Call &node)
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
bool Writer::givesNothing(const ExpressionPtr &expression) const
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

QString Writer::lambda(const Lambda &node)
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

// ---- statements ----

QStringList Writer::block(const Block &block)
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

QStringList Writer::bind(const QString &name, const ExpressionPtr &expression)
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

QStringList Writer::assign(const Assign &node)
{
    if (node.targets.size() != 1)
        throw NoForm{u"an assignment to several names at once"_s};
    const ExpressionPtr &target = node.targets.constFirst();
    if (const QString name = nameOf(target); !name.isEmpty())
        return bind(name, node.value);
    throw NoForm{u"the assignment to %1"_s.arg(print(target))};
}

QStringList Writer::raise(const Raise &node)
{
    if (!node.exception || node.cause)
        throw NoForm{u"this form of raise"_s};
    if (const QString name = nameOf(node.exception); owner(name))
        return {u"throw RaisedError(ExceptionRef(%1.as<Exception>()));"_s.arg(variable(name))};
    QString message;
    const QString type = exception(node.exception, &message);
    return {u"throw RaisedError(%1, %2);"_s.arg(type, message)};
}

QStringList Writer::loop(const For &node)
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

QStringList Writer::attempt(const Try &node)
{
    if (!node.finally.isEmpty() || !node.orElse.isEmpty())
        throw NoForm{u"else or finally of a try"_s};
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
QString Writer::constant(const ExpressionPtr &expression)
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
QString Writer::parameters(const QList<Parameter> &parameters, const QStringList &body, Defaults defaults)
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

void Writer::enter(const QList<Parameter> &parameters, const Block &body, Scope &scope)
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
QStringList Writer::hoisted(const Block &body, const Scope &scope) const
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

QStringList Writer::function(const FunctionDefinition &node)
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

void Writer::defineClass(const ClassDefinition &node)
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

QStringList Writer::statement(const Statement &statement)
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

QString Writer::program()
{
    note(m_source.module.body, m_module);
    // A variable of the module that a function names must live outside of main().
    for (const StatementPtr &top : m_source.module.body) {
        const std::function<void(const Statement &, bool)> look = [&](const Statement &inner, bool isInside) {
            for (const ExpressionPtr &expression : expressionsOf(inner)) {
                walk(expression, [&](const ExpressionPtr &part) {
                    if (isInside && m_module.assigned.contains(nameOf(part)))
                        m_shared.insert(nameOf(part));
                    if (const auto *written = std::get_if<Lambda>(&part->node))
                        walk(written->body, [&](const ExpressionPtr &used) {
                            if (m_module.assigned.contains(nameOf(used)))
                                m_shared.insert(nameOf(used));
                        });
                });
            }
            const bool isFunction = isInside || std::holds_alternative<FunctionDefinition>(inner.node);
            for (const Block *block : blocksOf(inner))
                for (const StatementPtr &next : *block)
                    look(*next, isFunction);
        };
        look(*top, false);
    }
    QStringList body = hoisted(m_source.module.body, m_module);
    for (const QString &line : std::as_const(body))
        m_module.declared.insert(line.section(u' ', 1).chopped(1));
    body << block(m_source.module.body);

    QStringList shared;
    QStringList names(m_shared.cbegin(), m_shared.cend());
    names.sort();
    for (const QString &name : std::as_const(names))
        shared << u"%1 %2;"_s.arg(m_module.deferreds.contains(name) ? u"Deferred"_s : u"Value"_s,
                                  spelled(name));
    return cppProgram({m_helpers, m_exceptions, shared, m_declarations, m_functions, indented(body)});
}

} // namespace

Result asCpp(const Source &source)
{
    try {
        return Writer(source).program();
    } catch (const NoForm &form) {
        return Refusal{form.what};
    }
}

} // namespace deferscope::exporting
