// SPDX-License-Identifier: MIT
#include "parameterreader.h"

namespace deferscope::syntax {

using namespace Qt::StringLiterals;

QList<Parameter> ParameterReader::read()
{
    while (!atEnd()) {
        if (!m_result.isEmpty() && m_result.constLast().kind == Parameter::Kind::DoubleStar)
            m_parser.fail(u"arguments cannot follow var-keyword argument"_s);
        const bool isBare = m_parser.peek(1).is(u",") || m_parser.peek(1).is(m_closing);
        if (m_parser.peek().is(u"/"))
            slash();
        else if (m_parser.peek().is(u"**"))
            doubleStar();
        else if (m_parser.peek().is(u"*") && isBare)
            bareStar();
        else if (m_parser.peek().is(u"*"))
            star();
        else
            named();
        if (!m_parser.accept(u","))
            break;
    }
    return m_result;
}

void ParameterReader::slash()
{
    if (m_hasStar)
        m_parser.fail(u"/ must be ahead of *"_s);
    if (m_hasSlash)
        m_parser.fail(u"/ may appear only once"_s);
    if (m_result.isEmpty() && m_parser.peek(1).is(u","))
        m_parser.fail(u"at least one argument must precede /"_s);
    if (m_result.isEmpty())
        m_parser.fail();
    m_parser.take();
    m_hasSlash = true;
    for (Parameter &one : m_result)
        one.kind = Parameter::Kind::PositionalOnly;
}

void ParameterReader::bareStar()
{
    if (m_hasStar)
        m_parser.fail(m_parser.peek(1).is(u",") ? u"* argument may appear only once"_s : u"invalid syntax"_s);
    const Token &next = m_parser.peek(1).is(u",") ? m_parser.peek(2) : m_parser.peek(1);
    if (next.is(m_closing) && m_closing == u":")
        Parser::failAt(next.range, u"named arguments must follow bare *"_s);
    if (next.is(m_closing) || next.is(u"**"))
        m_parser.fail(u"named arguments must follow bare *"_s);
    m_parser.take();
    m_hasStar = true;
}

void ParameterReader::star()
{
    if (m_hasStar)
        m_parser.fail(u"* argument may appear only once"_s);
    m_hasStar = true;
    const Position begin = m_parser.take().range.begin;
    const Parameter one = parameter(Parameter::Kind::Star, begin);
    if (m_parser.peek().is(u"="))
        m_parser.fail(u"var-positional argument cannot have default value"_s);
    append(one);
}

void ParameterReader::doubleStar()
{
    const Position begin = m_parser.take().range.begin;
    const Parameter one = parameter(Parameter::Kind::DoubleStar, begin);
    if (m_parser.peek().is(u"="))
        m_parser.fail(u"var-keyword argument cannot have default value"_s);
    append(one);
}

void ParameterReader::named()
{
    if (m_parser.peek().is(u"("))
        m_parser.fail(m_closing == u":" ? u"Lambda expression parameters cannot be parenthesized"_s
                                        : u"Function parameters cannot be parenthesized"_s);
    const auto kind = m_hasStar ? Parameter::Kind::KeywordOnly : Parameter::Kind::Positional;
    Parameter one = parameter(kind, m_parser.peek().range.begin);
    if (m_parser.peek().is(u"=")) {
        const Range equals = m_parser.take().range;
        if (m_parser.peek().is(u",") || m_parser.peek().is(m_closing))
            Parser::failAt(equals, u"expected default value expression"_s);
        one.defaultValue = m_parser.expression();
    } else if (m_hasDefault && !m_hasStar) {
        Parser::failAt(one.range, u"non-default argument follows default argument"_s);
    }
    m_hasDefault |= one.defaultValue != nullptr;
    append(one);
}

/// The name, and in a `def` its annotation.
Parameter ParameterReader::parameter(Parameter::Kind kind, Position begin)
{
    Parameter result;
    result.kind = kind;
    const NamePlace name = m_parser.namePlace();
    result.name = name.name;
    result.word = name.range;
    result.range = {begin, name.range.end};
    if (m_closing != u":" && m_parser.accept(u":"))
        result.annotation
            = kind == Parameter::Kind::Star ? m_parser.starOrExpression() : m_parser.expression();
    return result;
}

void ParameterReader::append(const Parameter &parameter)
{
    if (m_names.contains(parameter.name))
        Parser::failAt(parameter.range,
                       u"duplicate argument '%1' in function definition"_s.arg(parameter.name));
    m_names.insert(parameter.name);
    m_result.append(parameter);
}

} // namespace deferscope::syntax
