// SPDX-License-Identifier: GPL-3.0-or-later
#include "items.h"

namespace deferscope::ui {

namespace {

QRectF grown(const QRectF &frame, qreal by) { return frame.adjusted(-by, -by, by, by); }

} // namespace

void ChainItem::setSelected(bool selected)
{
    if (selected == m_isSelected)
        return;
    m_isSelected = selected;
    update();
}

QRectF ChainItem::boundsOf(const ChainLayout &chain) const
{
    return grown(chain.frame | chain.annotation.frame
                     | QRectF(chain.callbackRail - 8, chain.header.bottom(), 16,
                              chain.railBottom - chain.header.bottom()),
                 12);
}

void ChainItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    paintChain(*painter, theme(), piece(), detailOf(*painter), m_isSelected);
}

QRectF RowItem::boundsOf(const RowLayout &row) const { return grown(row.frame() | row.tag.frame, 12); }

void RowItem::setSelected(bool selected)
{
    if (selected == m_isSelected)
        return;
    m_isSelected = selected;
    update();
}

void RowItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    paintRow(*painter, theme(), piece(), detailOf(*painter));
    if (m_isSelected)
        paintRowSelection(*painter, theme(), piece());
}

QRectF WireItem::boundsOf(const WireLayout &wire) const
{
    return grown(wire.path.boundingRect() | wire.label.frame, 12);
}

void WireItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    paintWire(*painter, theme(), piece(), detailOf(*painter));
}

QRectF TokenItem::boundsOf(const TokenLayout &token) const { return grown(token.frame, 8); }

void TokenItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *, QWidget *)
{
    paintToken(*painter, theme(), piece(), detailOf(*painter));
}

} // namespace deferscope::ui
