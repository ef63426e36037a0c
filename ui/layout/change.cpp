// SPDX-License-Identifier: GPL-3.0-or-later
#include "composer.h"

namespace deferscope::ui {

Change changeAt(const Trace &trace, const Snapshot &snapshot)
{
    return {snapshot.step > 0 ? &trace.at(snapshot.step - 1) : nullptr};
}

bool Change::touchesHeader(DeferredId id) const
{
    if (!event || event->deferred != id)
        return false;
    switch (event->kind) {
    case EventKind::New:
    case EventKind::Fire:
    case EventKind::Refire:
    case EventKind::Swallowed:
    case EventKind::Pause:
    case EventKind::Unpause:
    case EventKind::Cancel:
    case EventKind::Canceller:
    case EventKind::Timer:
    case EventKind::Tick:
    case EventKind::Untimer:
    case EventKind::Parked:
    case EventKind::Unhandled:
    case EventKind::Lost:
    case EventKind::Destroyed: return true;
    case EventKind::Add:
    case EventKind::Run:
    case EventKind::Ret:
    case EventKind::Raise:
    case EventKind::Pass:
    case EventKind::Wait:
    case EventKind::Resume:
    case EventKind::Steal:
    case EventKind::Turn:
    case EventKind::Print:
    case EventKind::Stop:
    case EventKind::Limit:
    case EventKind::Sleep:
    case EventKind::Gap: return false;
    }
    Q_UNREACHABLE();
}

bool Change::touchesRow(DeferredId id, int link, const Trace &trace) const
{
    if (!event)
        return false;
    switch (event->kind) {
    case EventKind::Add:
    case EventKind::Run:
    case EventKind::Ret:
    case EventKind::Raise:
    case EventKind::Pass: return event->deferred == id && event->link == link;
    case EventKind::Wait:
    case EventKind::Resume: return event->other == id && trace.handOver(*event) == link;
    default: return false; // the other kinds are not about a link
    }
}

bool Change::touchesToken(DeferredId id) const
{
    if (!event)
        return false;
    switch (event->kind) {
    case EventKind::Fire:
    case EventKind::Ret:
    case EventKind::Raise:
    case EventKind::Pass:
    case EventKind::Wait: return event->deferred == id;
    case EventKind::Resume:
    case EventKind::Steal: return event->deferred == id || event->other == id;
    default: return false; // the other kinds change no result
    }
}

bool Change::touchesWire(DeferredId waiter, DeferredId inner) const
{
    const bool moves = event
        && (event->kind == EventKind::Wait || event->kind == EventKind::Resume
            || event->kind == EventKind::Steal);
    return moves && event->deferred == waiter && event->other == inner;
}

} // namespace deferscope::ui
