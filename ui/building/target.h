// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/edit/edits.h"
#include "engine/session/session.h"

#include <optional>

namespace deferscope::ui {

/// Where in the script a piece of the picture was made: by the sites of its events.
class Target
{
public:
    explicit Target(const Session &session)
        : m_session(session)
    {
    }

    std::optional<edit::Place> creationOf(DeferredId deferred) const;
    std::optional<edit::Place> additionOf(DeferredId deferred,
                                          int link) const; ///< of a link of the program's own
    /// In front of the chain's link number \a index, counted as the picture counts.
    std::optional<edit::Spot> spotAt(DeferredId deferred, int index) const;
    QString nameOf(DeferredId deferred) const; ///< `delayed`, or `#1`

private:
    std::optional<edit::Place> placeOf(EventIndex event) const;
    const Snapshot &whole() const; ///< the end of the run: everything that there will be

    const Session &m_session;
};

} // namespace deferscope::ui
