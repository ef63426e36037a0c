// SPDX-License-Identifier: GPL-3.0-or-later
#include "glyphs.h"

#include <QPainterPath>

namespace deferscope::ui {

namespace {

/// The strokes of a glyph in a square from -0.5 to 0.5.
QPainterPath strokesOf(Glyph glyph)
{
    QPainterPath path;
    const auto line = [&path](std::initializer_list<QPointF> points) {
        path.moveTo(*points.begin());
        for (const QPointF *point = points.begin() + 1; point != points.end(); ++point)
            path.lineTo(*point);
    };
    switch (glyph) {
    case Glyph::Tick: line({{-0.36, 0.02}, {-0.1, 0.28}, {0.38, -0.28}}); break;
    case Glyph::Cross:
        line({{-0.3, -0.3}, {0.3, 0.3}});
        line({{-0.3, 0.3}, {0.3, -0.3}});
        break;
    case Glyph::Play: line({{-0.3, -0.4}, {0.42, 0}, {-0.3, 0.4}, {-0.3, -0.4}}); break;
    case Glyph::Diamond: line({{0, -0.5}, {0.5, 0}, {0, 0.5}, {-0.5, 0}, {0, -0.5}}); break;
    case Glyph::Dot:
    case Glyph::Ring: path.addEllipse(QRectF(-0.4, -0.4, 0.8, 0.8)); break;
    case Glyph::Clock:
        path.addEllipse(QRectF(-0.48, -0.48, 0.96, 0.96));
        line({{0, -0.26}, {0, 0.03}, {0.2, 0.14}});
        break;
    case Glyph::HandOver:
        line({{-0.18, -0.12}, {-0.46, 0.16}, {-0.18, 0.44}});
        path.moveTo(-0.42, 0.16);
        path.lineTo(0.14, 0.16);
        path.cubicTo({0.54, 0.16}, {0.54, -0.38}, {0.14, -0.38});
        path.lineTo(-0.2, -0.38);
        break;
    case Glyph::Chevron:
        line({{-0.3, -0.32}, {0, -0.04}, {0.3, -0.32}});
        line({{-0.3, 0.06}, {0, 0.34}, {0.3, 0.06}});
        break;
    case Glyph::ArrowDown:
        line({{0, -0.5}, {0, 0.46}});
        line({{-0.28, 0.16}, {0, 0.46}, {0.28, 0.16}});
        break;
    case Glyph::Entry:
        line({{-0.4, -0.26}, {0.4, -0.26}});
        line({{-0.4, 0.02}, {0.4, 0.02}});
        line({{-0.4, 0.3}, {0.1, 0.3}});
        break;
    case Glyph::Warning:
        line({{0, -0.44}, {0.5, 0.42}, {-0.5, 0.42}, {0, -0.44}});
        line({{0, -0.12}, {0, 0.14}});
        line({{0, 0.27}, {0, 0.28}});
        break;
    }
    return path;
}

bool isFilled(Glyph glyph) { return glyph == Glyph::Play || glyph == Glyph::Dot; }

} // namespace

void drawGlyph(QPainter &painter, Glyph glyph, QPointF centre, qreal size, const QColor &color)
{
    painter.save();
    painter.translate(centre);
    painter.scale(size, size);
    const qreal width = qMax(1.4, size / 8) / size;
    painter.setPen(isFilled(glyph) ? QPen(Qt::NoPen)
                                   : QPen(color, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(isFilled(glyph) ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawPath(strokesOf(glyph));
    painter.restore();
}

} // namespace deferscope::ui
