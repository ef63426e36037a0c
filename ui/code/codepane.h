// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/code/scintilla.h"
#include "ui/pane/paneheader.h"
#include "ui/viewstate/viewstate.h"

#include <QElapsedTimer>
#include <QHash>
#include <QTimer>

namespace deferscope::ui {

/// The script, for editing, with the line marked where the program is at the shown step, where it raised what
/// nobody caught, or where the text is not accepted.
///
/// Of what was recorded it shows the file that the program is in at the shown step, for reading.
class CodePane final : public QWidget
{
    Q_OBJECT

public:
    enum Marker { CurrentLine, CurrentArrow, RefusedLine }; ///< the editor's, by number

    CodePane(const Session &session, const ViewState &viewState, const Theme &theme,
             QWidget *parent = nullptr);

    void setTheme(const Theme &theme);
    int markedLine() const { return m_markedLine; } ///< from 1; 0 when none is
    QsciScintilla &editor() { return m_editor; }

Q_SIGNALS:
    void typed(const QString &text); ///< the person has changed the text to this one

public Q_SLOTS:
    void showLine(int line);                       ///< scrolls to \a line, from 1, and puts the cursor there
    void showPlace(const QString &file, int line); ///< the same, in another file of a recorded program too

private:
    void buildEditor();
    void applyLexer(qsizetype length);
    void loadText();
    void showFile(const QString &file);
    QString sourceOf(const QString &file);
    Site placeOfStep() const;
    void replaceText(const QString &text);
    void showStep();
    void markLine(int line);
    void bringIntoView(int line);
    void showDiagnostic();

    const Session &m_session;
    const ViewState &m_viewState;
    Theme m_theme;
    PaneHeader m_header;
    QsciScintilla m_editor;
    QsciLexerPython *m_lexer;          ///< owned by the editor
    QTimer m_telling;                  ///< an error is told when the keys rest
    QElapsedTimer m_sinceTyping;       ///< not valid before the first key
    QHash<QString, QString> m_sources; ///< of a recorded program, by file
    QString m_file;                    ///< that is shown; empty: the document
    int m_markedLine = 0;
    bool m_isLoading = false; ///< the text changes because another one is shown
};

} // namespace deferscope::ui
