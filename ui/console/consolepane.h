// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/theme/theme.h"
#include "ui/viewstate/viewstate.h"

#include <QPlainTextEdit>

namespace deferscope::ui {

/// What the program has printed up to the shown step, to standard output and error as it came. Stepping back
/// takes lines away again. Places in it are links, which a click or Return follows.
///
/// Of very much output only the latest is shown, with a line above it that says so: a script that prints for
/// ever must not hold up the window.
class ConsolePane final : public QPlainTextEdit
{
    Q_OBJECT

public:
    ConsolePane(const Session &session, const ViewState &viewState, const Theme &theme,
                QWidget *parent = nullptr);

    void setTheme(const Theme &theme);

Q_SIGNALS:
    void placeActivated(const QString &file, int line);

protected:
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    /// A Print event that stands here, and where its text begins.
    struct Printed
    {
        EventIndex event = 0;
        int position = 0;
    };

    void showStep(EventIndex step);
    void rebuild();
    void rebuildFor(EventIndex step);
    EventIndex beginningFor(EventIndex step,
                            EventIndex earliest) const; ///< the first event whose output is shown
    void takeBack(EventIndex step);
    void append(QTextCursor &cursor, const TraceEvent &event);
    void insert(QTextCursor &cursor, const QString &text, const QTextCharFormat &format) const;
    bool follow(const QString &link);

    const Session &m_session;
    const ViewState &m_viewState;
    Theme m_theme;
    EventIndex m_shown = 0; ///< events whose output stands here
    QList<Printed> m_printed;
    bool m_isCut = false; ///< there was output before the first that stands here
};

} // namespace deferscope::ui
