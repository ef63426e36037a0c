// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/syntaxtree.h"

#include <functional>

namespace deferscope::edit {

/// Calls \a visit for \a expression and all expressions inside it, those of lambdas included, the outer one
/// first.
void walk(const script::ExpressionPtr &expression,
          const std::function<void(const script::ExpressionPtr &)> &visit);

/// The expressions that stand in \a statement itself, in their order; not those of its blocks.
QList<script::ExpressionPtr> expressionsOf(const script::Statement &statement);

/// The blocks of \a statement: body, alternatives, handlers.
QList<const script::Block *> blocksOf(const script::Statement &statement);

/// The id of a plain name; empty for anything else.
QString nameOf(const script::ExpressionPtr &expression);

/// `a.b.c` as written with single dots; empty when \a expression is no such path.
QString pathOf(const script::ExpressionPtr &expression);

/// The call that \a expression is; null for anything else.
const script::Call *callOf(const script::ExpressionPtr &expression);

} // namespace deferscope::edit
