// SPDX-License-Identifier: MIT
#include "deferlater.h"

namespace deferscope {

using namespace Qt::StringLiterals;

Deferred deferLater(Clock &clock, double seconds, Callable function, Engine *engine)
{
    const auto scheduled = std::make_shared<DelayedCall>();
    Deferred deferred(
        Canceller{[scheduled](const Deferred &) { scheduled->cancel(); }, {u"deferLater.cancel"_s, {}}},
        engine);
    const auto call = [function = function.function](const Value &) {
        return function ? function({}) : Outcome::returned({});
    };
    deferred.addCallback(Callable{call, std::move(function.label)});
    *scheduled = clock.callLater(
        seconds,
        {[deferred]() mutable { deferred.callback(); }, {u"Deferred.callback"_s, {}}, deferred.id()});
    return deferred;
}

} // namespace deferscope
