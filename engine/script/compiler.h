// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/codebuilder.h"
#include "engine/script/scope.h"

#include <QHash>

#include <functional>

namespace deferscope::script {

/// Translates a syntax tree to Codes. Throws Refusal for what is not run.
///
/// Exceptions have a static table: a `try` costs nothing until something is raised. `finally` blocks are
/// translated once for every way out of their `try`.
class Compiler
{
public:
    explicit Compiler(const QString &file);

    std::shared_ptr<const Code> compile(const Module &module);

private:
    /// A statement round the current place that a jump out of it has to tidy up, or the value that a `return`
    /// takes along through finally blocks.
    struct Enclosing
    {
        enum class Kind : quint8 { While, For, Try, FinallyTry, Handling, NamedHandling, PendingValue };
        Kind kind;
        CodeBuilder::Label breakTarget = -1;
        CodeBuilder::Label continueTarget = -1;
        CodeBuilder::Label handler = -1; ///< Try, FinallyTry, NamedHandling: where exceptions go
        int rangeBegin = 0;
        const Block *finally = nullptr;
        QString name = {}; ///< NamedHandling
    };

    /// The function that is being translated.
    struct Unit
    {
        CodeBuilder builder;
        const Scope *scope = nullptr;
        Unit *outer = nullptr;
        QString qualifiedName;
        QString functionName; ///< as Sites call it
        QList<Enclosing> enclosing;
        QHash<QString, int> locals;
        QHash<QString, int> cells;
    };

    // expressions
    void compile(const ExpressionPtr &expression);
    void compileAll(const QList<ExpressionPtr> &expressions);
    void compileNode(const NoneLiteral &, const Expression &);
    void compileNode(const EllipsisLiteral &, const Expression &);
    void compileNode(const BoolLiteral &, const Expression &);
    void compileNode(const NumberLiteral &, const Expression &);
    void compileNode(const StringLiteral &, const Expression &);
    void compileNode(const FormattedString &, const Expression &);
    void compileNode(const Name &, const Expression &);
    void compileNode(const Attribute &, const Expression &);
    void compileNode(const Subscript &, const Expression &);
    void compileNode(const Slice &, const Expression &);
    void compileNode(const Call &, const Expression &);
    void compileNode(const Binary &, const Expression &);
    void compileNode(const Unary &, const Expression &);
    void compileNode(const Boolean &, const Expression &);
    void compileNode(const Compare &, const Expression &);
    void compileNode(const Conditional &, const Expression &);
    void compileNode(const Lambda &, const Expression &);
    void compileNode(const TupleDisplay &, const Expression &);
    void compileNode(const ListDisplay &, const Expression &);
    void compileNode(const SetDisplay &, const Expression &);
    void compileNode(const DictDisplay &, const Expression &);
    void compileNode(const Starred &, const Expression &);
    void compileNode(const Comprehension &, const Expression &);
    void compileNode(const Await &, const Expression &);
    void compileNode(const Yield &, const Expression &);
    void compileNode(const YieldFrom &, const Expression &);
    void compileNode(const Walrus &, const Expression &);
    void compileNode(const Opaque &, const Expression &) { } // the scope collector has refused it
    void checkYield(const Expression &expression, const QString &word) const;
    void compileDelegation(const ExpressionPtr &value, const Expression &expression, bool isAwait);
    void compilePieces(const QList<FormattedString::Piece> &pieces);
    int compileField(const FormattedString::Field &field);
    void compileDisplay(const QList<ExpressionPtr> &items, Op build);
    void compileExtendedCall(const Call &call, const Expression &expression);
    void compileClause(const Comprehension &comprehension, qsizetype index);
    void checkModuleAttribute(const Attribute &attribute);
    QString moduleNamed(const Expression &expression) const;

    // assignment
    void store(const ExpressionPtr &target);
    void storeUnpacked(const QList<ExpressionPtr> &targets);
    void storeName(const QString &name);
    void loadName(const QString &name);
    void deleteName(const QString &name);
    void deleteTarget(const ExpressionPtr &target);
    void accessName(const QString &name, Op local, Op cell, Op global, Op inClass);

    // statements
    void compile(const Block &block);
    void compileNode(const ExpressionStatement &, const Statement &);
    void compileNode(const Assign &, const Statement &);
    void compileNode(const AnnotatedAssign &, const Statement &);
    void compileNode(const AugmentedAssign &, const Statement &);
    void compileNode(const Return &, const Statement &);
    void compileNode(const Raise &, const Statement &);
    void compileNode(const Pass &, const Statement &) { }
    void compileNode(const Break &, const Statement &);
    void compileNode(const Continue &, const Statement &);
    void compileNode(const Delete &, const Statement &);
    void compileNode(const Assert &, const Statement &);
    void compileNode(const Global &, const Statement &) { }
    void compileNode(const Nonlocal &, const Statement &) { }
    void compileNode(const Import &, const Statement &);
    void compileNode(const ImportFrom &, const Statement &);
    void compileNode(const If &, const Statement &);
    void compileNode(const For &, const Statement &);
    void compileNode(const While &, const Statement &);
    void compileNode(const Try &, const Statement &);
    void compileNode(const With &, const Statement &);
    void compileNode(const FunctionDefinition &, const Statement &);
    void compileNode(const ClassDefinition &, const Statement &);
    void compileNode(const Match &, const Statement &) { } // the scope collector has refused these
    void compileNode(const Case &, const Statement &) { }
    void compileNode(const OpaqueStatement &, const Statement &) { }
    void nameCalls(const ExpressionPtr &value, const ExpressionPtr &target);
    void jumpUnless(const ExpressionPtr &test, CodeBuilder::Label target);

    // ways out of a block
    void compileTryExcept(const Try &node);
    void compileTryFinally(const Try &node);
    void compileHandler(const ExceptHandler &handler, CodeBuilder::Label end);
    void clearName(const QString &name);
    void enter(Enclosing enclosing);
    void leave();
    void closeRange(const Enclosing &enclosing);
    void leaveLoop(const Statement &statement, bool isBreak);
    void unwind(qsizetype keep, int values);
    void unwindOne(const Enclosing &enclosing, int values);
    void reopenRanges(qsizetype keep);
    int stackDepth() const;
    int handledDepth() const;

    // functions
    void beginUnit(Unit &unit, const Scope *scope, const Range &definition);
    void assignSlots(Unit &unit);
    void captureVariables(Unit &unit);
    std::shared_ptr<const Code> endUnit();
    int compileFunction(const QList<Parameter> &parameters, const Scope *scope, const Range &definition,
                        const Block *body, const ExpressionPtr &value);
    int compileDefaults(const QList<Parameter> &parameters);
    void compileDecorated(const QList<ExpressionPtr> &decorators, const std::function<void()> &definition);

    // places
    void setSite(const Position &position, const QString &binding = {});
    void emitAt(const Position &position, Op op, qint32 argument = 0);
    CodeBuilder &out() { return m_unit->builder; }
    int globalIndex(const QString &name);
    void collectImports(const Module &module);

    QString m_file;
    Unit *m_unit = nullptr;
    std::unique_ptr<Scope> m_scopes;
    QSet<QString> m_boundGlobals;      ///< what the script itself makes a global of
    QHash<QString, QString> m_modules; ///< global names that always stand for a module
    std::shared_ptr<QStringList> m_globals = std::make_shared<QStringList>();
    QHash<QString, int> m_globalIds;
    QHash<const Expression *, QString> m_bindings; ///< calls whose value a statement binds, and to what
};

} // namespace deferscope::script
