// SPDX-License-Identifier: GPL-3.0-or-later
#include "fonts.h"

#include <QFontMetricsF>

#include <array>

namespace deferscope::ui {

namespace {

QFont sized(QFont font, int pixels, QFont::Weight weight)
{
    font.setPixelSize(pixels);
    font.setWeight(weight);
    font.setHintingPreference(QFont::PreferNoHinting); // texts keep their widths at every zoom
    return font;
}

} // namespace

QFont fontFor(const Theme &theme, TextRole role)
{
    switch (role) {
    case TextRole::Name: return sized(theme.code, 16, QFont::DemiBold);
    case TextRole::Badge: return sized(theme.body, 11, QFont::DemiBold);
    case TextRole::Row: return sized(theme.code, 13, QFont::Medium);
    case TextRole::Entry: return sized(theme.body, 13, QFont::Medium);
    case TextRole::Chip: return sized(theme.code, 13, QFont::Medium);
    case TextRole::Note: return sized(theme.body, 12, QFont::Medium);
    }
    Q_UNREACHABLE();
}

LayoutMetrics metricsFor(const Theme &theme)
{
    std::array<QFontMetricsF, 6> measures{
        QFontMetricsF(fontFor(theme, TextRole::Name)), QFontMetricsF(fontFor(theme, TextRole::Badge)),
        QFontMetricsF(fontFor(theme, TextRole::Row)),  QFontMetricsF(fontFor(theme, TextRole::Entry)),
        QFontMetricsF(fontFor(theme, TextRole::Chip)), QFontMetricsF(fontFor(theme, TextRole::Note)),
    };
    LayoutMetrics metrics;
    metrics.widthOf = [measures](TextRole role, const QString &text) {
        return measures.at(size_t(role)).horizontalAdvance(text);
    };
    return metrics;
}

} // namespace deferscope::ui
