// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

namespace deferscope::ui {

/// What Fusion and the palette cannot say: the few places where the window has a look of its own.
QString styleSheetOf(const Theme &theme);

} // namespace deferscope::ui
