// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas/painting.h"

#include <QGraphicsItem>
#include <QStyleOptionGraphicsItem>

namespace deferscope::ui {

/// The colours of what is there, and of what is gone.
struct ThemePair
{
    Theme live;
    Theme gone;
};

/// From the back to the front.
enum class Layer : quint8 { Chain, Wire, Row, Token };

/// Shows one piece of a RailwayLayout. It owns no truth: sync() is the only way in, and paint() decides
/// nothing.
template <typename Piece> class PieceItem : public QGraphicsItem
{
public:
    PieceItem(const ThemePair &themes, Layer layer)
        : m_themes(themes)
    {
        setZValue(qreal(layer));
        setAcceptedMouseButtons(Qt::NoButton); // the mouse is the view's business
    }

    void sync(const Piece &piece)
    {
        if (piece == m_piece)
            return;
        prepareGeometryChange();
        m_piece = piece;
        m_bounds = boundsOf(piece);
        update();
    }

    QRectF boundingRect() const override { return m_bounds; }

protected:
    virtual QRectF boundsOf(const Piece &piece) const = 0;
    const Theme &theme() const
    {
        if constexpr (requires { m_piece.isGone; })
            return m_piece.isGone ? m_themes.gone : m_themes.live;
        else
            return m_themes.live;
    }
    const Piece &piece() const { return m_piece; }
    static Detail detailOf(const QPainter &painter)
    {
        return detailAt(QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform()));
    }

private:
    const ThemePair &m_themes;
    Piece m_piece;
    QRectF m_bounds;
};

class ChainItem final : public PieceItem<ChainLayout>
{
public:
    explicit ChainItem(const ThemePair &themes)
        : PieceItem(themes, Layer::Chain)
    {
    }
    void setSelected(bool selected); ///< by the ViewState
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

protected:
    QRectF boundsOf(const ChainLayout &chain) const override;

private:
    bool m_isSelected = false;
};

class RowItem final : public PieceItem<RowLayout>
{
public:
    explicit RowItem(const ThemePair &themes)
        : PieceItem(themes, Layer::Row)
    {
    }
    void setSelected(bool selected);
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

protected:
    QRectF boundsOf(const RowLayout &row) const override;

private:
    bool m_isSelected = false;
};

class WireItem final : public PieceItem<WireLayout>
{
public:
    explicit WireItem(const ThemePair &themes)
        : PieceItem(themes, Layer::Wire)
    {
    }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

protected:
    QRectF boundsOf(const WireLayout &wire) const override;
};

/// Its position is how far it is from where the layout has it; zero but while it travels.
class TokenItem final : public PieceItem<TokenLayout>
{
public:
    explicit TokenItem(const ThemePair &themes)
        : PieceItem(themes, Layer::Token)
    {
    }
    void showAt(QPointF centre) { setPos(centre - piece().frame.center()); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

protected:
    QRectF boundsOf(const TokenLayout &token) const override;
};

} // namespace deferscope::ui
