// SPDX-License-Identifier: MIT
#include "deferredlist.h"

#include "deferredcore.h"

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

/// The state of a DeferredList: what its members left, and what makes it fire.
class ListCore final : public DeferredCore
{
public:
    ListCore(Engine *engine, const QList<Deferred> &listMembers, DeferredListOptions listOptions)
        : DeferredCore(engine, {}, u"DeferredList"_s)
        , members(listMembers)
        , results(listMembers.size())
        , options(listOptions)
    {
    }

    QString typeName() const override { return u"DeferredList"_s; }

    void collect(qsizetype index, const Value &result); // R90
    bool consumes(const Value &result) const { return options.consumeErrors && result.isFailure(); }

    QList<Deferred> members;
    QList<Value> results; ///< None where a member is missing
    qsizetype finished = 0;
    DeferredListOptions options;

private:
    bool handsCancelOn() const override { return false; } // R91, even while it waits for another
    void cancelUnfired() override;
};

void ListCore::collect(qsizetype index, const Value &result)
{
    const bool ok = !result.isFailure();
    results[index] = tupleOf({ok, result});
    ++finished;
    if (isCalled())
        return;
    if (ok && options.fireOnOneCallback)
        fire(tupleOf({result, index}));
    else if (!ok && options.fireOnOneErrback)
        fire(Failure(ExceptionRef(new FirstError(toFailure(result), int(index)))));
    else if (finished == results.size())
        fire(listOf(results));
}

/// A member's entry: tells the list what came, and passes it on.
struct Collect
{
    Ref<ListCore> list;
    qsizetype index;

    static Left run(Link &link, Value &result)
    {
        const Collect &self = link.closure<Collect>();
        Value input = result; // who steals the result meanwhile does not change what goes on
        self.list->collect(self.index, input);
        result = self.list->consumes(input) ? Value() : std::move(input);
        return Left::Returned;
    }
    static const LinkOps ops;
};
static_assert(Link::fits<Collect>());

const LinkOps Collect::ops{{&run, &run}, Link::destroyer<Collect>()};

void ListCore::cancelUnfired()
{
    const QList<Deferred> copy = members;
    for (Deferred member : copy) {
        try {
            member.cancel();
        } catch (const RaisedError &error) {
            qWarning("A canceller raised: %s", error.what());
        }
    }
}

} // namespace

DeferredList::DeferredList(const QList<Deferred> &members, DeferredListOptions options, Engine *engine)
    : Deferred(CoreRef(new ListCore(engine, members, options)))
{
    const Ref<ListCore> list(static_cast<ListCore *>(core()));
    if (members.isEmpty() && !options.fireOnOneCallback)
        callback(listOf({}));
    for (qsizetype index = 0; index < members.size(); ++index) {
        DeferredCore::of(members.at(index))
            .addMachinery(Collect{list, index}, LinkPurpose::Collect, id(), [index] {
                return Label{u"collect %1"_s.arg(index), {}};
            });
    }
}

namespace {

/// Somebody may have fired the list with something else.
const QList<Value> &itemsOf(const Value &value)
{
    const auto *sequence = value.as<Sequence>();
    if (!sequence)
        throw RaisedError(exceptions::typeError(), u"'%1' object is not a list"_s.arg(value.typeName()));
    return sequence->items;
}

} // namespace

Deferred gatherResults(const QList<Deferred> &members, bool consumeErrors, Engine *engine)
{
    DeferredList list(members, {.fireOnOneErrback = true, .consumeErrors = consumeErrors}, engine);
    const auto unwrap = [](const Value &results) {
        QList<Value> values;
        for (const Value &pair : itemsOf(results)) {
            const QList<Value> successAndValue = pair.isNone() ? QList<Value>() : itemsOf(pair);
            if (!(successAndValue.value(0) == Value(true)))
                throw RaisedError(exceptions::assertionError());
            values.append(successAndValue.value(1));
        }
        return Outcome::returned(listOf(std::move(values)));
    };
    const Value value = list;
    static_cast<DeferredCore *>(value.object())
        ->add({unwrap, {u"unwrap"_s, {}}}, {}, LinkPurpose::Unwrap, list.id());
    return list;
}

FirstError::FirstError(Failure failure, int memberIndex)
    : Exception(exceptions::firstError(), {Value(failure), memberIndex})
    , subFailure(std::move(failure))
    , index(memberIndex)
{
}

QString FirstError::repr() const
{
    return u"FirstError[#%1, %2]"_s.arg(index).arg(subFailure.value()->repr());
}
QString FirstError::str() const
{
    return u"FirstError[#%1, %2]"_s.arg(index).arg(deferscope::str(subFailure));
}

} // namespace deferscope
