// SPDX-License-Identifier: MIT
#pragma once

#include "parser_p.h"

namespace deferscope::script {

/// Counts how deep the parser is; refuses rather than run out of stack.
class Parser::Nesting
{
public:
    Nesting(int &depth, const Range &range)
        : m_depth(depth)
    {
        if (++m_depth > Limit)
            Parser::failAt(range, QStringLiteral("too many nested parentheses"));
    }
    ~Nesting() { --m_depth; }
    Nesting(const Nesting &) = delete;
    Nesting &operator=(const Nesting &) = delete;

private:
    static constexpr int Limit = 200;
    int &m_depth;
};

} // namespace deferscope::script
