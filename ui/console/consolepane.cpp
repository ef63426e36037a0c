// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolepane.h"

#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

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
    connect(&session, &Session::traceGrew, this, [this] { showStep(m_viewState.step()); });
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
    m_printed.clear();
    m_shown = 0;
    showStep(m_viewState.step());
}

void ConsolePane::showStep(EventIndex step)
{
    const Trace &trace = m_session.trace();
    step = std::min(step, trace.size());
    if (step < m_shown)
        takeBack(step);
    if (step == m_shown)
        return;
    QTextCursor cursor(document());
    cursor.beginEditBlock();
    cursor.movePosition(QTextCursor::End);
    const qsizetype before = m_printed.size();
    for (; m_shown < step; ++m_shown) {
        if (trace.at(m_shown).kind == EventKind::Print)
            append(cursor, trace.at(m_shown));
    }
    cursor.endEditBlock();
    if (m_printed.size() != before)
        verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ConsolePane::takeBack(EventIndex step)
{
    m_shown = step;
    int end = -1;
    while (!m_printed.isEmpty() && m_printed.constLast().event >= step)
        end = m_printed.takeLast().position;
    if (end < 0)
        return;
    QTextCursor cursor(document());
    cursor.setPosition(end);
    cursor.movePosition(QTextCursor::End, QTextCursor::KeepAnchor);
    cursor.removeSelectedText();
    verticalScrollBar()->setValue(verticalScrollBar()->maximum());
}

void ConsolePane::append(QTextCursor &cursor, const TraceEvent &event)
{
    m_printed.append({m_shown, cursor.position()});
    const bool isError = event.stream == Stream::Err;
    QTextCharFormat format;
    format.setForeground(isError ? m_theme.errback : m_theme.text);
    QString text = m_session.trace().text(event);
    if (isError) {
        // A line that goes on further is not marked a second time.
        const QString mark = tr("stderr │ ");
        const bool endsLine = text.endsWith(u'\n');
        text.replace(u'\n', u'\n' + mark);
        if (endsLine)
            text.chop(mark.size());
        if (cursor.atBlockStart())
            text.prepend(mark);
    }
    cursor.insertText(text, format);
}

} // namespace deferscope::ui
