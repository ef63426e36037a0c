// SPDX-License-Identifier: GPL-3.0-or-later
#include "railwayscene.h"

#include <cmath>

namespace deferscope::ui {

namespace {

template <typename Piece> using Pieces = QList<std::pair<std::pair<quint64, quint64>, const Piece *>>;

std::pair<quint64, quint64> keyOf(const WireLayout &wire)
{
    const auto packed = [](DeferredId id, int link) { return (quint64(id.value) << 32) + quint32(link + 1); };
    return {packed(wire.waiter, wire.waiterLink), packed(wire.inner, wire.entry)};
}

/// How far \a to is in the direction of \a arrow, with what is off to the side counted double; below 0 when
/// it is not.
qreal distanceTowards(QPointF from, QPointF to, Qt::Key arrow)
{
    const QPointF way = to - from;
    const bool isHorizontal = arrow == Qt::Key_Left || arrow == Qt::Key_Right;
    const qreal sign = arrow == Qt::Key_Left || arrow == Qt::Key_Up ? -1 : 1;
    const qreal along = sign * (isHorizontal ? way.x() : way.y());
    const qreal aside = std::abs(isHorizontal ? way.y() : way.x());
    return along < 1 || aside > 3 * along ? -1 : along + 2 * aside;
}

} // namespace

RailwayScene::RailwayScene(const Theme &theme, QObject *parent)
    : QGraphicsScene(parent)
    , m_themes{theme, theme.faded()}
    , m_chains(*this, m_themes)
    , m_wires(*this, m_themes)
    , m_rows(*this, m_themes)
    , m_tokens(*this, m_themes)
{
    setBackgroundBrush(theme.canvas);
    m_animation.setStartValue(0.0);
    m_animation.setEndValue(1.0);
    m_animation.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_animation, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &progress) { moveTraveller(progress.toDouble()); });
}

void RailwayScene::setTheme(const Theme &theme)
{
    m_themes = {theme, theme.faded()};
    setBackgroundBrush(theme.canvas);
    update();
}

void RailwayScene::show(const RailwayLayout &layout)
{
    endTravel();
    m_layout = layout;
    setSceneRect(layout.bounds);

    Pieces<ChainLayout> chains;
    Pieces<RowLayout> rows;
    Pieces<TokenLayout> tokens;
    Pieces<WireLayout> wires;
    for (const ChainLayout &chain : m_layout.chains) {
        chains.append({{chain.id.value, 0}, &chain});
        for (const RowLayout &row : chain.rows)
            rows.append({{chain.id.value, quint64(row.link)}, &row});
        if (chain.token)
            tokens.append({{chain.id.value, 0}, &*chain.token});
    }
    for (const WireLayout &wire : m_layout.wires)
        wires.append({keyOf(wire), &wire});
    m_chains.sync(chains);
    m_rows.sync(rows);
    m_tokens.sync(tokens);
    m_wires.sync(wires);

    for (const ChainLayout &chain : m_layout.chains) {
        for (const RowLayout &row : chain.rows)
            m_rows.find({chain.id.value, quint64(row.link)})->setToolTip(row.toolTip);
        if (chain.token)
            m_tokens.find({chain.id.value, 0})->setToolTip(chain.token->toolTip);
    }
    select(m_selection);
}

void RailwayScene::select(DeferredId deferred)
{
    m_selection = deferred;
    for (const ChainLayout &chain : std::as_const(m_layout.chains))
        m_chains.find({chain.id.value, 0})->setSelected(chain.id == deferred);
}

void RailwayScene::travel(const Travel &travel, int milliseconds)
{
    endTravel();
    m_travel = travel;
    if (!traveller())
        return;
    m_animation.setDuration(milliseconds);
    m_animation.start();
}

void RailwayScene::moveTraveller(qreal progress)
{
    if (TokenItem *token = traveller())
        token->showAt(m_travel.path.pointAtPercent(qBound(0.0, progress, 1.0)));
}

void RailwayScene::endTravel()
{
    m_animation.stop();
    if (TokenItem *token = traveller())
        token->setPos(0, 0);
    m_travel = {};
}

DeferredId RailwayScene::deferredAt(QPointF place) const
{
    for (const ChainLayout &chain : m_layout.chains)
        if (chain.frame.contains(place))
            return chain.id;
    return {};
}

DeferredId RailwayScene::neighbourOf(DeferredId deferred, Qt::Key arrow) const
{
    const ChainLayout *from = m_layout.find(deferred);
    if (!from)
        return m_layout.chains.isEmpty() ? DeferredId() : m_layout.chains.constFirst().id;
    DeferredId nearest;
    qreal shortest = 0;
    for (const ChainLayout &chain : m_layout.chains) {
        const qreal distance = distanceTowards(from->header.center(), chain.header.center(), arrow);
        if (distance > 0 && (!nearest || distance < shortest)) {
            nearest = chain.id;
            shortest = distance;
        }
    }
    return nearest;
}

} // namespace deferscope::ui
