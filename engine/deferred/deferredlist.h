// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

namespace deferscope {

/// When a DeferredList fires early, and whether its members keep their failures.
struct DeferredListOptions
{
    bool fireOnOneCallback = false; ///< with (value, index) of the first success
    bool fireOnOneErrback = false;  ///< with FirstError(failure, index) at the first failure
    bool consumeErrors = false;     ///< a failing member's result becomes None
};

/// A Deferred that fires when its members have: with a list of (success, result) in the members' order (R90,
/// R91). cancel() cancels every member while the list is unfired.
class DeferredList final : public Deferred
{
public:
    /// Adds one link to each of \a members. The list of them is copied.
    explicit DeferredList(const QList<Deferred> &members, DeferredListOptions options = {},
                          Engine *engine = nullptr);
};

/// The values of all \a members, or FirstError at the first failure (R92).
Deferred gatherResults(const QList<Deferred> &members, bool consumeErrors = false, Engine *engine = nullptr);

/// What a DeferredList fails with under fireOnOneErrback: the failure, and which member it came from.
class FirstError final : public Exception
{
public:
    /// The member at \a memberIndex, from 0, failed with \a failure.
    FirstError(Failure failure, int memberIndex);

    QString repr() const override;
    QString str() const override;

    const Failure subFailure; ///< what the member failed with
    const int index;          ///< which member, from 0

    /// The same Failure at the same index.
    friend bool operator==(const FirstError &a, const FirstError &b)
    {
        return a.index == b.index && a.subFailure == b.subFailure;
    }
};

} // namespace deferscope
