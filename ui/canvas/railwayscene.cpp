// SPDX-License-Identifier: GPL-3.0-or-later
#include "railwayscene.h"

namespace deferscope::ui {

namespace {

template <typename Piece> using Pieces = QList<std::pair<std::pair<quint64, quint64>, const Piece *>>;

std::pair<quint64, quint64> keyOf(const WireLayout &wire)
{
    const auto packed = [](DeferredId id, int link) { return (quint64(id.value) << 32) + quint32(link + 1); };
    return {packed(wire.waiter, wire.waiterLink), packed(wire.inner, wire.entry)};
}

/// Apart from the links, which are counted from 0 too.
std::pair<quint64, quint64> awaitKey(const ChainLayout &chain, const RowLayout &await)
{
    return {chain.id.value, (quint64(1) << 32) + quint64(await.link)};
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
        for (const RowLayout &row : chain.awaits)
            rows.append({awaitKey(chain, row), &row});
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
        for (const RowLayout &row : chain.awaits)
            m_rows.find(awaitKey(chain, row))->setToolTip(row.toolTip);
        for (const RowLayout &row : chain.rows)
            m_rows.find({chain.id.value, quint64(row.link)})->setToolTip(row.toolTip);
        if (chain.token)
            m_tokens.find({chain.id.value, 0})->setToolTip(chain.token->toolTip);
    }
    select(m_selected, m_selectedLink);
}

void RailwayScene::select(const QList<DeferredId> &deferreds, int link)
{
    m_selected = deferreds;
    m_selectedLink = link;
    const DeferredId last = deferreds.isEmpty() ? DeferredId() : deferreds.constLast();
    for (const ChainLayout &chain : std::as_const(m_layout.chains)) {
        m_chains.find({chain.id.value, 0})->setSelected(deferreds.contains(chain.id));
        for (const RowLayout &row : chain.rows)
            m_rows.find({chain.id.value, quint64(row.link)})
                ->setSelected(chain.id == last && row.link == link);
    }
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

int RailwayScene::linkAt(QPointF place) const
{
    const ChainLayout *chain = m_layout.find(deferredAt(place));
    if (!chain)
        return -1;
    for (const RowLayout &row : chain->rows)
        if (row.frame().contains(place))
            return row.link;
    return -1;
}

int RailwayScene::slotAt(QPointF place) const
{
    const ChainLayout *chain = m_layout.find(deferredAt(place));
    if (!chain)
        return -1;
    int slot = 0;
    for (const RowLayout &row : chain->rows)
        slot += place.y() > row.frame().center().y() ? 1 : 0;
    return slot;
}

QLineF RailwayScene::slotLine(DeferredId deferred, int slot) const
{
    constexpr qreal Below = 28; // the last row, or the names of the rails
    const ChainLayout *chain = m_layout.find(deferred);
    if (!chain)
        return {};
    const qsizetype count = chain->rows.size();
    qreal y = chain->railTop + Below;
    if (count > 0 && slot >= count)
        y = chain->rows.constLast().frame().bottom() + Below;
    else if (count > 0)
        y = chain->rows.at(slot).frame().top() - Below;
    return {chain->header.left(), y, chain->header.right(), y};
}

DeferredId RailwayScene::neighbourOf(DeferredId deferred, Qt::Key arrow) const
{
    DeferredId nearest;
    for (const ChainLayout &chain : m_layout.chains) {
        const bool isBeyond
            = arrow == Qt::Key_Down ? chain.id.value > deferred.value : chain.id.value < deferred.value;
        const bool isNearer
            = arrow == Qt::Key_Down ? chain.id.value < nearest.value : chain.id.value > nearest.value;
        if (isBeyond && (!nearest || isNearer))
            nearest = chain.id;
    }
    return nearest;
}

} // namespace deferscope::ui
