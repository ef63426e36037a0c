// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/inspector/factrow.h"
#include "ui/inspector/inspectorrows.h"
#include "ui/pane/paneheader.h"
#include "ui/viewstate/viewstate.h"

#include <QScrollArea>
#include <QVBoxLayout>

namespace deferscope::ui {

/// The facts about the selected Deferred, or about the one that the shown step speaks of; and why it does not
/// go on.
class InspectorPane final : public QWidget
{
    Q_OBJECT

public:
    InspectorPane(const Session &session, const ViewState &viewState, const Theme &theme,
                  QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    DeferredId subject() const; ///< whom it shows; 0: nobody

Q_SIGNALS:
    void lineActivated(int line); ///< a place in the script was clicked

private:
    void buildContent();
    void refresh();
    void showRows(const QList<InspectorRow> &rows);
    void showReasons(const QString &heading, const QStringList &reasons);
    QLabel *addReason();

    const Session &m_session;
    const ViewState &m_viewState;
    Theme m_theme;
    PaneHeader m_header;
    QScrollArea m_scroll;
    QLabel m_heading;
    QVBoxLayout *m_rowsLayout;
    QVBoxLayout *m_reasonsLayout;
    QList<FactRow *> m_rows; ///< kept from step to step, so that focus, selection and scrolling stay
    QList<QLabel *> m_reasons;
};

} // namespace deferscope::ui
