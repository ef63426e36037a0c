// SPDX-License-Identifier: MIT
#include "lowering.h"

namespace deferscope::script {

using namespace Qt::StringLiterals;

namespace {

/// Makes nodes at one place.
struct Maker
{
    Range place;

    ExpressionPtr expression(Expression::Node node) const
    {
        return std::make_shared<Expression>(Expression{place, 0, std::move(node)});
    }
    ExpressionPtr name(const QString &id) const { return expression(Name{id}); }
    ExpressionPtr call(const QString &function, const QList<ExpressionPtr> &values) const
    {
        QList<Argument> arguments;
        for (const ExpressionPtr &value : values)
            arguments.append({Argument::Kind::Positional, {}, value});
        return expression(Call{name(function), arguments});
    }
    StatementPtr statement(Statement::Node node) const
    {
        return std::make_shared<Statement>(Statement{place, {}, std::move(node)});
    }
    StatementPtr assign(const ExpressionPtr &target, const ExpressionPtr &value) const
    {
        return statement(Assign{{target}, value});
    }
};

} // namespace

Block lowered(const With &with)
{
    Block body = with.body;
    for (auto item = with.items.crbegin(); item != with.items.crend(); ++item) {
        const Maker make{item->context->range};
        // The place makes the names of one `with` its own.
        const QString mark = u"%1:%2"_s.arg(make.place.begin.line).arg(make.place.begin.column);
        const QString manager = u"$manager "_s + mark;
        const QString entered = u"$entered "_s + mark;
        const QString isWell = u"$well "_s + mark;
        const QString raised = u"$raised "_s + mark;
        Block inner = body;
        if (item->target)
            inner.prepend(make.assign(item->target, make.name(entered)));
        const ExpressionPtr swallows = make.call(u"$exit"_s, {make.name(manager), make.name(raised)});
        ExceptHandler handler{make.name(u"BaseException"_s),
                              raised,
                              {make.assign(make.name(isWell), make.expression(BoolLiteral{false})),
                               make.statement(If{make.expression(Unary{UnaryOperator::Not, swallows}),
                                                 {make.statement(Raise{})},
                                                 {},
                                                 false,
                                                 {}})},
                              make.place,
                              {}};
        const StatementPtr guarded = make.statement(Try{inner, {handler}, {}, {}, {}, {}});
        const ExpressionPtr leave
            = make.call(u"$exit"_s, {make.name(manager), make.expression(NoneLiteral{})});
        const StatementPtr leaving = make.statement(
            If{make.name(isWell), {make.statement(ExpressionStatement{leave})}, {}, false, {}});
        body = {make.assign(make.name(manager), item->context),
                make.assign(make.name(entered), make.call(u"$enter"_s, {make.name(manager)})),
                make.assign(make.name(isWell), make.expression(BoolLiteral{true})),
                make.statement(Try{{guarded}, {}, {}, {leaving}, {}, {}})};
    }
    return body;
}

} // namespace deferscope::script
