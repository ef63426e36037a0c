// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/replay/replay.h"

namespace deferscope::ui {

/// What has just happened, for somebody who has never seen a Deferred.
struct Sentence
{
    QString headline; ///< one sentence: the event
    QString detail;   ///< one or two: what follows from it
    QString rule;     ///< the rule of Twisted's behaviour it is an instance of: `R43`; may be empty

    friend bool operator==(const Sentence &, const Sentence &) = default;
};

/// The Sentence about the event that led to \a step; about the beginning for step 0.
Sentence sentenceFor(const Trace &trace, const Replay &replay, EventIndex step);

/// Why \a deferred is not getting anywhere, from itself down to the root, a line each: `delayed #1 waits for
/// d #2`, `d #2 will be fired by a timer at 3.0 s`, `the reactor has nothing else to do before`. Empty when
/// it holds a result and nothing keeps it.
QStringList whyWaiting(const Trace &trace, const Snapshot &snapshot, DeferredId deferred);

} // namespace deferscope::ui
