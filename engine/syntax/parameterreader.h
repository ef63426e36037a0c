// SPDX-License-Identifier: MIT
#pragma once

#include "parser_p.h"

namespace deferscope::syntax {

/// Reads the parameters of a `def` or a `lambda` up to the bracket or colon behind them.
class ParameterReader
{
public:
    ParameterReader(Parser &parser, QStringView closing)
        : m_parser(parser)
        , m_closing(closing)
    {
    }

    QList<Parameter> read();

private:
    void slash();
    void bareStar();
    void star();
    void doubleStar();
    void named();
    Parameter parameter(Parameter::Kind kind, Position begin);
    void append(const Parameter &parameter);
    bool atEnd() const { return m_parser.peek().is(m_closing); }

    Parser &m_parser;
    QStringView m_closing;
    QList<Parameter> m_result;
    QSet<QString> m_names;
    bool m_hasSlash = false;
    bool m_hasStar = false;
    bool m_hasDefault = false;
};

} // namespace deferscope::syntax
