// SPDX-License-Identifier: MIT
#pragma once

#include "parser_p.h"

namespace deferscope::syntax {

/// Knows how deep the parser is and how tall the tree gets, and gives up where the stack of those who walk
/// the tree could not bear more. CPython gives up at similar sizes.
class Parser::Nesting
{
public:
    explicit Nesting(Parser &parser)
        : m_parser(parser)
    {
        if (m_parser.m_depth >= Deepest)
            giveUp(m_parser.peek().range, QStringLiteral("nesting as deep as this is not read"));
        ++m_parser.m_depth;
        m_tallestOutside = std::exchange(m_parser.m_tallest, 0);
    }
    ~Nesting()
    {
        --m_parser.m_depth;
        m_parser.m_height = m_parser.m_tallest + 1;
        m_parser.m_tallest = std::max(m_tallestOutside, m_parser.m_height);
    }
    Nesting(const Nesting &) = delete;
    Nesting &operator=(const Nesting &) = delete;

    /// A tree as tall as \a height has grown by one.
    static void grow(Parser &parser, int height)
    {
        parser.m_height = height + 1;
        parser.m_tallest = std::max(parser.m_tallest, parser.m_height);
        if (parser.m_height > Tallest)
            giveUp(parser.peek().range, QStringLiteral("an expression as long as this is not read"));
    }

private:
    static constexpr int Deepest = 500;
    static constexpr int Tallest = 1500;
    Parser &m_parser;
    int m_tallestOutside = 0;
};

} // namespace deferscope::syntax
