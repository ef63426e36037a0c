// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layout/railwaylayout.h"

namespace deferscope::ui {

/// The way that one token goes when a step is taken forward.
struct Travel
{
    DeferredId chain;  ///< whose token it is afterwards
    QPainterPath path; ///< of its centre; ends where the token stands afterwards

    friend bool operator==(const Travel &, const Travel &) = default;
};

/// What moves from \a before to \a after, which are one event apart; nothing for events that move no result.
std::optional<Travel> travelBetween(const RailwayLayout &before, const RailwayLayout &after,
                                    const TraceEvent &event);

} // namespace deferscope::ui
