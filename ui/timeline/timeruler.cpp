// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeruler.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>

#include <cmath>

namespace deferscope::ui {

namespace {

constexpr double Margin = 24;
constexpr double AxisHeight = 20;
constexpr double FlagWidth = 12;
constexpr double Snap = 0.1; ///< seconds

} // namespace

TimeRuler::TimeRuler(const Session &session, const ViewState &viewState, const Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_viewState(viewState)
    , m_theme(theme)
{
    setObjectName(QStringLiteral("timeRuler"));
    setAccessibleName(tr("Time of the run"));
    setFocusPolicy(Qt::TabFocus);
    setMouseTracking(true);
    setFixedHeight(sizeHint().height());
    connect(&session, &Session::traceGrew, this, &TimeRuler::refresh);
    connect(&session, &Session::loaded, this, &TimeRuler::refresh);
    connect(&viewState, &ViewState::stepChanged, this, qOverload<>(&QWidget::update));
}

void TimeRuler::setTheme(const Theme &theme)
{
    m_theme = theme;
    update();
}

void TimeRuler::refresh()
{
    const Trace &trace = m_session.trace();
    m_marks = timerMarksOf(trace);
    if (m_chosen >= m_marks.size())
        m_chosen = -1;
    if (m_dragged < 0) { // while a flag is dragged the scale stays, or it would run away from the mouse
        const double end = trace.timeOf(trace.size());
        double last = end;
        for (const TimerMark &mark : std::as_const(m_marks))
            last = mark.due <= end * 2 + 1 ? qMax(last, mark.due) : last;
        m_span = qMax(1.0, last * 1.1);
    }
    update();
}

double TimeRuler::xOf(double seconds) const { return Margin + seconds / m_span * (width() - 2 * Margin); }

QRectF TimeRuler::flagOf(int mark) const
{
    const double x = xOf(m_marks.at(mark).due);
    return {x - FlagWidth / 2, height() - AxisHeight - 18, FlagWidth, 16};
}

int TimeRuler::markAt(QPointF place) const
{
    for (int i = int(m_marks.size()) - 1; i >= 0; --i) {
        if (m_marks.at(i).site && flagOf(i).adjusted(-3, -4, 3, 4).contains(place))
            return i;
    }
    return -1;
}

void TimeRuler::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), m_theme.surface);
    painter.setPen(m_theme.border);
    painter.drawLine(0, 0, width(), 0);
    const double axis = height() - AxisHeight;
    painter.drawLine(QPointF(Margin, axis), QPointF(width() - Margin, axis));
    QFont small = m_theme.body;
    small.setPixelSize(11);
    painter.setFont(small);
    const double step = axisStep(m_span, width() - 2 * Margin);
    for (double time = 0; time <= m_span; time += step) {
        painter.setPen(m_theme.border);
        painter.drawLine(QPointF(xOf(time), axis), QPointF(xOf(time), axis + 4));
        painter.setPen(m_theme.textMuted);
        painter.drawText(QRectF(xOf(time) - 36, axis + 3, 72, AxisHeight - 4),
                         Qt::AlignHCenter | Qt::AlignTop,
                         tr("%1 s").arg(QLocale::c().toString(time, 'g', 6)));
    }
    double labelEnd = 0;
    for (int i = 0; i < m_marks.size(); ++i) {
        const TimerMark &mark = m_marks.at(i);
        const QRectF flag = flagOf(i);
        const bool isChosen = i == m_chosen || i == m_dragged;
        painter.setPen(QPen(isChosen ? m_theme.selection : m_theme.callback, isChosen ? 3 : 1.5));
        painter.setBrush(mark.site ? m_theme.callbackFill : m_theme.surface);
        painter.drawLine(QPointF(flag.center().x(), flag.bottom()), QPointF(flag.center().x(), axis));
        painter.drawRoundedRect(flag, 3, 3);
        const QString label = painter.fontMetrics().elidedText(mark.label, Qt::ElideMiddle, 140);
        const double textBegin = flag.right() + 4;
        if (textBegin < labelEnd)
            continue; // the tool tip says it
        painter.setPen(m_theme.textMuted);
        painter.drawText(QPointF(textBegin, flag.center().y() + 4), label);
        labelEnd = textBegin + painter.fontMetrics().horizontalAdvance(label) + 8;
    }
    const EventIndex shown = m_viewState.step();
    if (shown > 0 && shown <= m_session.trace().size()) {
        const double now = xOf(m_session.trace().timeOf(shown - 1));
        painter.setPen(QPen(m_theme.waitingLine(), 2));
        painter.drawLine(QPointF(now, 4), QPointF(now, axis + 4));
    }
    if (hasFocus()) {
        painter.setPen(QPen(m_theme.selection, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(QRectF(rect()).adjusted(1, 1, -1, -1));
    }
}

bool TimeRuler::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int mark = markAt(help->pos());
    if (mark < 0) {
        QToolTip::hideText();
        return true;
    }
    const TimerMark &shown = m_marks.at(mark);
    QToolTip::showText(help->globalPos(),
                       tr("%1 is called at %2 s (line %3). Drag it to another time.")
                           .arg(shown.label)
                           .arg(shown.due, 0, 'f', 2)
                           .arg(shown.site.line));
    return true;
}

void TimeRuler::choose(int mark)
{
    m_chosen = mark;
    if (mark >= 0)
        setAccessibleDescription(
            tr("%1 at %2 s").arg(m_marks.at(mark).label).arg(m_marks.at(mark).due, 0, 'f', 2));
    update();
}

void TimeRuler::moveMark(int mark, double delay)
{
    const double snapped = qMax(0.0, std::round(delay / Snap) * Snap);
    if (std::abs(snapped - m_marks.at(mark).delay()) > Snap / 4)
        Q_EMIT delayChanged(m_marks.at(mark).site, snapped, m_dragging);
}

void TimeRuler::mousePressEvent(QMouseEvent *event)
{
    const int mark = markAt(event->position());
    choose(mark);
    if (mark < 0 || event->button() != Qt::LeftButton)
        return;
    m_dragged = mark;
    ++m_dragging;
    m_grabbed = event->position().x() - xOf(m_marks.at(mark).due);
}

void TimeRuler::mouseMoveEvent(QMouseEvent *event)
{
    if (m_dragged < 0 || m_dragged >= m_marks.size()) {
        setCursor(markAt(event->position()) < 0 ? Qt::ArrowCursor : Qt::SizeHorCursor);
        return;
    }
    const double time = (event->position().x() - m_grabbed - Margin) / (width() - 2 * Margin) * m_span;
    moveMark(m_dragged, time - m_marks.at(m_dragged).scheduled);
}

void TimeRuler::mouseReleaseEvent(QMouseEvent *)
{
    m_dragged = -1;
    refresh();
}

void TimeRuler::keyPressEvent(QKeyEvent *event)
{
    const bool isMove = event->modifiers() & Qt::ControlModifier;
    const int by = event->key() == Qt::Key_Right || event->key() == Qt::Key_Down ? 1
        : event->key() == Qt::Key_Left || event->key() == Qt::Key_Up             ? -1
                                                                                 : 0;
    if (by == 0 || m_marks.isEmpty()) {
        QWidget::keyPressEvent(event);
    } else if (!isMove) {
        choose(qBound(0, m_chosen + by, int(m_marks.size()) - 1));
    } else if (m_chosen >= 0 && m_marks.at(m_chosen).site) {
        ++m_dragging;
        moveMark(m_chosen, m_marks.at(m_chosen).delay() + by * Snap);
    }
}

} // namespace deferscope::ui
