// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspectorpane.h"

#include "engine/trace/traceline.h"
#include "ui/narration/narration.h"

#include <QVBoxLayout>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int LabelWidth = 88;
constexpr int Side = 16;

QFrame *hairline(const QColor &colour)
{
    auto *line = new QFrame;
    line->setFixedHeight(1);
    line->setAutoFillBackground(true);
    QPalette palette;
    palette.setColor(QPalette::Window, colour);
    line->setPalette(palette);
    return line;
}

} // namespace

InspectorPane::InspectorPane(const Session &session, const ViewState &viewState, const Theme &theme,
                             QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_viewState(viewState)
    , m_header(tr("Inspector"))
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(&m_header);
    layout->addWidget(&m_scroll);
    m_scroll.setFrameShape(QFrame::NoFrame);
    m_scroll.setWidgetResizable(true);
    m_scroll.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll.setAccessibleName(tr("Inspector"));
    setTheme(theme);
    connect(&session, &Session::traceReset, this, &InspectorPane::refresh);
    connect(&viewState, &ViewState::stepChanged, this, &InspectorPane::refresh);
    connect(&viewState, &ViewState::selectionChanged, this, &InspectorPane::refresh);
}

void InspectorPane::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_header.setTheme(theme);
    refresh();
}

DeferredId InspectorPane::subject() const
{
    const EventIndex step = m_viewState.step();
    if (step > m_session.trace().size())
        return {};
    const DeferredId selected = m_viewState.selection();
    return m_session.replay().at(step).find(selected) ? selected : subjectOf(m_session.trace(), step);
}

void InspectorPane::refresh()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Side, 0, Side, Side);
    layout->setSpacing(0);
    m_scroll.setWidget(content); // deletes the one before
    const DeferredId id = subject();
    m_header.setTitle(id ? displayName(m_session.trace(), id) : tr("Nothing yet"));
    if (!id) {
        auto *hint = label(tr("Facts about a Deferred stand here as soon as there is one. A click on one in "
                              "the railway keeps it here."),
                           m_theme.textMuted);
        layout->addWidget(hint);
        layout->addStretch();
        return;
    }
    showRows(inspectorRows(m_session.trace(), m_session.replay().at(m_viewState.step()), id));
    showReasons(id);
    layout->addStretch();
}

QLabel *InspectorPane::label(const QString &text, const QColor &colour)
{
    auto *result = new QLabel(text);
    result->setFont(m_theme.body);
    result->setWordWrap(true);
    result->setTextFormat(Qt::PlainText);
    result->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QPalette palette = m_theme.palette();
    palette.setColor(QPalette::WindowText, colour);
    result->setPalette(palette);
    return result;
}

void InspectorPane::showRows(const QList<InspectorRow> &rows)
{
    auto *layout = static_cast<QVBoxLayout *>(m_scroll.widget()->layout());
    for (const InspectorRow &row : rows) {
        layout->addWidget(rowWidget(row));
        layout->addWidget(hairline(m_theme.border));
    }
}

QWidget *InspectorPane::rowWidget(const InspectorRow &row)
{
    auto *widget = new QWidget;
    auto *layout = new QHBoxLayout(widget);
    layout->setContentsMargins(0, 8, 0, 8);
    layout->setSpacing(8);
    QLabel *name = label(row.label, m_theme.textMuted);
    name->setFixedWidth(LabelWidth);
    name->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    QLabel *text = label(row.text, m_theme.text);
    if (row.line > 0) {
        text->setTextFormat(Qt::RichText);
        text->setText(
            u"<a style=\"color:%1; text-decoration:none\" href=\"%2\">%3</a>"_s.arg(m_theme.callback.name())
                .arg(row.line)
                .arg(row.text.toHtmlEscaped()));
        text->setTextInteractionFlags(Qt::TextBrowserInteraction);
        text->setToolTip(tr("Show line %1").arg(row.line));
        connect(text, &QLabel::linkActivated, this,
                [this](const QString &link) { Q_EMIT lineActivated(link.toInt()); });
    }
    text->setAccessibleName(row.label);
    text->setObjectName(row.label);
    layout->addWidget(name);
    layout->addWidget(text, 1);
    return widget;
}

void InspectorPane::showReasons(DeferredId id)
{
    auto *layout = static_cast<QVBoxLayout *>(m_scroll.widget()->layout());
    const QStringList reasons = whyWaiting(m_session.trace(), m_session.replay().at(m_viewState.step()), id);
    if (reasons.isEmpty())
        return;
    QLabel *heading = label(tr("Why is nothing happening?"), m_theme.text);
    QFont bold = m_theme.body;
    bold.setWeight(QFont::DemiBold);
    heading->setFont(bold);
    layout->addSpacing(24);
    layout->addWidget(heading);
    layout->addSpacing(4);
    for (qsizetype depth = 0; depth < reasons.size(); ++depth) {
        QLabel *line = label(depth == 0 ? reasons.at(depth) : u"└ "_s + reasons.at(depth), m_theme.textMuted);
        line->setContentsMargins(int(std::min<qsizetype>(depth, 6)) * 12, 4, 0, 4);
        layout->addWidget(line);
    }
}

} // namespace deferscope::ui
