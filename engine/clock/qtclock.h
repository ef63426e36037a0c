// SPDX-License-Identifier: MIT
#pragma once

#include "engine/clock/clock.h"

#include <QElapsedTimer>
#include <QObject>
#include <QTimer>

#include <exception>

namespace deferscope {

/// Real time on the Qt event loop of the thread that it lives in. One QTimer serves any number of calls.
class QtClock final : public QObject, public Clock
{
    Q_OBJECT

public:
    /// Begins at 0 s.
    explicit QtClock(TraceSink *sink = nullptr, QObject *parent = nullptr);

    double seconds() const override; ///< since this clock was made

    std::function<void(double now)> turnBegins;         ///< the event loop is about to run calls
    std::function<void()> turnEnded;                    ///< and has run them
    std::function<void(std::exception_ptr)> callFailed; ///< a call threw; the calls after it still run

private:
    void queueChanged() override;
    void runDue();

    QElapsedTimer m_elapsed;
    QTimer m_timer;
};

} // namespace deferscope
