// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"

#include <QObject>

namespace deferscope::ui {

/// What the person looks at: the one thing that views share. Views set it and follow it, and know nothing of
/// each other.
class ViewState final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    EventIndex step() const { return m_step; }           ///< events shown so far: 0 is before the first
    DeferredId selection() const { return m_selection; } ///< the one selected last; 0: nothing is selected
    int selectedLink() const { return m_link; }          ///< of selection(); -1: the Deferred itself
    const QList<DeferredId> &selected() const { return m_selected; } ///< all, in the order of their selection
    bool isFollowing() const { return m_following; }                 ///< the canvas keeps the token in view

    void setStep(EventIndex step);
    void select(DeferredId deferred) { selectLink(deferred, -1); }
    void selectLink(DeferredId deferred, int link);
    void toggle(DeferredId deferred); ///< into what is selected, or out of it
    void setFollowing(bool following);

Q_SIGNALS:
    void stepChanged(deferscope::EventIndex step);
    void selectionChanged(deferscope::DeferredId deferred);
    void followingChanged(bool following);

private:
    void takeSelection(const QList<DeferredId> &selected, int link);

    EventIndex m_step = 0;
    DeferredId m_selection;
    QList<DeferredId> m_selected;
    int m_link = -1;
    bool m_following = true;
};

} // namespace deferscope::ui
