// SPDX-License-Identifier: MIT
#pragma once

#include "engine/edit/edits.h"

#include <QHash>
#include <QSet>

namespace deferscope::exporting {

/// Something that has no C++ form; leaves the writer at once.
struct NoForm
{
    QString what;
};

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

/// Says in C++ what a script says.
class CppWriter
{
public:
    explicit CppWriter(const edit::Source &source)
        : m_source(source)
    {
    }

    QString program();

private:
    // What a name stands for.
    QString qualified(const syntax::ExpressionPtr &expression) const;
    Scope *owner(const QString &name) const;
    bool isShared(const QString &name) const { return m_shared.contains(name); }
    void note(const syntax::Block &block, Scope &scope) const;
    void noteTarget(const syntax::ExpressionPtr &target, bool isDeferred, Scope &scope) const;
    QString variable(const QString &name);
    static QString spelled(const QString &name);

    // Expressions.
    bool makesDeferred(const syntax::ExpressionPtr &expression) const;
    QString value(const syntax::ExpressionPtr &expression);
    QString deferred(const syntax::ExpressionPtr &expression);
    QString condition(const syntax::ExpressionPtr &expression);
    QString list(const QList<syntax::ExpressionPtr> &items);
    QString call(const syntax::Call &node);
    QString methodOf(const syntax::Attribute &method, const syntax::Call &node);
    QString made(const QString &maker, const syntax::Call &node);
    QString deferredList(const syntax::Call &node);
    QString binary(const syntax::Binary &node);
    QString compare(const syntax::Compare &node);
    QString formatted(const syntax::FormattedString &node);
    QString attribute(const syntax::Attribute &node);
    QString lambda(const syntax::Lambda &node);
    bool givesNothing(const syntax::ExpressionPtr &expression) const;
    QString delay(const syntax::ExpressionPtr &expression);
    QString exception(const syntax::ExpressionPtr &expression, QString *message);
    QString exceptionType(const syntax::ExpressionPtr &expression);
    QString failure(const syntax::ExpressionPtr &expression);
    QString arguments(const syntax::Call &node, qsizetype first = 0);
    QString side(const syntax::ExpressionPtr &function, const QList<syntax::Argument> &more);
    QString scheduled(const syntax::Call &node);
    QString calling(const syntax::ExpressionPtr &function, const QStringList &values);
    QStringList kept(const QList<syntax::Argument> &more, QStringList *captures);
    QString helper(const QString &name);

    // Statements.
    QStringList block(const syntax::Block &block);
    QStringList statement(const syntax::Statement &statement);
    QStringList assign(const syntax::Assign &node);
    QStringList bind(const QString &name, const syntax::ExpressionPtr &expression);
    QStringList raise(const syntax::Raise &node);
    QStringList loop(const syntax::For &node);
    QStringList attempt(const syntax::Try &node);
    QStringList function(const syntax::FunctionDefinition &node);
    enum class Defaults { Refused, Written, LeftOut };
    QString constant(const syntax::ExpressionPtr &expression);
    QString parameters(const QList<syntax::Parameter> &parameters, const QStringList &body,
                       Defaults defaults);
    void enter(const QList<syntax::Parameter> &parameters, const syntax::Block &body, Scope &scope);
    void defineClass(const syntax::ClassDefinition &node);
    QStringList hoisted(const syntax::Block &body, const Scope &scope) const;

    const edit::Source &m_source;
    Scope m_module;
    Scope *m_scope = &m_module;
    QSet<QString> m_shared; ///< variables of the module that functions use
    QSet<QString> m_helpers;
    QStringList m_exceptions; ///< definitions
    QSet<QString> m_ownExceptions;
    QStringList m_functions;    ///< definitions, one line an entry
    QStringList m_declarations; ///< of those functions
};

QString quoted(const QString &text); ///< as a C++ literal
QStringList indented(const QStringList &lines);

} // namespace deferscope::exporting
