// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/syntaxtree.h"

namespace deferscope::syntax {

/// \a module as text. What its author wrote comes back byte for byte; statements without a layout are set in
/// the regular way, in the indentation of the block that they stand in. print(parse(text)) == text.
QString print(const Module &module);

/// In the regular way: spaces as PEP 8 asks for, literals and the author's parentheses as they are, and those
/// added that the tree needs.
QString print(const ExpressionPtr &expression);
QString print(BinaryOperator op);
QString printArguments(const QList<Argument> &arguments); ///< with their parentheses
QString printParameters(const QList<Parameter> &parameters);

} // namespace deferscope::syntax
