// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"

namespace deferscope::app {

/// Writes what a recording tells, as its trace grows: the program's own output, or the trace itself as text.
class Output
{
public:
    explicit Output(bool asTrace)
        : m_asTrace(asTrace)
    {
    }

    void show(const Trace &trace); ///< what is new in it since the last call

private:
    bool m_asTrace;
    EventIndex m_shown = 0;
};

} // namespace deferscope::app
