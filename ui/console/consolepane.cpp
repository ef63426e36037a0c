// SPDX-License-Identifier: GPL-3.0-or-later
#include "consolepane.h"

#include <QLocale>
#include <QMouseEvent>
#include <QRegularExpression>
#include <QScrollBar>
#include <QTextBlock>

#include <algorithm>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

// What is shown at once. Twice as much may stand here while a run is played, so that it is rarely built anew.
constexpr qsizetype MostPrints = 10'000;
constexpr qsizetype MostText = 500'000;
constexpr qsizetype LongestPrint = 50'000;

} // namespace

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
    viewport()->setMouseTracking(true);
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

void ConsolePane::rebuild() { rebuildFor(std::min(m_viewState.step(), m_session.trace().size())); }

void ConsolePane::rebuildFor(EventIndex step)
{
    clear();
    m_printed.clear();
    m_shown = beginningFor(step, 0);
    const int before = m_session.replay().at(m_shown).printed;
    m_isCut = before > 0;
    if (m_isCut) {
        QTextCharFormat format;
        format.setForeground(m_theme.textMuted);
        const QString notice
            = tr("… the output of %1 earlier events is not shown").arg(QLocale().toString(before));
        QTextCursor(document()).insertText(notice + u'\n', format);
    }
    showStep(step);
}

EventIndex ConsolePane::beginningFor(EventIndex step, EventIndex earliest) const
{
    const Trace &trace = m_session.trace();
    qsizetype prints = 0;
    qsizetype characters = 0;
    for (EventIndex i = step - 1; i >= earliest; --i) {
        if (trace.at(i).kind != EventKind::Print)
            continue;
        characters += std::min(trace.text(trace.at(i)).size(), LongestPrint);
        if (++prints > MostPrints || (prints > 1 && characters > MostText))
            return i + 1;
    }
    return earliest;
}

void ConsolePane::showStep(EventIndex step)
{
    const Trace &trace = m_session.trace();
    step = std::min(step, trace.size());
    if (step < m_shown)
        takeBack(step);
    const bool isAllGone = m_isCut && m_printed.isEmpty();
    const bool isTooMuch = m_printed.size() > 2 * MostPrints || document()->characterCount() > 2 * MostText;
    if (m_shown < step ? isTooMuch || beginningFor(step, m_shown) > m_shown : isAllGone)
        return rebuildFor(step);
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
    if (text.size() > LongestPrint)
        text = text.first(LongestPrint) + u"…\n"_s;
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
    insert(cursor, text, format);
}

/// Places, as Python and Twisted write them, become links.
void ConsolePane::insert(QTextCursor &cursor, const QString &text, const QTextCharFormat &format) const
{
    static const QRegularExpression place(u"(?:File )?\"([^\"\\n]+)\", line (\\d+)"_s);
    QTextCharFormat linked = format;
    linked.setAnchor(true);
    linked.setFontUnderline(true);
    qsizetype done = 0;
    for (const QRegularExpressionMatch &match : place.globalMatch(text)) {
        cursor.insertText(text.sliced(done, match.capturedStart() - done), format);
        linked.setAnchorHref(match.captured(2) + u' ' + match.captured(1));
        cursor.insertText(match.captured(), linked);
        done = match.capturedEnd();
    }
    cursor.insertText(text.sliced(done), format);
}

bool ConsolePane::follow(const QString &link)
{
    if (link.isEmpty())
        return false;
    Q_EMIT placeActivated(link.section(u' ', 1), link.section(u' ', 0, 0).toInt());
    return true;
}

void ConsolePane::mouseMoveEvent(QMouseEvent *event)
{
    viewport()->setCursor(anchorAt(event->pos()).isEmpty() ? Qt::IBeamCursor : Qt::PointingHandCursor);
    QPlainTextEdit::mouseMoveEvent(event);
}

void ConsolePane::mouseReleaseEvent(QMouseEvent *event)
{
    QPlainTextEdit::mouseReleaseEvent(event);
    if (event->button() == Qt::LeftButton && !textCursor().hasSelection())
        follow(anchorAt(event->pos()));
}

void ConsolePane::keyPressEvent(QKeyEvent *event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isReturn || !follow(textCursor().charFormat().anchorHref()))
        QPlainTextEdit::keyPressEvent(event);
}

} // namespace deferscope::ui
