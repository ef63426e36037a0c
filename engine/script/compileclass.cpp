// SPDX-License-Identifier: MIT
#include "compiler.h"

#include "engine/script/refusal.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

/// A class body is a function without parameters whose variables become the class's attributes.
void Compiler::compileNode(const ClassDefinition &node, const Statement &statement)
{
    for (const Argument &base : node.bases) {
        if (base.kind != Argument::Kind::Positional)
            refuseUnsupported(base.value->range, u"keywords and stars in a class's bases are not run"_s);
    }
    if (node.bases.size() > 1) {
        refuseUnsupported(node.bases.at(1).value->range, u"classes with more than one base are not run"_s,
                          u"Give the class one base"_s);
    }
    compileDecorated(node.decorators, [&] {
        for (const Argument &base : node.bases)
            compile(base.value);
        Unit unit;
        beginUnit(unit, m_unit->scope->child(&node), {statement.range.begin, node.nameRange.end});
        compile(node.body);
        out().emitConstant({});
        out().emit(Op::Return);
        const auto code = endUnit();
        out().code().functions.append(code);
        emitAt(statement.range.begin, Op::MakeFunction, static_cast<int>(out().code().functions.size() - 1));
        out().emit(Op::MakeClass, static_cast<int>(node.bases.size()));
    });
    storeName(node.name);
}

} // namespace deferscope::script
