// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"

#include <QObject>

namespace deferscope::ui {

/// What the person looks at: the one thing that views share. Views set it and follow it, and know nothing of each other.
class ViewState final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    EventIndex step() const { return m_step; }           ///< events shown so far: 0 is before the first
    DeferredId selection() const { return m_selection; } ///< 0: nothing is selected
    bool isFollowing() const { return m_following; }     ///< the canvas keeps the token in view

    void setStep(EventIndex step);
    void select(DeferredId deferred);
    void setFollowing(bool following);

Q_SIGNALS:
    void stepChanged(deferscope::EventIndex step);
    void selectionChanged(deferscope::DeferredId deferred);
    void followingChanged(bool following);

private:
    EventIndex m_step = 0;
    DeferredId m_selection;
    bool m_following = true;
};

} // namespace deferscope::ui
