// SPDX-License-Identifier: MIT
#pragma once

#include <QtGlobal>

namespace deferscope {

/// The vocabulary of a run. One list for the engine, for recordings, and for the Python recorder.
enum class EventKind : quint8 {
    New,       ///< a Deferred exists
    Add,       ///< one link was appended to its chain (R10)
    Fire,      ///< fired: callback() or errback() (R22)
    Refire,    ///< fired again: AlreadyCalledError at the firer (R21)
    Swallowed, ///< a late firing after cancel(), ignored once (R21, R74)
    Run,       ///< a side of a link starts with this value (R37)
    Ret,       ///< that side returned (R39)
    Raise,     ///< that side raised (R38)
    Pass,      ///< the current result passed by a link whose side is empty (R11)
    Wait,      ///< the returned Deferred has no result: paused, hand-over entry appended to it (R43)
    Resume,    ///< the inner's result moved to the waiter (R35)
    Steal,     ///< the returned Deferred was ready: its result was taken at once (R44)
    Pause,     ///< by the user's code (R60)
    Unpause,   ///< by the user's code (R61)
    Cancel,    ///< cancel() was asked (R70–R72)
    Canceller, ///< a canceller starts (R70)
    Timer,     ///< callLater scheduled a call
    Tick,      ///< a scheduled call runs
    Untimer,   ///< a scheduled call was cancelled
    Turn,      ///< control went back to the event loop
    Print,     ///< output of the program
    Parked,    ///< a chain ended holding a Failure (R50)
    Unhandled, ///< it was destroyed so (R55)
    Lost,      ///< it was destroyed with a Failure that its chain never came to: Twisted is silent (R56)
    Destroyed, ///< gone, fired or never fired (R57)
    Stop,      ///< the reactor stopped, or the program ended
    Limit,     ///< a budget was reached; the run ends here
    Sleep,     ///< the program slept, and the reactor stood still
    Gap,       ///< events are missing here: the recording is damaged
};

/// The side of a pair that an event speaks of.
enum class Side : quint8 { Callback, Errback };

/// What a link is there for. All but User are machinery that a view may fold into one named thing.
enum class LinkPurpose : quint8 {
    User,      ///< added by the program
    HandOver,  ///< gives the result to the Deferred that waits (R43)
    Chain,     ///< chainDeferred() fires another Deferred
    Collect,   ///< a DeferredList records the result (R90)
    Translate, ///< addTimeout() makes a TimeoutError of a CancelledError (R82)
    Disarm,    ///< addTimeout() stops its timer (R83)
    Unwrap,    ///< gatherResults() keeps the values (R92)
    Await,     ///< a coroutine goes on with the result (R96)
    Redirect,  ///< a cancelled coroutine's Deferred waits for its real end (R97)
};

/// Whether a link of this purpose gives the result of its chain to another Deferred, apart from hand-overs.
inline bool feedsAnother(LinkPurpose purpose)
{
    return purpose == LinkPurpose::Chain || purpose == LinkPurpose::Collect || purpose == LinkPurpose::Await;
}

/// Where printed text went.
enum class Stream : quint8 { Out, Err };

} // namespace deferscope
