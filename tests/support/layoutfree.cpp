// SPDX-License-Identifier: GPL-3.0-or-later
#include "layoutfree.h"

namespace deferscope::test {

using namespace syntax;

namespace {

Block withoutLayout(const Block &block);

void stripAlternatives(auto &node)
{
    node.body = withoutLayout(node.body);
    node.orElse = withoutLayout(node.orElse);
    node.elseLayout = {};
}

struct Stripper
{
    void operator()(If &node) const { stripAlternatives(node); }
    void operator()(For &node) const { stripAlternatives(node); }
    void operator()(While &node) const { stripAlternatives(node); }
    void operator()(Try &node) const
    {
        stripAlternatives(node);
        for (ExceptHandler &handler : node.handlers) {
            handler.body = withoutLayout(handler.body);
            handler.layout = {};
        }
        node.finally = withoutLayout(node.finally);
        node.finallyLayout = {};
    }
    void operator()(With &node) const { node.body = withoutLayout(node.body); }
    void operator()(FunctionDefinition &node) const { node.body = withoutLayout(node.body); }
    void operator()(ClassDefinition &node) const { node.body = withoutLayout(node.body); }
    void operator()(Match &node) const { node.body = withoutLayout(node.body); }
    void operator()(Case &node) const { node.body = withoutLayout(node.body); }
    void operator()(OpaqueStatement &node) const { node.body = withoutLayout(node.body); }
    void operator()(auto &) const { }
};

Block withoutLayout(const Block &block)
{
    Block result;
    for (const StatementPtr &statement : block) {
        auto copy = std::make_shared<Statement>(*statement);
        copy->layout = {};
        std::visit(Stripper(), copy->node);
        result.append(copy);
    }
    return result;
}

} // namespace

Module withoutLayout(const Module &module) { return {withoutLayout(module.body), {}, true, {}}; }

} // namespace deferscope::test
