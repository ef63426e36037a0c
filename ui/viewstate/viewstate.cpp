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

void ViewState::select(DeferredId deferred)
{
    if (deferred == m_selection)
        return;
    m_selection = deferred;
    Q_EMIT selectionChanged(deferred);
}

void ViewState::setFollowing(bool following)
{
    if (following == m_following)
        return;
    m_following = following;
    Q_EMIT followingChanged(following);
}

} // namespace deferscope::ui
