// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/feed.h"
#include "engine/session/python.h"

#include <memory>

namespace deferscope::app {

/// What a document is run with.
struct LabOptions
{
    Python python;
    QString file; ///< - is standard input
    QStringList arguments;
    bool isRealTime = false;
    QString record; ///< where its recording is kept; empty: nowhere
};

/// The command that runs a document in the lab, whose recording goes to descriptor \a number.
QStringList labCommand(const LabOptions &options, int number);
bool isRecording(const QString &path); ///< by what it begins with, whatever its name
/// A recording in a file, or a document's run in the lab, whose output then goes nowhere. None when it cannot
/// be read or run: stderr says why.
std::unique_ptr<Feed> feedOf(const LabOptions &options);
/// Why \a options cannot be run; empty: nothing stands in the way.
QString whyNotRun(const LabOptions &options);
/// Waits until \a feed has ended. Says on stderr how, where that is worth saying; the exit code.
int awaitEnd(Feed &feed, const QString &file);

} // namespace deferscope::app
