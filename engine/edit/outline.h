// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/syntaxtree.h"
#include "engine/value/site.h"

#include <QHash>
#include <QSet>

namespace deferscope::edit {

/// Where a call stands in the text, as a Site tells it.
///
/// Its end alone names the call: no two end in the same place. Where the end is not known the place is that
/// of the name of what is called, the last one of `a.b.c()`; where there is no column either it is the line.
struct Place
{
    int line = 0;
    int column = 0;
    int endLine = 0; ///< 0: not known
    int endColumn = 0;

    bool means(const Place &call) const; ///< \a call is one that outlineOf() gave
    Place movedBy(int lines) const;
    syntax::Position begin() const { return {line, column}; }
    friend bool operator==(const Place &, const Place &) = default;
};
Place placeOf(const Site &site);
Place placeOf(const syntax::ExpressionPtr &call); ///< of an expression that is a call

/// A statement, and where it stands.
struct StatementPlace
{
    syntax::StatementPtr statement;
    int function = -1;   ///< the innermost function round it, as an index into Outline::functions; -1: none
    int topLine = 0;     ///< first line of the statement of the module that it is or lies in
    int block = 0;       ///< those of one block have the same number; 0: the module's own
    bool isAlone = true; ///< nothing else stands on its lines
};

/// Where Deferreds are made: `defer.Deferred()`, `defer.succeed(1)`, `defer.gatherResults([a, b])`.
struct Creation
{
    Place place;
    QString maker; ///< Deferred, succeed, fail, gatherResults, DeferredList, …
    syntax::ExpressionPtr call;
    QString name; ///< of the variable that it is bound to; empty when there is none
    int statement = -1;
};

/// One call that adds to a chain.
struct Addition
{
    Place place;
    QString method; ///< addCallback, addErrback, addBoth, addCallbacks, addTimeout, chainDeferred
    syntax::ExpressionPtr call;
    syntax::ExpressionPtr receiver; ///< what stands before the dot
    QString name;                   ///< of the variable at the beginning of the chain of calls; may be empty
    syntax::ExpressionPtr callback; ///< its first function; null when there is none
    syntax::ExpressionPtr errback;  ///< of addCallbacks() the second
    int statement = -1;
    bool isStatement = false; ///< the statement is this call on a variable, and nothing else
};

/// A call that fires a Deferred: `d.callback(1)`, or `reactor.callLater(2, d.callback, 1)`.
struct Firing
{
    Place place;
    QString name; ///< whom
    bool isError = false;
    syntax::ExpressionPtr delay; ///< of callLater(); null: at once
    syntax::ExpressionPtr value; ///< null: None
    int statement = -1;
};

struct FunctionPlace
{
    QString name;
    int statement = -1; ///< its definition
    int outer = -1;     ///< the function that it is defined in; -1: the module or a class
};

/// What edits find in a script: where its Deferreds are made, added to and fired, and its functions. Made
/// from the syntax tree, in the order of the text.
struct Outline
{
    QList<StatementPlace> statements;
    QList<Creation> creations;
    QList<Addition> additions;
    QList<Firing> firings;
    QList<FunctionPlace> functions;
    QHash<QString, QString>
        imports; ///< what a name of the module stands for: `defer` → `twisted.internet.defer`

    const Creation *creationAt(const Place &place) const;
    const Creation *creationOf(const QString &name, int function) const; ///< of the variable; the last one
    const Addition *additionAt(const Place &place) const;
    const Firing *firingAt(const Place &place) const;

    /// The function that \a name means inside function \a from; null when it is none of this script.
    const FunctionPlace *function(const QString &name, int from = -1) const;
    const syntax::FunctionDefinition &definition(const FunctionPlace &function) const;
    const syntax::Statement &statement(int index) const { return *statements.at(index).statement; }
    int functionOf(int statement) const { return statements.at(statement).function; }

    /// How the script calls \a qualified, `twisted.internet.defer`: `defer`; empty when it does not import
    /// it.
    QString localName(const QString &qualified) const;
    bool isOnlyOfItsBlock(int statement) const;
    bool isUsed(const QString &name) const; ///< somewhere in the script, as a variable or as what binds one

    /// Where each name stands: used, bound, defined, or a parameter of a lambda.
    QHash<QString, QList<syntax::Range>> names;
    QSet<QString> parameters; ///< of functions
};

Outline outlineOf(const syntax::Module &module);

} // namespace deferscope::edit
