// SPDX-License-Identifier: GPL-3.0-or-later
#include "inspectorpane.h"

#include "engine/trace/traceline.h"
#include "ui/narration/narration.h"

#include <algorithm>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int Side = 16;
constexpr qsizetype MostReasons = 12; ///< a chain of a thousand waiting Deferreds is told by its two ends

/// The lines of \a reasons, or the first and the last of them when they are many.
QStringList shortened(const QStringList &reasons)
{
    if (reasons.size() <= MostReasons)
        return reasons;
    constexpr qsizetype Last = 3;
    constexpr qsizetype First = MostReasons - Last - 1;
    const qsizetype left = reasons.size() - First - Last;
    return reasons.first(First) + QStringList(InspectorPane::tr("… and %1 more like these").arg(left))
        + reasons.last(Last);
}

QString doneText(const DeferredSnapshot &deferred)
{
    if (deferred.parkedFailure)
        return InspectorPane::tr("It holds a Failure that nobody has handled.");
    if (deferred.runningLink >= 0)
        return InspectorPane::tr("Something is: one of its links runs.");
    const bool hasLinksLeft = std::ranges::any_of(
        deferred.links, [](const LinkSnapshot &link) { return link.state == LinkState::Waiting; });
    if (hasLinksLeft)
        return InspectorPane::tr("Something is: its next link is about to run.");
    return InspectorPane::tr("Its chain has run to the end. Nothing keeps it.");
}

} // namespace

InspectorPane::InspectorPane(const Session &session, const ViewState &viewState, const Theme &theme,
                             QWidget *parent)
    : QWidget(parent)
    , m_session(session)
    , m_viewState(viewState)
    , m_header(tr("Inspector"))
    , m_rowsLayout(new QVBoxLayout)
    , m_reasonsLayout(new QVBoxLayout)
{
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(&m_header);
    layout->addWidget(&m_scroll);
    buildContent();
    setTheme(theme);
    connect(&session, &Session::traceReset, this, &InspectorPane::refresh);
    connect(&session, &Session::traceGrew, this, &InspectorPane::refresh);
    connect(&viewState, &ViewState::stepChanged, this, &InspectorPane::refresh);
    connect(&viewState, &ViewState::selectionChanged, this, &InspectorPane::refresh);
}

void InspectorPane::buildContent()
{
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins(Side, 0, Side, Side);
    layout->setSpacing(0);
    layout->addLayout(m_rowsLayout);
    layout->addSpacing(24);
    layout->addWidget(&m_heading);
    layout->addSpacing(4);
    layout->addLayout(m_reasonsLayout);
    layout->addStretch();
    m_scroll.setWidget(content);
    m_scroll.setFrameShape(QFrame::NoFrame);
    m_scroll.setWidgetResizable(true);
    m_scroll.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll.setAccessibleName(tr("Inspector"));
}

void InspectorPane::setTheme(const Theme &theme)
{
    m_theme = theme;
    m_header.setTheme(theme);
    dress(m_heading, theme, theme.text);
    QFont bold = theme.body;
    bold.setWeight(QFont::DemiBold);
    m_heading.setFont(bold);
    for (FactRow *row : std::as_const(m_rows))
        row->setTheme(theme);
    for (QLabel *reason : std::as_const(m_reasons))
        dress(*reason, theme, theme.textMuted);
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
    const DeferredId id = subject();
    const Trace &trace = m_session.trace();
    m_header.setTitle(id ? displayName(trace, id) : tr("Nothing yet"));
    if (!id) {
        showRows({});
        showReasons({},
                    {tr("The facts about a Deferred stand here as soon as there is one. Click one in the "
                        "railway to keep it here.")});
        return;
    }
    const Snapshot &snapshot = m_session.replay().at(m_viewState.step());
    const QStringList reasons = whyWaiting(trace, snapshot, id);
    showRows(inspectorRows(trace, snapshot, id));
    showReasons(tr("Why is nothing happening?"),
                reasons.isEmpty() ? QStringList(doneText(*snapshot.find(id))) : shortened(reasons));
}

void InspectorPane::showRows(const QList<InspectorRow> &rows)
{
    while (m_rows.size() < rows.size()) {
        auto *row = new FactRow;
        row->setTheme(m_theme);
        connect(row, &FactRow::lineActivated, this, &InspectorPane::lineActivated);
        m_rowsLayout->addWidget(row);
        m_rows.append(row);
    }
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        m_rows.at(i)->setRow(i < rows.size() ? rows.at(i) : InspectorRow());
        m_rows.at(i)->setVisible(i < rows.size());
    }
}

QLabel *InspectorPane::addReason()
{
    auto *label = new QLabel;
    dress(*label, m_theme, m_theme.textMuted);
    m_reasonsLayout->addWidget(label);
    m_reasons.append(label);
    return label;
}

void InspectorPane::showReasons(const QString &heading, const QStringList &reasons)
{
    m_heading.setText(heading);
    m_heading.setVisible(!heading.isEmpty());
    for (qsizetype depth = 0; depth < std::max(reasons.size(), m_reasons.size()); ++depth) {
        QLabel *label = depth < m_reasons.size() ? m_reasons.at(depth) : addReason();
        label->setVisible(depth < reasons.size());
        if (depth >= reasons.size())
            continue;
        label->setText(depth == 0 ? reasons.at(depth) : u"└ "_s + reasons.at(depth));
        label->setContentsMargins(int(std::min<qsizetype>(depth, 6)) * 12, 4, 0, 4);
    }
}

} // namespace deferscope::ui
