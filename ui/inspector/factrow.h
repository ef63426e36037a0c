// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/inspector/inspectorrows.h"
#include "ui/theme/theme.h"

#include <QFrame>
#include <QLabel>

namespace deferscope::ui {

/// One fact with its name before it and a hairline below; a fact with a place in the script is a link.
class FactRow final : public QWidget
{
    Q_OBJECT

public:
    explicit FactRow(QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    void setRow(const InspectorRow &row);
    const InspectorRow &row() const { return m_row; }

Q_SIGNALS:
    void lineActivated(int line);

private:
    void showText();

    InspectorRow m_row;
    Theme m_theme;
    QLabel m_label;
    QLabel m_text;
    QFrame m_hairline;
};

/// Wrapping text that can be selected, in the colours of \a theme.
void dress(QLabel &label, const Theme &theme, const QColor &colour);

} // namespace deferscope::ui
