// SPDX-License-Identifier: MIT
#include "scopecollector.h"

#include "engine/script/lowering.h"
#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Collects what each scope binds and uses.
class Collector
{
public:
    explicit Collector(Scope *scope)
        : m_scope(scope)
    {
    }

    void visit(const Block &block)
    {
        for (const StatementPtr &statement : block) {
            m_range = statement->range;
            std::visit([this](const auto &node) { visitNode(node); }, statement->node);
        }
    }

private:
    void visit(const ExpressionPtr &expression)
    {
        if (expression)
            std::visit([this, &expression](const auto &node) { visitNode(node, *expression); },
                       expression->node);
    }
    void visit(const QList<ExpressionPtr> &expressions)
    {
        for (const ExpressionPtr &expression : expressions)
            visit(expression);
    }

    void bind(const QString &name)
    {
        if (m_scope->bound.contains(name)) {
            m_scope->rebound.insert(name);
            return;
        }
        m_scope->bound.insert(name);
        m_scope->locals.append(name);
    }

    void bindTarget(const ExpressionPtr &target)
    {
        if (!target)
            return;
        if (const auto *name = std::get_if<Name>(&target->node))
            bind(name->id);
        else if (const auto *tuple = std::get_if<TupleDisplay>(&target->node))
            bindTargets(tuple->items);
        else if (const auto *list = std::get_if<ListDisplay>(&target->node))
            bindTargets(list->items);
        else if (const auto *starred = std::get_if<Starred>(&target->node))
            bindTarget(starred->value);
        else
            visit(target);
    }
    void bindTargets(const QList<ExpressionPtr> &targets)
    {
        for (const ExpressionPtr &target : targets)
            bindTarget(target);
    }

    Scope *enter(Scope::Kind kind, const QString &name, const void *node)
    {
        auto scope = std::make_unique<Scope>();
        scope->kind = kind;
        scope->name = name;
        scope->node = node;
        scope->parent = m_scope;
        return m_scope = m_scope->adopt(std::move(scope));
    }
    void leave() { m_scope = m_scope->parent; }

    void visitParameterDefaults(const QList<Parameter> &parameters)
    {
        for (const Parameter &parameter : parameters)
            visit(parameter.defaultValue);
    }
    void bindParameters(const QList<Parameter> &parameters)
    {
        // In the order of the signature's slots: named ones first, then the collecting ones.
        for (const bool collecting : {false, true}) {
            for (const Parameter &parameter : parameters) {
                const bool collects = parameter.kind == Parameter::Kind::Star
                    || parameter.kind == Parameter::Kind::DoubleStar;
                if (collects == collecting && !parameter.name.isEmpty())
                    bindParameter(parameter);
            }
        }
    }
    void bindParameter(const Parameter &parameter)
    {
        if (m_scope->bound.contains(parameter.name)) {
            refuseSyntax(parameter.range,
                         u"duplicate argument '%1' in function definition"_s.arg(parameter.name));
        }
        bind(parameter.name);
        m_scope->parameters.append(parameter.name);
    }

    void declare(const QList<NamePlace> &names, QSet<QString> &declared, const QString &word)
    {
        for (const auto &[name, range] : names) {
            if (m_scope->parameters.contains(name))
                refuseSyntax(m_range, u"name '%1' is parameter and %2"_s.arg(name, word));
            if (m_scope->bound.contains(name))
                refuseSyntax(m_range, u"name '%1' is assigned to before %2 declaration"_s.arg(name, word));
            if (m_scope->used.contains(name))
                refuseSyntax(m_range, u"name '%1' is used prior to %2 declaration"_s.arg(name, word));
            declared.insert(name);
        }
    }

    // ---- expressions ----

    void visitNode(const NoneLiteral &, const Expression &) { }
    void visitNode(const EllipsisLiteral &, const Expression &) { }
    void visitNode(const BoolLiteral &, const Expression &) { }
    void visitNode(const NumberLiteral &, const Expression &) { }
    void visitNode(const StringLiteral &node, const Expression &) { refuseNamed(node.hasNamedCharacters); }
    void visitNode(const FormattedString &node, const Expression &)
    {
        refuseNamed(node.hasNamedCharacters);
        visitPieces(node.pieces);
    }
    void refuseNamed(bool hasNamedCharacters) const
    {
        if (hasNamedCharacters)
            refuseUnsupported(m_range, u"\\N{…} in a string is not supported"_s,
                              u"Write the character itself."_s);
    }
    void visitPieces(const QList<FormattedString::Piece> &pieces)
    {
        for (const FormattedString::Piece &piece : pieces) {
            if (piece.field) {
                visit(piece.field->expression);
                visitPieces(piece.field->specification);
            }
        }
    }
    void visitNode(const Name &node, const Expression &) { m_scope->used.insert(node.id); }
    void visitNode(const Attribute &node, const Expression &) { visit(node.object); }
    void visitNode(const Subscript &node, const Expression &)
    {
        visit(node.object);
        visit(node.index);
    }
    void visitNode(const Slice &node, const Expression &)
    {
        visit(node.lower);
        visit(node.upper);
        visit(node.step);
    }
    void visitNode(const Call &node, const Expression &)
    {
        visit(node.function);
        visitArguments(node.arguments);
    }
    void visitArguments(const QList<Argument> &arguments)
    {
        for (const Argument &argument : arguments)
            visit(argument.value);
    }
    void visitNode(const Binary &node, const Expression &)
    {
        visit(node.left);
        visit(node.right);
    }
    void visitNode(const Unary &node, const Expression &) { visit(node.operand); }
    void visitNode(const Boolean &node, const Expression &) { visit(node.operands); }
    void visitNode(const Compare &node, const Expression &)
    {
        visit(node.left);
        visit(node.operands);
    }
    void visitNode(const Conditional &node, const Expression &)
    {
        visit(node.test);
        visit(node.body);
        visit(node.orElse);
    }
    void visitNode(const Lambda &node, const Expression &)
    {
        visitParameterDefaults(node.parameters);
        enter(Scope::Kind::Function, u"<lambda>"_s, &node);
        bindParameters(node.parameters);
        visit(node.body);
        leave();
    }
    void visitNode(const TupleDisplay &node, const Expression &) { visit(node.items); }
    void visitNode(const ListDisplay &node, const Expression &) { visit(node.items); }
    void visitNode(const SetDisplay &node, const Expression &) { visit(node.items); }
    void visitNode(const DictDisplay &node, const Expression &)
    {
        for (const auto &[key, value] : node.items) {
            visit(key);
            visit(value);
        }
    }
    void visitNode(const Starred &node, const Expression &) { visit(node.value); }
    void visitNode(const Comprehension &node, const Expression &)
    {
        visit(node.clauses.constFirst().iterable);
        enter(Scope::Kind::Function, u"<comprehension>"_s, &node);
        bind(u".0"_s);
        m_scope->parameters.append(u".0"_s);
        bool first = true;
        for (const Comprehension::For &clause : node.clauses) {
            if (!std::exchange(first, false))
                visit(clause.iterable);
            bindTarget(clause.target);
            visit(clause.conditions);
        }
        visit(node.element);
        visit(node.value);
        leave();
    }
    void visitNode(const Await &node, const Expression &) { visit(node.value); }
    void visitNode(const Yield &node, const Expression &)
    {
        m_scope->hasYield = true;
        visit(node.value);
    }
    void visitNode(const YieldFrom &node, const Expression &)
    {
        m_scope->hasYield = true;
        visit(node.value);
    }
    void visitNode(const Walrus &node, const Expression &)
    {
        visit(node.value);
        bindTarget(node.target);
    }

    // ---- statements ----

    void visitNode(const ExpressionStatement &node) { visit(node.value); }
    void visitNode(const Assign &node)
    {
        visit(node.value);
        bindTargets(node.targets);
    }
    void visitNode(const AnnotatedAssign &node)
    {
        visit(node.value);
        bindTarget(node.target);
    }
    void visitNode(const AugmentedAssign &node)
    {
        visit(node.target);
        visit(node.value);
        bindTarget(node.target);
    }
    void visitNode(const Match &)
    {
        refuseUnsupported(m_range, u"match statements are not supported"_s,
                          u"Use if and elif, or run the file under real Twisted."_s);
    }
    void visitNode(const Case &) { }
    void visitNode(const OpaqueStatement &)
    {
        refuseUnsupported(m_range, u"nesting as deep as this is not supported"_s,
                          u"Split it into several statements."_s);
    }
    void visitNode(const Opaque &, const Expression &) { }
    void visitNode(const Return &node) { visit(node.value); }
    void visitNode(const Raise &node)
    {
        visit(node.exception);
        visit(node.cause);
    }
    void visitNode(const Pass &) { }
    void visitNode(const Break &) { }
    void visitNode(const Continue &) { }
    void visitNode(const Delete &node) { bindTargets(node.targets); }
    void visitNode(const Assert &node)
    {
        visit(node.test);
        visit(node.message);
    }
    void visitNode(const Global &node) { declare(node.names, m_scope->globals, u"global"_s); }
    void visitNode(const Nonlocal &node)
    {
        if (m_scope->kind == Scope::Kind::Module)
            refuseSyntax(m_range, u"nonlocal declaration not allowed at module level"_s);
        declare(node.names, m_scope->nonlocals, u"nonlocal"_s);
    }
    void visitNode(const Import &node)
    {
        for (const ImportName &name : node.names)
            bind(name.alias.isEmpty() ? name.name.section(u'.', 0, 0) : name.alias);
    }
    void visitNode(const ImportFrom &node)
    {
        for (const ImportName &name : node.names)
            bind(name.alias.isEmpty() ? name.name : name.alias);
    }
    void visitNode(const If &node)
    {
        visit(node.test);
        visit(node.body);
        visit(node.orElse);
    }
    void visitNode(const For &node)
    {
        visit(node.iterable);
        bindTarget(node.target);
        visit(node.body);
        visit(node.orElse);
    }
    void visitNode(const While &node)
    {
        visit(node.test);
        visit(node.body);
        visit(node.orElse);
    }
    void visitNode(const Try &node)
    {
        if (node.isOfGroups)
            refuseUnsupported(m_range, u"exception groups (except*) are not supported"_s,
                              u"Use except, or run the file under real Twisted."_s);
        visit(node.body);
        for (const ExceptHandler &handler : node.handlers) {
            visit(handler.type);
            if (!handler.name.isEmpty())
                bind(handler.name);
            visit(handler.body);
        }
        visit(node.orElse);
        visit(node.finally);
    }
    void visitNode(const With &node) { visit(lowered(node)); }
    void visitNode(const FunctionDefinition &node)
    {
        visit(node.decorators);
        visitParameterDefaults(node.parameters);
        bind(node.name);
        enter(Scope::Kind::Function, node.name, &node)->isAsync = node.isAsync;
        bindParameters(node.parameters);
        visit(node.body);
        leave();
    }
    void visitNode(const ClassDefinition &node)
    {
        visit(node.decorators);
        visitArguments(node.bases);
        bind(node.name);
        enter(Scope::Kind::Class, node.name, &node);
        visit(node.body);
        leave();
    }

    Scope *m_scope;
    Range m_range;
};

} // namespace

void collectVariables(Scope &scope, const Block &block) { Collector(&scope).visit(block); }

} // namespace deferscope::script
