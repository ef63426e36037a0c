// SPDX-License-Identifier: MIT
#pragma once

#include "engine/edit/edits.h"

namespace deferscope::exporting {

/// In which way a chain can be written down.
enum class ChainForm : quint8 {
    Callbacks,       ///< as the script has it
    InlineCallbacks, ///< a function that yields
    Coroutine        ///< a function that awaits
};

/// The whole script with the links of one Deferred written as \a form: a program that prints the same.
/// Refused when the links are not added one behind the other, or what they do has no such form.
edit::Result asForm(const edit::Source &source, const edit::Place &creation, ChainForm form);

} // namespace deferscope::exporting
