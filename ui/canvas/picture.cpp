// SPDX-License-Identifier: GPL-3.0-or-later
#include "picture.h"

#include "engine/replay/replay.h"
#include "ui/canvas/cardpainting.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/painting.h"
#include "ui/narration/words.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QImage>
#include <QSvgGenerator>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("Picture", text); }

/// A step of a trace as a page: title, railway, sentence.
class Page
{
public:
    Page(const Trace &trace, const PictureOptions &options);

    QSizeF size() const { return {m_width, m_railwayTop + m_layout.bounds.height() + m_cardHeight + Margin}; }
    QString title() const { return m_options.title; }
    QString description() const { return m_sentence.headline + u' ' + m_sentence.detail; }
    void paint(QPainter &painter) const;

private:
    static constexpr qreal Margin = 32;
    static constexpr qreal HeaderHeight = 72;
    static constexpr qreal SmallestWidth = 760;
    static constexpr qreal LargestCard = 960;

    void paintTitle(QPainter &painter) const;

    const PictureOptions m_options;
    RailwayLayout m_layout;
    Sentence m_sentence;
    QString m_where;
    qreal m_width = 0;
    qreal m_railwayTop = HeaderHeight;
    qreal m_cardWidth = 0;
    qreal m_cardHeight = 0;
};

Page::Page(const Trace &trace, const PictureOptions &options)
    : m_options(options)
{
    const EventIndex step = options.step < 0 ? trace.size() : qMin(options.step, trace.size());
    const Replay replay(trace);
    const LayoutMetrics metrics = metricsFor(options.theme);
    m_sentence = sentenceFor(trace, replay, step);
    m_layout = layOut(trace, replay.at(step), planOf(trace, metrics), metrics);
    m_where = tr("step %1 of %2 · %3").arg(step).arg(trace.size()).arg(secondsText(replay.at(step).time));
    m_width = qMax(SmallestWidth, m_layout.bounds.width());
    m_cardWidth = qMin(m_width - 2 * Margin, LargestCard);
    m_cardHeight = cardHeight(options.theme, m_sentence, m_cardWidth);
}

void Page::paintTitle(QPainter &painter) const
{
    QFont font = m_options.theme.body;
    font.setPixelSize(20);
    font.setWeight(QFont::DemiBold);
    const QRectF line(Margin, 24, m_width - 2 * Margin, 28);
    painter.setFont(font);
    painter.setPen(m_options.theme.text);
    painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, m_options.title);
    painter.setFont(m_options.theme.body);
    painter.setPen(m_options.theme.textMuted);
    painter.drawText(line, Qt::AlignRight | Qt::AlignVCenter, m_where);
    painter.setPen(QPen(m_options.theme.border, 1));
    painter.drawLine(QPointF(Margin, HeaderHeight - 8.5), QPointF(m_width - Margin, HeaderHeight - 8.5));
}

void Page::paint(QPainter &painter) const
{
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(QRectF(QPointF(), size()), m_options.theme.canvas);
    paintTitle(painter);
    painter.save();
    painter.translate((m_width - m_layout.bounds.width()) / 2 - m_layout.bounds.left(),
                      m_railwayTop - m_layout.bounds.top());
    paintRailway(painter, m_options.theme, m_layout);
    painter.restore();
    const QRectF card((m_width - m_cardWidth) / 2, m_railwayTop + m_layout.bounds.height(), m_cardWidth,
                      m_cardHeight);
    paintCard(painter, m_options.theme, m_sentence, card);
}

QImage imageOf(const Page &page, qreal scale)
{
    QImage image((page.size() * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    if (image.isNull())
        return image;
    image.setDevicePixelRatio(scale);
    QPainter painter(&image);
    page.paint(painter);
    return image;
}

QString writeSvg(const Page &page, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    QSvgGenerator generator;
    generator.setOutputDevice(&file);
    generator.setResolution(96);
    generator.setSize(page.size().toSize());
    generator.setViewBox(QRectF(QPointF(), page.size()));
    generator.setTitle(page.title());
    generator.setDescription(page.description());
    QPainter painter(&generator);
    page.paint(painter);
    painter.end();
    file.flush();
    return file.error() == QFileDevice::NoError ? QString() : file.errorString();
}

QString writePng(const Page &page, const QString &path)
{
    constexpr qreal Largest = 16000; // pixels a side; a larger run is drawn smaller
    const qreal longest = qMax(page.size().width(), page.size().height());
    const QImage image = imageOf(page, qMin(2.0, Largest / longest));
    if (image.isNull())
        return tr("The picture would be too large.");
    return image.save(path, "PNG") ? QString() : tr("The file cannot be written.");
}

} // namespace

QImage pictureOf(const Trace &trace, const PictureOptions &options, qreal scale)
{
    return imageOf(Page(trace, options), scale);
}

QString writePicture(const Trace &trace, const PictureOptions &options, const QString &path)
{
    PictureOptions titled = options;
    if (titled.title.isEmpty())
        titled.title = tr("A run of Deferreds");
    const QString suffix = QFileInfo(path).suffix().toLower();
    if (suffix == u"svg")
        return writeSvg(Page(trace, titled), path);
    if (suffix == u"png")
        return writePng(Page(trace, titled), path);
    return tr("“.%1” is no picture format that can be written; use .png or .svg.").arg(suffix);
}

} // namespace deferscope::ui
