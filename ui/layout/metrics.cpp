// SPDX-License-Identifier: GPL-3.0-or-later
#include "metrics.h"

namespace deferscope::ui {

qreal LayoutMetrics::roughWidth(TextRole role, const QString &text)
{
    switch (role) {
    case TextRole::Name: return 9.0 * qreal(text.size());
    case TextRole::Badge: return 7.5 * qreal(text.size());
    case TextRole::Row:
    case TextRole::Chip: return 8.0 * qreal(text.size());
    case TextRole::Entry: return 7.0 * qreal(text.size());
    case TextRole::Note: return 6.5 * qreal(text.size());
    }
    Q_UNREACHABLE();
}

QString LayoutMetrics::fitted(TextRole role, const QString &text, qreal width) const
{
    if (widthOf(role, text) <= width)
        return text;
    qsizetype fits = 0;
    qsizetype tooLong = text.size();
    while (tooLong - fits > 1) {
        const qsizetype tried = (fits + tooLong) / 2;
        (widthOf(role, text.first(tried) + u'…') <= width ? fits : tooLong) = tried;
    }
    return text.first(fits) + u'…';
}

} // namespace deferscope::ui
