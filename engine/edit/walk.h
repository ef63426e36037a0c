// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/syntaxtree.h"

#include <functional>

namespace deferscope::edit {

/// Calls \a visit for \a expression and all expressions inside it, those of lambdas included, the outer one
/// first.
void walk(const syntax::ExpressionPtr &expression,
          const std::function<void(const syntax::ExpressionPtr &)> &visit);

/// The expressions that stand in \a statement itself, in their order; not those of its blocks.
QList<syntax::ExpressionPtr> expressionsOf(const syntax::Statement &statement);

/// The blocks of \a statement: body, alternatives, handlers.
QList<const syntax::Block *> blocksOf(const syntax::Statement &statement);

/// The id of a plain name; empty for anything else.
QString nameOf(const syntax::ExpressionPtr &expression);

/// `a.b.c` as written with single dots; empty when \a expression is no such path.
QString pathOf(const syntax::ExpressionPtr &expression);

/// The call that \a expression is; null for anything else.
const syntax::Call *callOf(const syntax::ExpressionPtr &expression);

} // namespace deferscope::edit
