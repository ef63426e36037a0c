// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

namespace deferscope {

/// Fires with (index, value) of the first of \a members that succeeds, after cancelling the others (R93);
/// with a FailureGroup when all of them fail. The members are left with None. cancel() cancels every member.
/// Of no members it never fires.
Deferred race(const QList<Deferred> &members, Engine *engine = nullptr);

/// What race() fails with: why each member failed, in the members' order.
class FailureGroup final : public Exception
{
public:
    /// In the members' order.
    explicit FailureGroup(QList<Failure> memberFailures);

    const QList<Failure> failures; ///< one of each member
};

} // namespace deferscope
