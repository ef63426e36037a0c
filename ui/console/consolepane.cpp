// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolepane.h"

#include <QScrollBar>
#include <QTextBlock>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

ConsolePane::ConsolePane(const Session &session, const ViewState &viewState, const Theme &theme,
                         QWidget *parent)
    : QPlainTextEdit(parent)
    , m_session(session)
    , m_viewState(viewState)
    , m_theme(theme)
{
    setReadOnly(true);
    setFrameShape(QFrame::NoFrame);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    setAccessibleName(tr("Console"));
    setPlaceholderText(tr("The script has printed nothing yet."));
    setUndoRedoEnabled(false);
    document()->setDocumentMargin(12);
    setTheme(theme);
    connect(&session, &Session::traceReset, this, &ConsolePane::rebuild);
    connect(&viewState, &ViewState::stepChanged, this, &ConsolePane::showStep);
}

void ConsolePane::setTheme(const Theme &theme)
{
    m_theme = theme;
    setFont(theme.code);
    setPalette(theme.palette());
    rebuild();
}

void ConsolePane::rebuild()
{
    clear();
    m_shown = 0;
    if (m_viewState.step() <= m_session.trace().size())
        showStep(m_viewState.step());
}

void ConsolePane::showStep(EventIndex step)
{
    const Trace &trace = m_session.trace();
    if (step > trace.size())
        return;
    if (step < m_shown) {
        const int printedBefore = m_session.replay().at(m_shown).printed;
        m_shown = step;
        if (m_session.replay().at(step).printed != printedBefore) {
            clear();
            m_shown = 0;
        }
    }
    for (; m_shown < step; ++m_shown) {
        if (trace.at(m_shown).kind == EventKind::Print)
            append(trace.at(m_shown));
    }
}

void ConsolePane::append(const TraceEvent &event)
{
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    QTextCharFormat format;
    const bool isError = event.stream == Stream::Err;
    format.setForeground(isError ? m_theme.errback : m_theme.text);
    if (isError)
        format.setToolTip(tr("printed to stderr"));
    if (isError && cursor.atBlockStart())
        cursor.insertText(tr("stderr │ "), format);
    cursor.insertText(m_session.trace().text(event), format);
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

} // namespace deferscope::ui
