// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/narration/narration.h"
#include "ui/theme/theme.h"

#include <QPainter>

namespace deferscope::ui {

/// The card that says in words what the railway shows: headline, detail, and the rule it follows from.
qreal cardHeight(const Theme &theme, const Sentence &sentence, qreal width);
void paintCard(QPainter &painter, const Theme &theme, const Sentence &sentence, QRectF frame);

} // namespace deferscope::ui
