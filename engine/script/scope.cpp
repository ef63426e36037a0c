// SPDX-License-Identifier: MIT
#include "scope.h"

#include "engine/script/refusal.h"
#include "engine/script/scopecollector.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

Storage Scope::storageOf(const QString &variable) const
{
    if (cells.contains(variable))
        return Storage::Cell;
    if (frees.contains(variable))
        return Storage::Free;
    if (kind == Kind::Module || globals.contains(variable) || !bound.contains(variable))
        return Storage::Global;
    return kind == Kind::Class ? Storage::Name : Storage::Local;
}

Scope *Scope::adopt(std::unique_ptr<Scope> child)
{
    Scope *adopted = child.get();
    m_childOfNode.insert(adopted->node, adopted);
    children.push_back(std::move(child));
    return adopted;
}

namespace {

/// The scope round \a scope that owns \a variable for inner functions, or null: then it is a global.
Scope *ownerOf(const Scope &scope, const QString &variable)
{
    for (Scope *outer = scope.parent; outer && outer->kind != Scope::Kind::Module; outer = outer->parent) {
        if (outer->kind == Scope::Kind::Function && outer->bound.contains(variable)
            && !outer->globals.contains(variable) && !outer->nonlocals.contains(variable))
            return outer;
    }
    return nullptr;
}

void addOnce(QStringList &list, const QString &name)
{
    if (!list.contains(name))
        list.append(name);
}

void resolveFree(Scope &scope, const QString &variable)
{
    Scope *owner = ownerOf(scope, variable);
    if (!owner)
        return;
    addOnce(owner->cells, variable);
    for (Scope *inner = &scope; inner != owner; inner = inner->parent)
        addOnce(inner->frees, variable);
}

void resolve(Scope &scope)
{
    if (scope.kind != Scope::Kind::Module) {
        for (const QString &variable : std::as_const(scope.nonlocals)) {
            if (!ownerOf(scope, variable))
                refuseSyntax({}, u"no binding for nonlocal '%1' found"_s.arg(variable));
            resolveFree(scope, variable);
        }
        QStringList used(scope.used.cbegin(), scope.used.cend());
        used.sort(); // the order of a hash differs from run to run
        for (const QString &variable : std::as_const(used)) {
            if (!scope.bound.contains(variable) && !scope.globals.contains(variable))
                resolveFree(scope, variable);
        }
    }
    for (const auto &child : scope.children)
        resolve(*child);
}

} // namespace

std::unique_ptr<Scope> analyseScopes(const Module &module)
{
    auto scope = std::make_unique<Scope>();
    scope->name = u"<module>"_s;
    collectVariables(*scope, module.body);
    resolve(*scope);
    return scope;
}

} // namespace deferscope::script
