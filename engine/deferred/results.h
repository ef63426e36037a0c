// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/deferred.h"

/// What a test asks of a Deferred, under the names that Twisted's trial has for it. What is not as asked
/// throws RaisedError(AssertionError).
namespace deferscope {

/// The result that \a deferred has now, no failure; it is left with None.
Value successResultOf(Deferred deferred);

/// The failure that \a deferred has now, of one of \a types or of any; it is left with None.
Failure failureResultOf(Deferred deferred, std::initializer_list<const ExceptionType *> types = {});

/// That \a deferred has no result now. One that it has is left with it, but for a failure, which is left out.
void assertNoResult(Deferred deferred);

/// Gives \a deferred, with a link that takes a failure of one of \a types and gives its exception on.
/// Anything else that comes becomes a failure.
Deferred assertFailure(Deferred deferred, std::initializer_list<const ExceptionType *> types);

} // namespace deferscope
