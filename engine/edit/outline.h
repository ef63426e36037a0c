// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxtree.h"

#include <QHash>

namespace deferscope::edit {

/// A call is known by the place that a run's Sites give it: that of the method's name, or of a plain
/// function's.
using Place = script::Position;

/// A statement, and where it stands.
struct StatementPlace
{
    script::StatementPtr statement;
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
    script::ExpressionPtr call;
    QString name; ///< of the variable that it is bound to; empty when there is none
    int statement = -1;
};

/// One call that adds to a chain.
struct Addition
{
    Place place;
    QString method; ///< addCallback, addErrback, addBoth, addCallbacks, addTimeout, chainDeferred
    script::ExpressionPtr call;
    script::ExpressionPtr receiver; ///< what stands before the dot
    QString name;                   ///< of the variable at the beginning of the chain of calls; may be empty
    script::ExpressionPtr callback; ///< its first function; null when there is none
    script::ExpressionPtr errback;  ///< of addCallbacks() the second
    int statement = -1;
    bool isStatement = false; ///< the statement is this call on a variable, and nothing else
};

/// A call that fires a Deferred: `d.callback(1)`, or `reactor.callLater(2, d.callback, 1)`.
struct Firing
{
    Place place;
    QString name; ///< whom
    bool isError = false;
    script::ExpressionPtr delay; ///< of callLater(); null: at once
    script::ExpressionPtr value; ///< null: None
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
    const script::FunctionDefinition &definition(const FunctionPlace &function) const;
    const script::Statement &statement(int index) const { return *statements.at(index).statement; }
    int functionOf(int statement) const { return statements.at(statement).function; }

    /// How the script calls \a qualified, `twisted.internet.defer`: `defer`; empty when it does not import
    /// it.
    QString localName(const QString &qualified) const;
    bool isOnlyOfItsBlock(int statement) const;
    bool isUsed(const QString &name) const; ///< somewhere in the script, as a variable or as what binds one

    QHash<QString, QList<script::Range>>
        names; ///< where each name stands, definitions and parameters included
};

Outline outlineOf(const script::Module &module);

} // namespace deferscope::edit
