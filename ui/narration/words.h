// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/replay/snapshot.h"

namespace deferscope::ui {

QString secondsText(double seconds); ///< `2.0 s`, `0.25 s`: one decimal at least, three at most

/// A value as a person would say it: `'val'`, `None`, `ValueError: no`, `d #2` for a Deferred; cut to \a
/// limit characters with an ellipsis.
QString valueWords(const Trace &trace, const ValueText &value, int limit = 60);

QString elided(const QString &text,
               int limit); ///< at most \a limit characters; the last is an ellipsis when cut

/// What was added: of a hand-over, which no Add event tells, an entry that says so.
LinkInfo linkOf(const Trace &trace, const LinkSnapshot &link);

/// The name of one side of a link as the program wrote it; of machinery what it does.
QString sideName(const LinkInfo &link, Side side);

} // namespace deferscope::ui
