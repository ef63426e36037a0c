// SPDX-License-Identifier: MIT
#include "race.h"

#include "deferredcore.h"

#include <algorithm>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

struct Race
{
    explicit Race(const QList<Deferred> &all)
        : members(all)
        , failures(all.size())
    {
    }

    void cancelAllBut(qsizetype kept);
    Outcome succeeded(qsizetype index, const Value &result);
    Outcome failed(qsizetype index, const Value &result);

    QList<Deferred> members;
    QList<std::optional<Failure>> failures;
    qsizetype failureCount = 0;
    bool isWon = false;
    std::optional<Deferred> final;
};

void Race::cancelAllBut(qsizetype kept)
{
    const QList<Deferred> copy = members;
    for (qsizetype index = 0; index < copy.size(); ++index) {
        if (index != kept)
            Deferred(copy.at(index)).cancel();
    }
}

Outcome Race::succeeded(qsizetype index, const Value &result)
{
    if (isWon)
        return {};
    isWon = true;
    cancelAllBut(index);
    final->callback(tupleOf({index, result}));
    return {};
}

Outcome Race::failed(qsizetype index, const Value &result)
{
    failures[index] = toFailure(result);
    if (++failureCount < members.size())
        return {};
    QList<Failure> all;
    for (const std::optional<Failure> &failure : std::as_const(failures))
        all.append(*failure);
    final->errback(Failure(ExceptionRef(new FailureGroup(std::move(all)))));
    return {};
}

} // namespace

Deferred race(const QList<Deferred> &members, Engine *engine)
{
    const auto state = std::make_shared<Race>(members);
    const Canceller canceller{[state](const Deferred &) { state->cancelAllBut(-1); }, {u"race"_s, {}}};
    const Deferred final(canceller, engine);
    state->final = final;
    for (qsizetype index = 0; index < members.size(); ++index) {
        const Callable succeeded{
            [state, index](const Value &result) { return state->succeeded(index, result); },
            {u"win %1"_s.arg(index), {}}};
        const Callable failed{[state, index](const Value &result) { return state->failed(index, result); },
                              {u"fail %1"_s.arg(index), {}}};
        const Value member = members.at(index);
        static_cast<DeferredCore *>(member.object())
            ->add(succeeded, failed, LinkPurpose::Collect, final.id());
    }
    return final;
}

FailureGroup::FailureGroup(QList<Failure> memberFailures)
    : Exception(exceptions::failureGroup(), {})
    , failures(std::move(memberFailures))
{
}

} // namespace deferscope
