// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"

#include <QSize>
#include <QString>

#include <optional>
#include <variant>

namespace deferscope::app {

/// What the command line asks of the window.
struct GuiOptions
{
    QString file;       ///< empty: an example
    QString screenshot; ///< where to write a picture of the window instead of showing it
    EventIndex step = 0;
    QString python; ///< empty: the one that is found
    QSize size; ///< invalid: as remembered
    DeferredId selection;
    std::optional<bool> dark;
    std::optional<bool> reducedMotion;
};

/// The options, or how to exit: help was printed, or the arguments make no sense and stderr says why.
std::variant<GuiOptions, int> readGuiOptions(int argc, char **argv);

} // namespace deferscope::app
