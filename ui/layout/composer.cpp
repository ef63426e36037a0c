// SPDX-License-Identifier: GPL-3.0-or-later
// One Deferred as a whole: its header, its rails, and where its result stands.
#include "composer.h"

#include "engine/trace/traceline.h"
#include "ui/narration/words.h"

#include <algorithm>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

Composer::Composer(const Trace &trace, const Snapshot &snapshot, const DeferredSnapshot &deferred,
                   const ChainPlan &plan, const LayoutMetrics &metrics)
    : m_trace(trace)
    , m_snapshot(snapshot)
    , m_deferred(deferred)
    , m_plan(plan)
    , m_metrics(metrics)
    , m_change(changeAt(trace, snapshot))
{
}

ChainLayout Composer::chain() const
{
    ChainLayout chain;
    chain.id = m_deferred.id;
    chain.frame = m_plan.frame;
    addHeader(chain);
    chain.callbackRail = x(Side::Callback);
    chain.errbackRail = x(Side::Errback);
    chain.railBottom = y(rowTop(int(m_deferred.links.size())) + m_metrics.railEnd);
    chain.railTop = y(m_metrics.headerBottom() + m_metrics.bodyHeight(m_plan.awaits));
    chain.tracks = tracks();
    for (int number = 0; number < m_deferred.awaits.size(); ++number)
        chain.awaits.append(await(number));
    chain.rows.reserve(m_deferred.links.size());
    for (int link = 0; link < m_deferred.links.size(); ++link)
        chain.rows.append(row(link));
    chain.token = token();
    chain.isGone = m_deferred.destroyed >= 0;
    chain.isChanged = m_change.touchesHeader(chain.id);
    chain.description = describe(chain);
    return chain;
}

QString Composer::name(DeferredId id) const { return displayName(m_trace, id); }

qreal Composer::x(Side side) const
{
    const qreal first = m_plan.frame.left() + m_metrics.columnPadding + m_plan.lane / 2;
    return side == Side::Callback ? first : first + m_plan.lane + m_metrics.columnPadding;
}

QRectF Composer::laneBox(Side side, qreal top) const
{
    return {x(side) - m_plan.lane / 2, y(top), m_plan.lane, m_metrics.rowHeight};
}

QRectF Composer::wideBox(qreal top) const
{
    return laneBox(Side::Callback, top) | laneBox(Side::Errback, top);
}

void Composer::addHeader(ChainLayout &chain) const
{
    chain.header = QRectF(m_plan.frame.left(), y(m_metrics.annotationHeight), m_plan.frame.width(),
                          m_metrics.headerHeight);
    chain.number = u'#' + QString::number(m_deferred.id.value);
    const QString full = name(m_deferred.id);
    chain.isNamed = full != chain.number;
    const QString className
        = m_deferred.created < 0 ? u"Deferred"_s : m_trace.text(m_trace.at(m_deferred.created));
    const QString shown = chain.isNamed ? full.chopped(chain.number.size() + 1) : className;
    const qreal room = chain.header.width() - 3 * m_metrics.columnPadding
        - m_metrics.widthOf(TextRole::Name, chain.number);
    chain.name = m_metrics.fitted(TextRole::Name, shown, room);
    chain.annotation = annotation();
    chain.isExpected = m_deferred.fired < 0 && timerThatFires();
    chain.isTimed = m_deferred.fired >= 0 || chain.isExpected;
    chain.badges = badges();
}

const TimerInfo *Composer::timerThatFires() const
{
    for (const TimerSnapshot &timer : m_snapshot.timers)
        if (const TimerInfo &info = m_trace.timer(m_trace.at(timer.scheduled)); info.fires == m_deferred.id)
            return &info;
    return nullptr;
}

QString Composer::firingWords() const
{
    if (m_deferred.fired >= 0) {
        const TraceEvent &fire = m_trace.at(m_deferred.fired);
        const ValueText &value = m_trace.value(fire);
        const QString when = secondsText(m_trace.timeOf(m_deferred.fired));
        return (value.kind == ValueText::Kind::Failure ? tr("failed at %1: %2") : tr("fired at %1 with %2"))
            .arg(when, valueWords(m_trace, value));
    }
    if (m_deferred.destroyed >= 0)
        return tr("never fired");
    if (const TimerInfo *timer = timerThatFires())
        return m_snapshot.stopped ? tr("would have fired at %1").arg(secondsText(timer->due))
                                  : tr("will fire at %1").arg(secondsText(timer->due));
    return tr("not fired yet");
}

NoteLayout Composer::annotation() const
{
    const qreal glyph = 20;
    const qreal room = m_plan.frame.width() - glyph;
    const QString text = m_metrics.fitted(TextRole::Note, firingWords(), room);
    const qreal width = m_metrics.widthOf(TextRole::Note, text);
    const qreal sign = m_deferred.fired >= 0 || timerThatFires() ? glyph : 0; // a clock stands before a time
    return {QRectF(m_plan.frame.center().x() - (width - sign) / 2, y(0), width, 20), text};
}

bool Composer::isRootOfWait() const
{
    const auto isWaitedFor = [this](const DeferredSnapshot &deferred, const auto &also) {
        return std::ranges::any_of(deferred.links, [&](const LinkSnapshot &link) {
            const DeferredSnapshot *waiter = m_snapshot.find(link.other);
            return link.purpose == LinkPurpose::HandOver && link.state == LinkState::Waiting && waiter
                && also(*waiter);
        });
    };
    return !m_deferred.waitingOn && isWaitedFor(m_deferred, [&](const DeferredSnapshot &waiter) {
        return isWaitedFor(waiter, [](const DeferredSnapshot &) { return true; });
    });
}

QString Composer::waitingWords() const
{
    const QString on = tr("WAITING ON #%1").arg(m_deferred.waitingOn.value);
    return tr("PAUSED ×%1").arg(m_deferred.paused()) + u" · "_s + on;
}

BadgeLayout Composer::stateBadge() const
{
    if (m_deferred.waitingOn)
        return {{}, waitingWords(), BadgeLook::Waiting};
    if (m_deferred.paused() != 0)
        return {{}, tr("PAUSED ×%1").arg(m_deferred.paused()), BadgeLook::Waiting};
    if (!m_deferred.called)
        return {{}, tr("UNFIRED"), BadgeLook::Plain};
    if (m_deferred.runningLink >= 0)
        return {{}, tr("RUNNING"), BadgeLook::Running};
    if (m_deferred.movedTo)
        return {{}, tr("MOVED → #%1").arg(m_deferred.movedTo.value), BadgeLook::Plain};
    if (m_trace.valueText(m_deferred.result).kind == ValueText::Kind::Failure)
        return {{}, tr("FAILURE"), BadgeLook::Failure};
    return {{}, tr("RESULT"), BadgeLook::Running};
}

/// Asked to cancel in time: before it had fired, or while it waited for one that could be cancelled.
bool Composer::wasCancelled() const
{
    return m_deferred.cancelled >= 0
        && (m_deferred.fired < 0 || m_deferred.cancelled < m_deferred.fired
            || m_trace.at(m_deferred.cancelled).other);
}

QList<BadgeLayout> Composer::badges() const
{
    QList<BadgeLayout> badges{stateBadge()};
    if (m_deferred.unhandled)
        badges.append({{}, tr("UNHANDLED"), BadgeLook::Trouble});
    if (wasCancelled())
        badges.append({{}, tr("CANCELLED"), BadgeLook::Failure});
    if (isRootOfWait())
        badges.append({{}, tr("ROOT OF WAIT"), BadgeLook::Waiting});
    if (m_deferred.destroyed >= 0)
        badges.append({{}, tr("GONE"), BadgeLook::Plain});

    qreal left = m_plan.frame.left() + m_metrics.columnPadding;
    const qreal right = m_plan.frame.right() - m_metrics.columnPadding;
    const qreal top = y(m_metrics.annotationHeight + 36);
    QList<BadgeLayout> fitting;
    for (BadgeLayout badge : badges) {
        const qreal width = m_metrics.widthOf(TextRole::Badge, badge.text) + 2 * 8;
        if (left + width > right && !fitting.isEmpty())
            break;
        badge.frame = QRectF(left, top, qMin(width, right - left), m_metrics.badgeHeight);
        left += width + 8;
        fitting.append(badge);
    }
    return fitting;
}

Side Composer::laneOf(ValueId value) const
{
    return m_trace.valueText(value).kind == ValueText::Kind::Failure ? Side::Errback : Side::Callback;
}

int Composer::slot() const
{
    const auto ahead = std::ranges::find_if(m_deferred.links, [](const LinkSnapshot &link) {
        return link.state == LinkState::Waiting || link.state == LinkState::Running;
    });
    return int(ahead - m_deferred.links.cbegin());
}

/// The rail the result is on. A Deferred that a link returned stays on the rail of the side that returned it.
Side Composer::currentLane() const
{
    const int at = slot();
    if (m_deferred.waitingOn && at > 0)
        return m_deferred.links.at(at - 1).side;
    return laneOf(m_deferred.result);
}

qreal Composer::tokenY() const
{
    const qreal docked = m_deferred.runningLink >= 0 ? 6 : 0; // it touches the row that works on it
    return y(slotCentre(slot()) + docked);
}

QList<TrackLayout> Composer::tracks() const
{
    if (!m_deferred.called)
        return {};
    QList<TrackLayout> tracks;
    const auto pieceTo = [&](QPointF from, Side fromSide, qreal below, Side side) {
        if (!qFuzzyCompare(from.y(), y(below)) || fromSide != side)
            tracks.append({from, {x(side), y(below)}, fromSide, side});
    };
    Side side = m_deferred.links.isEmpty() || slot() == 0 ? currentLane()
                                                          : laneOf(m_deferred.links.constFirst().in);
    QPointF at(x(side), y(m_metrics.headerBottom() + m_metrics.bodyHeight(m_plan.awaits)));
    for (int number = 0; number < slot(); ++number) {
        const LinkSnapshot &link = m_deferred.links.at(number);
        const Side entered = laneOf(link.in);
        pieceTo(at, side, rowTop(number), entered);
        side = entered;
        at = {x(side), y(rowTop(number) + (link.state == LinkState::PassedBy ? 0 : m_metrics.rowHeight))};
    }
    pieceTo(at, side, tokenY() - m_plan.frame.top(), currentLane());
    return tracks;
}

std::optional<TokenLayout> Composer::token() const
{
    if (!m_deferred.called)
        return std::nullopt;
    const ValueText &value = m_trace.valueText(m_deferred.result);
    TokenLayout token;
    token.chain = m_deferred.id;
    token.kind = value.kind;
    token.isLeftBehind = bool(m_deferred.movedTo);
    token.isChanged = m_change.touchesToken(m_deferred.id);
    token.isGone = m_deferred.destroyed >= 0;
    const qreal glyph = 20;
    const qreal room = m_plan.lane + 2 * m_metrics.columnPadding - glyph - 2 * m_metrics.textInset;
    const QString words = value.kind == ValueText::Kind::Deferred
        ? (value.typeName.isEmpty() ? u"Deferred"_s : value.typeName) + u" #"_s
            + QString::number(value.deferred.value)
        : valueWords(m_trace, value, Trace::MaximumText + 1);
    token.text = m_metrics.fitted(TextRole::Chip, words, room);
    token.toolTip = value.typeName.isEmpty() ? words : words + u" ("_s + value.typeName + u')';
    const qreal width = m_metrics.widthOf(TextRole::Chip, token.text) + glyph + 2 * m_metrics.textInset - 4;
    token.frame = QRectF(x(currentLane()) - width / 2, tokenY() - m_metrics.chipHeight / 2, width,
                         m_metrics.chipHeight);
    return token;
}

QString Composer::describe(const ChainLayout &chain) const
{
    QStringList words{name(m_deferred.id), chain.annotation.text};
    for (const BadgeLayout &badge : chain.badges)
        words.append(badge.text.toLower());
    if (chain.token)
        words.append(tr("holds %1").arg(chain.token->toolTip));
    words.append(tr("%n link(s)", nullptr, int(m_deferred.links.size())));
    return words.join(u", "_s);
}

} // namespace deferscope::ui
