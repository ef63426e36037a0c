// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas/painting.h"

#include <QGraphicsItem>
#include <QStyleOptionGraphicsItem>

namespace deferscope::ui {

/// From the back to the front.
enum class Layer : quint8 { Chain, Wire, Row, Token };

/// Shows one piece of a RailwayLayout. It owns no truth: sync() is the only way in, and paint() decides nothing.
template <typename Piece>
class PieceItem : public QGraphicsItem
{
public:
    PieceItem(const Theme &theme, Layer layer)
        : m_theme(theme)
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
    const Theme &theme() const { return m_theme; }
    const Piece &piece() const { return m_piece; }
    static Detail detailOf(const QPainter &painter)
    {
        return detailAt(QStyleOptionGraphicsItem::levelOfDetailFromTransform(painter.worldTransform()));
    }

private:
    const Theme &m_theme;
    Piece m_piece;
    QRectF m_bounds;
};

class ChainItem final : public PieceItem<ChainLayout>
{
public:
    explicit ChainItem(const Theme &theme)
        : PieceItem(theme, Layer::Chain)
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
    explicit RowItem(const Theme &theme)
        : PieceItem(theme, Layer::Row)
    {
    }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

protected:
    QRectF boundsOf(const RowLayout &row) const override;
};

class WireItem final : public PieceItem<WireLayout>
{
public:
    explicit WireItem(const Theme &theme)
        : PieceItem(theme, Layer::Wire)
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
    explicit TokenItem(const Theme &theme)
        : PieceItem(theme, Layer::Token)
    {
    }
    void showAt(QPointF centre) { setPos(centre - piece().frame.center()); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *) override;

protected:
    QRectF boundsOf(const TokenLayout &token) const override;
};

} // namespace deferscope::ui
