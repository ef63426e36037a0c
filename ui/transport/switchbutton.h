// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QAbstractButton>

namespace deferscope::ui {

/// A switch that is on or off: a knob on a track, so that its state does not rest on colour.
class SwitchButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SwitchButton(const Theme &theme, QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    QSize sizeHint() const override { return {40, 32}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Theme m_theme;
};

} // namespace deferscope::ui
