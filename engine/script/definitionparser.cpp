// SPDX-License-Identifier: MIT
#include "nesting.h"
#include "parameterreader.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

Statement::Node Parser::functionDefinition(Layout &layout, QList<ExpressionPtr> decorators, bool isAsync)
{
    FunctionDefinition result;
    const int line = lastEnd().line;
    const Token name = expectName();
    result.name = name.text;
    result.nameRange = name.range;
    result.isAsync = isAsync;
    result.decorators = std::move(decorators);
    if (!accept(u"("))
        fail(u"expected '('"_s);
    result.parameters = parameters(u")");
    expect(u")");
    if (peek().is(u"->") && peek(1).is(u":"))
        fail(u"expected ':'"_s);
    if (accept(u"->"))
        result.returns = expression();
    result.body = block(layout, u"function definition"_s, line);
    return result;
}

Statement::Node Parser::classDefinition(Layout &layout, QList<ExpressionPtr> decorators)
{
    ClassDefinition result;
    const int line = lastEnd().line;
    const Token name = expectName();
    result.name = name.text;
    result.nameRange = name.range;
    result.decorators = std::move(decorators);
    if (peek().is(u"("))
        result.bases = arguments();
    result.body = block(layout, u"class definition"_s, line);
    return result;
}

QList<Parameter> Parser::parameters(QStringView closing) { return ParameterReader(*this, closing).read(); }

} // namespace deferscope::script
