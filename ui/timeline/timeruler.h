// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timermarks.h"
#include "ui/viewstate/viewstate.h"

#include <QWidget>

namespace deferscope::ui {

/// The run's time as a ruler: where it is at the shown step, and a flag for each call that was scheduled.
///
/// A flag that is dragged changes the time in the script, and the run follows at once. By keyboard Up and
/// Down choose a flag, Ctrl+Left and Ctrl+Right move it.
class TimeRuler final : public QWidget
{
    Q_OBJECT

public:
    TimeRuler(const Session &session, const ViewState &viewState, const Theme &theme,
              QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    const QList<TimerMark> &marks() const { return m_marks; }
    QRectF flagOf(int mark) const;
    QSize sizeHint() const override { return {400, 52}; }

Q_SIGNALS:
    /// The delay of the callLater() at \a site; \a dragging is the same for all steps of one drag.
    void delayChanged(const deferscope::Site &site, double seconds, int dragging);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void refresh();
    double xOf(double seconds) const;
    int markAt(QPointF place) const;
    void moveMark(int mark, double delay);
    void choose(int mark);

    const Session &m_session;
    const ViewState &m_viewState;
    Theme m_theme;
    QList<TimerMark> m_marks;
    double m_span = 1; ///< seconds from the left end to the right one
    int m_chosen = -1;
    int m_dragged = -1;
    int m_dragging = 0;   ///< the number of the drag
    double m_grabbed = 0; ///< from the flag's time to where it was grabbed, in pixels
};

} // namespace deferscope::ui
