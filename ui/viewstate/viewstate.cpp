// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewstate.h"

namespace deferscope::ui {

void ViewState::setStep(EventIndex step)
{
    if (step == m_step)
        return;
    m_step = step;
    Q_EMIT stepChanged(step);
}

void ViewState::selectLink(DeferredId deferred, int link)
{
    takeSelection(deferred ? QList<DeferredId>{deferred} : QList<DeferredId>(), deferred ? link : -1);
}

void ViewState::toggle(DeferredId deferred)
{
    QList<DeferredId> selected = m_selected;
    if (!selected.removeOne(deferred))
        selected.append(deferred);
    takeSelection(selected, -1);
}

void ViewState::takeSelection(const QList<DeferredId> &selected, int link)
{
    if (selected == m_selected && link == m_link)
        return;
    m_selected = selected;
    m_link = link;
    m_selection = selected.isEmpty() ? DeferredId() : selected.constLast();
    Q_EMIT selectionChanged(m_selection);
}

void ViewState::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    Q_EMIT followingChanged(following);
}

} // namespace deferscope::ui
