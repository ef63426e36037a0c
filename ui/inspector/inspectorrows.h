// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/replay/replay.h"

namespace deferscope::ui {

/// One fact about a Deferred.
struct InspectorRow
{
    QString label;
    QString text;
    int line = 0; ///< of the script, when the fact has a place there

    friend bool operator==(const InspectorRow &, const InspectorRow &) = default;
};

/// What there is to know about \a id after the events of \a snapshot, the most asked for first.
QList<InspectorRow> inspectorRows(const Trace &trace, const Snapshot &snapshot, DeferredId id);

/// Whom the last of the first \a step events speaks of; 0 when none of them speaks of anybody.
DeferredId subjectOf(const Trace &trace, EventIndex step);

} // namespace deferscope::ui
