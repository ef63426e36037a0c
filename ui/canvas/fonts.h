// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/layout/metrics.h"
#include "ui/theme/theme.h"

namespace deferscope::ui {

QFont fontFor(const Theme &theme, TextRole role);

/// The metrics that measure texts in the theme's own fonts.
LayoutMetrics metricsFor(const Theme &theme);

} // namespace deferscope::ui
