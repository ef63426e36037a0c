// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/script/program.h"

#include <optional>

namespace deferscope::app {

/// Reads and compiles the script in \a path; `-` is standard input. On failure prints why, with the place, on
/// stderr.
std::optional<script::Program> loadProgram(const QString &path);

} // namespace deferscope::app
