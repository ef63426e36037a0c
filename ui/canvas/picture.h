// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"
#include "ui/theme/theme.h"

namespace deferscope::ui {

/// What writePicture() draws, and how it is titled.
struct PictureOptions
{
    EventIndex step = -1; ///< -1: the end of the trace
    QString title;        ///< the script's name, as a rule
    Theme theme = Theme::light();
};

/// Writes one step of \a trace to \a path as a picture that explains itself: title, step and time, the
/// railway, and the sentence. The format is the file's suffix: `.svg`, or `.png` at twice the size. Returns
/// what went wrong, or nothing.
QString writePicture(const Trace &trace, const PictureOptions &options, const QString &path);

/// The same on an image; \a scale 2 is for fine screens.
QImage pictureOf(const Trace &trace, const PictureOptions &options, qreal scale);

} // namespace deferscope::ui
