// SPDX-License-Identifier: GPL-3.0-or-later
#include "opmachine.h"

#include "engine/deferred/await.h"

namespace deferscope::test {

using namespace Qt::StringLiterals;

namespace {

/// What an await of a body gave: the value, or the exception that it raised.
void tell(OpMachine &machine, const QJsonObject &op, const Value &result)
{
    if (result.isFailure())
        machine.log({u"caught"_s, op[u"id"_s].toInt(), toFailure(result).type().name()});
    else
        machine.log({u"got"_s, op[u"id"_s].toInt(), machine.show(result)});
}

class YieldingBody final : public Suspendable
{
public:
    YieldingBody(OpMachine *machine, const QJsonObject &op)
        : m_machine(machine)
        , m_op(op)
        , m_steps(op[u"body"_s].toArray())
    {
    }

    Progress resume(const Value &sent) override
    {
        if (m_isWaiting && !take(sent))
            return {Progress::Kind::Raised, sent};
        while (!m_steps.isEmpty()) {
            const QJsonObject step = m_steps.takeAt(0).toObject();
            if (step.contains(u"do"_s)) {
                m_machine->performAll(step[u"do"_s].toArray());
                continue;
            }
            m_catches = step[u"catch"_s].toBool();
            try {
                m_isWaiting = true;
                return {Progress::Kind::Yielded, m_machine->deferred(step[u"d"_s].toInt())};
            } catch (const RaisedError &error) {
                if (const Failure failure(error.exception()); !take(failure))
                    return {Progress::Kind::Raised, failure};
            }
        }
        const Outcome outcome = m_machine->outcomeOf(m_op[u"ret"_s].toObject(), m_last);
        return {outcome.raised ? Progress::Kind::Raised : Progress::Kind::Returned, outcome.value};
    }
    Label label() const override { return {u"body"_s, {}}; }

private:
    bool take(const Value &result)
    {
        m_isWaiting = false;
        tell(*m_machine, m_op, result);
        if (result.isFailure())
            return m_catches;
        m_last = result;
        return true;
    }

    OpMachine *m_machine;
    QJsonObject m_op;
    QJsonArray m_steps;
    Value m_last;
    bool m_isWaiting = false;
    bool m_catches = false;
};

} // namespace

Deferred yieldingBody(Engine *engine, OpMachine *machine, const QJsonObject &op)
{
    return runCoroutine(std::make_shared<YieldingBody>(machine, op), engine);
}

Deferred awaitingBody(Engine *, OpMachine *machine, QJsonObject op)
{
    Value last;
    const QJsonArray steps = op[u"body"_s].toArray();
    for (qsizetype index = 0; index < steps.size(); ++index) {
        const QJsonObject step = steps.at(index).toObject();
        if (step.contains(u"do"_s)) {
            machine->performAll(step[u"do"_s].toArray());
            continue;
        }
        try {
            const Deferred awaited = machine->deferred(step[u"d"_s].toInt());
            last = co_await awaited;
            tell(*machine, op, last);
        } catch (const RaisedError &error) {
            tell(*machine, op, Value(Failure(error.exception())));
            if (!step[u"catch"_s].toBool())
                throw;
        }
    }
    const Outcome outcome = machine->outcomeOf(op[u"ret"_s].toObject(), last);
    if (outcome.raised)
        throw RaisedError(toFailure(outcome.value).value());
    co_return outcome.value;
}

} // namespace deferscope::test
