// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas/items.h"
#include "ui/layout/travel.h"

#include <QGraphicsScene>
#include <QHash>
#include <QVariantAnimation>

namespace deferscope::ui {

/// Items of one class by what they show, so that the next layout finds those that stay.
template <typename Item> class ItemSet
{
public:
    using Key = std::pair<quint64, quint64>;

    ItemSet(QGraphicsScene &scene, const ThemePair &themes)
        : m_scene(scene)
        , m_themes(themes)
    {
    }

    Item *find(Key key) const { return m_items.value(key); }

    /// Makes the items those that \a pieces are, each made, kept or removed.
    template <typename Piece> void sync(const QList<std::pair<Key, const Piece *>> &pieces)
    {
        QHash<Key, Item *> kept;
        kept.reserve(pieces.size());
        for (const auto &[key, piece] : pieces) {
            Item *item = m_items.take(key);
            if (!item) {
                item = new Item(m_themes);
                m_scene.addItem(item);
            }
            item->sync(*piece);
            kept.insert(key, item);
        }
        qDeleteAll(m_items);
        m_items = kept;
    }

private:
    QGraphicsScene &m_scene;
    const ThemePair &m_themes;
    QHash<Key, Item *> m_items;
};

/// The items of the railway, kept in step with one RailwayLayout, and the one token that may be on its way.
class RailwayScene final : public QGraphicsScene
{
    Q_OBJECT

public:
    explicit RailwayScene(const Theme &theme, QObject *parent = nullptr);

    void setTheme(const Theme &theme);
    void show(const RailwayLayout &layout);                    ///< at once; ends a travel
    void travel(const Travel &travel, int milliseconds);       ///< moves a token to where it is shown already
    void select(const QList<DeferredId> &deferreds, int link); ///< link: of the last one; -1: none

    const RailwayLayout &shown() const { return m_layout; }
    bool isTravelling() const { return m_animation.state() == QAbstractAnimation::Running; }
    DeferredId deferredAt(QPointF place) const;
    int linkAt(QPointF place) const; ///< of that Deferred; -1: none
    int slotAt(QPointF place) const; ///< of that Deferred: in front of which link a new one would stand
    QLineF slotLine(DeferredId deferred, int slot) const; ///< where that is
    DeferredId neighbourOf(DeferredId deferred,
                           Qt::Key arrow) const; ///< Down: the next by number; Up: the previous

private:
    void moveTraveller(qreal progress);
    void endTravel();
    TokenItem *traveller() const { return m_tokens.find({m_travel.chain.value, 0}); }

    ThemePair m_themes;
    RailwayLayout m_layout;
    QList<DeferredId> m_selected;
    int m_selectedLink = -1;
    ItemSet<ChainItem> m_chains;
    ItemSet<WireItem> m_wires;
    ItemSet<RowItem> m_rows;
    ItemSet<TokenItem> m_tokens;
    Travel m_travel;
    QVariantAnimation m_animation;
};

} // namespace deferscope::ui
