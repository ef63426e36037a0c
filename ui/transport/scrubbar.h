// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/theme/theme.h"

#include <QAbstractSlider>

namespace deferscope::ui {

/// The run from its first step to its last as a line: a handle at the shown step, a tick at every turn of the
/// event loop. A click or a drag goes there; so do the keys of any slider.
class ScrubBar final : public QAbstractSlider
{
    Q_OBJECT

public:
    ScrubBar(const Session &session, const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    int positionOf(EventIndex step) const; ///< x, in the widget
    EventIndex stepAt(int x) const;

    QSize sizeHint() const override { return {320, 32}; }
    QSize minimumSizeHint() const override { return {160, 32}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void enterEvent(QEnterEvent *event) override;
    void leaveEvent(QEvent *event) override;

private:
    void paintTicks(QPainter &painter) const;
    void paintTrack(QPainter &painter) const;
    void paintHandle(QPainter &painter) const;

    const Session &m_session;
    Theme m_theme;
};

} // namespace deferscope::ui
