// SPDX-License-Identifier: MIT
#pragma once

#include "parser_p.h"

namespace deferscope::script {

/// Whether \a read gets through. If not, everything is as it was before.
template <typename Reading> bool Parser::attempt(Reading read)
{
    const qsizetype begin = m_at;
    const bool wasGuessing = std::exchange(m_guessing, true);
    bool succeeded = true;
    try {
        read();
    } catch (const Diagnostic &) {
        succeeded = false;
        m_at = begin;
    }
    m_guessing = wasGuessing;
    return succeeded;
}

} // namespace deferscope::script
