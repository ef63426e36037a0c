// SPDX-License-Identifier: MIT
#include "results.h"

#include <QStringList>

#include <algorithm>
#include <memory>
#include <vector>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

[[noreturn]] void refuse(const QString &message) { throw RaisedError(exceptions::assertionError(), message); }

QString namesOf(const std::vector<const ExceptionType *> &types)
{
    QStringList names;
    for (const ExceptionType *type : types)
        names.append(type->name());
    return names.join(u" or "_s);
}

bool isOneOf(const Failure &failure, const std::vector<const ExceptionType *> &types)
{
    return std::any_of(types.begin(), types.end(),
                       [&failure](const ExceptionType *type) { return failure.type().isA(*type); });
}

/// Takes the result away, if there is one now.
std::optional<Value> take(Deferred &deferred)
{
    const auto taken = std::make_shared<std::optional<Value>>(); // the link may run long after this
    deferred.addBoth([taken](const Value &result) {
        *taken = result;
        return Outcome::returned({});
    });
    return *taken;
}

QString told(const Value &failure)
{
    return toFailure(failure).type().name() + u": "_s + toFailure(failure).message();
}

} // namespace

Value successResultOf(Deferred deferred)
{
    const auto result = take(deferred);
    if (!result)
        refuse(u"a result was expected of %1, and there is none"_s.arg(repr(deferred)));
    if (result->isFailure())
        refuse(u"a result was expected of %1, and it failed: %2"_s.arg(repr(deferred), told(*result)));
    return *result;
}

Failure failureResultOf(Deferred deferred, std::initializer_list<const ExceptionType *> types)
{
    const auto result = take(deferred);
    if (!result)
        refuse(u"a failure was expected of %1, and there is no result"_s.arg(repr(deferred)));
    if (!result->isFailure())
        refuse(u"a failure was expected of %1, and its result is %2"_s.arg(repr(deferred), repr(*result)));
    const Failure failure = toFailure(*result);
    if (types.size() > 0 && !isOneOf(failure, types))
        refuse(
            u"%1 was expected of %2, and it failed: %3"_s.arg(namesOf(types), repr(deferred), told(*result)));
    return failure;
}

void assertNoResult(Deferred deferred)
{
    const auto seen = std::make_shared<std::optional<Value>>();
    deferred.addBoth([seen](const Value &result) {
        *seen = result;
        return Outcome::returned(result);
    });
    if (!*seen)
        return;
    const QString text = (*seen)->isFailure() ? told(**seen) : repr(**seen);
    deferred.addErrback([](const Failure &) {});
    refuse(u"no result was expected of %1, and it has %2"_s.arg(repr(deferred), text));
}

Deferred assertFailure(Deferred deferred, std::initializer_list<const ExceptionType *> types)
{
    const std::vector<const ExceptionType *> expected(types);
    const auto succeeded = [expected](const Value &result) -> Outcome {
        refuse(u"%1 was expected, and the result is %2"_s.arg(namesOf(expected), repr(result)));
    };
    const auto failed = [expected](const Failure &failure) -> Outcome {
        if (!isOneOf(failure, expected))
            refuse(u"%1 was expected, and it failed: %2"_s.arg(namesOf(expected), told(failure)));
        return Outcome::returned(ObjectRef(failure.value()));
    };
    return deferred.addCallbacks(succeeded, failed);
}

} // namespace deferscope
