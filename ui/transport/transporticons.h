// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>

namespace deferscope::ui {

/// The signs on the transport's buttons.
enum class TransportSign : quint8 { Start, Back, Play, Pause, Step, End, Minus, Plus };

/// \a sign in \a color, drawn, so that it is sharp and the same everywhere.
QIcon transportIcon(TransportSign sign, const QColor &color);

} // namespace deferscope::ui
