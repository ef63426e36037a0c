// SPDX-License-Identifier: MIT
#pragma once

#include "engine/edit/edits.h"

namespace deferscope::exporting {

using edit::Place;
using edit::Result;
using edit::Source;

/// In which way a chain can be written down.
enum class ChainForm : quint8 {
    Callbacks,       ///< as the script has it
    InlineCallbacks, ///< a function that yields
    Coroutine        ///< a function that awaits
};

/// The whole script with the links of one Deferred written as \a form: a program that prints the same.
/// Refused when the links are not added one behind the other, or what they do has no such form.
Result asForm(const Source &source, const Place &creation, ChainForm form);

} // namespace deferscope::exporting
