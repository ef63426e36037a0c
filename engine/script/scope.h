// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxnames.h"
#include "engine/syntax/syntaxtree.h"

#include <QHash>
#include <QSet>

#include <memory>
#include <vector>

namespace deferscope::script {

/// How code reaches a variable.
enum class Storage : quint8 {
    Local,  ///< of this function alone
    Cell,   ///< of this function, and used by inner ones
    Free,   ///< of a function round it
    Global, ///< of the module, or a builtin
    Name,   ///< of a class body
};

/// The variables of one function, lambda, comprehension, class body or the module, as Python's rules assign
/// them.
struct Scope
{
    enum class Kind : quint8 { Module, Function, Class };

    Kind kind = Kind::Module;
    QString name;
    bool isAsync = false; ///< an `async def`
    bool hasYield = false;
    const void *node = nullptr; ///< the tree's node that makes this scope
    Scope *parent = nullptr;
    std::vector<std::unique_ptr<Scope>> children;

    QSet<QString> bound;   ///< assigned, imported, defined, or a parameter
    QSet<QString> rebound; ///< bound at more than one place
    QSet<QString> used;
    QSet<QString> globals;   ///< declared
    QSet<QString> nonlocals; ///< declared
    QStringList parameters;
    QStringList locals; ///< parameters first, then in order of appearance
    QStringList cells;
    QStringList frees;

    Storage storageOf(const QString &variable) const;
    const Scope *child(const void *wanted) const { return m_childOfNode.value(wanted); }
    Scope *adopt(std::unique_ptr<Scope> child);

private:
    QHash<const void *, Scope *> m_childOfNode;
};

/// The scopes of \a module. Throws Refusal for declarations that Python refuses.
std::unique_ptr<Scope> analyseScopes(const Module &module);

} // namespace deferscope::script
