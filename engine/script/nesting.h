// SPDX-License-Identifier: MIT
#pragma once

#include "parser_p.h"

namespace deferscope::script {

/// Knows how deep the parser is and how tall the tree gets, and refuses more than the stack of those who walk
/// the tree can bear. CPython gives up at similar sizes.
class Parser::Nesting
{
public:
    explicit Nesting(Parser &parser)
        : m_parser(parser)
        , m_tallestOutside(std::exchange(parser.m_tallest, 0))
    {
        if (++m_parser.m_depth > Deepest)
            refuse(m_parser.peek().range, QStringLiteral("nesting as deep as this is not supported"),
                   QStringLiteral("Split it into several statements."));
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
            refuse(parser.peek().range, QStringLiteral("an expression as long as this is not supported"),
                   QStringLiteral("Split it into several statements."));
    }

private:
    static constexpr int Deepest = 500;
    static constexpr int Tallest = 1500;
    Parser &m_parser;
    int m_tallestOutside;
};

/// Between brackets.
class Parser::Brackets
{
public:
    explicit Brackets(Parser &parser)
        : m_nesting(parser)
        , m_count(parser.m_brackets)
    {
        ++m_count;
    }
    ~Brackets() { --m_count; }
    Brackets(const Brackets &) = delete;
    Brackets &operator=(const Brackets &) = delete;

private:
    Nesting m_nesting;
    int &m_count;
};

} // namespace deferscope::script
