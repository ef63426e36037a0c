// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace deferscope::ui {

/// The mime type of a piece on its way from the palette to the railway; the data is the name of its action.
inline const QString PieceMime = QStringLiteral("application/x-deferscope-piece");

} // namespace deferscope::ui
