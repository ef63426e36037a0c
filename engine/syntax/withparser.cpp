// SPDX-License-Identifier: MIT
#include "parser_p.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

Statement::Node Parser::withStatement(Layout &layout, bool isAsync)
{
    const int line = lastEnd().line;
    With result;
    result.isAsync = isAsync;
    const bool isParenthesized = parenthesizesItems();
    if (isParenthesized)
        take();
    do {
        if (isParenthesized && peek().is(u")"))
            break;
        result.items.append(withItem());
    } while (accept(u","));
    if (isParenthesized)
        expect(u")");
    result.body = block(layout, u"'with' statement"_s, line);
    return result;
}

/// Whether the bracket that comes next is one round all items rather than a part of the first one.
bool Parser::parenthesizesItems() const
{
    if (!peek().is(u"("))
        return false;
    int depth = 0;
    bool hasItems = false;
    for (qsizetype at = m_at; at < m_tokens.size(); ++at) {
        const Token &token = m_tokens.at(at);
        if (token.is(u"(") || token.is(u"[") || token.is(u"{"))
            ++depth;
        else if (token.is(u")") || token.is(u"]") || token.is(u"}"))
            --depth;
        hasItems |= depth == 1 && (token.isKeyword(u"as") || token.is(u","));
        if (depth == 1 && (token.isKeyword(u"for") || token.is(u":=")))
            return false;
        if (depth == 0)
            return hasItems && m_tokens.at(std::min(at + 1, m_tokens.size() - 1)).is(u":");
    }
    return false;
}

WithItem Parser::withItem()
{
    WithItem item;
    item.context = expression();
    if (!acceptKeyword(u"as"))
        return item;
    item.target = binary();
    if (peek().is(u",") || peek().is(u")") || peek().is(u":"))
        checkTarget(item.target);
    return item;
}

} // namespace deferscope::syntax
