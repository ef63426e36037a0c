// SPDX-License-Identifier: MIT
#pragma once

#include "engine/session/filedescriptor.h"
#include "engine/session/python.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QProcess>
#include <QSocketNotifier>

#include <memory>
#include <optional>

namespace deferscope {

/// A Python process that has imported Twisted and hands out runners: processes that it forked in advance,
/// each of which waits for one text to run.
///
/// It is told of a new run by a descriptor, one end of the run's own socket, over the control socket that is
/// its descriptor 3; there it reports each runner that has ended. It ends when that socket is closed.
class WarmProcess final : public QObject
{
    Q_OBJECT

public:
    explicit WarmProcess(const Python &python, QObject *parent = nullptr);
    ~WarmProcess() override;

    const Python &python() const { return m_python; }
    void warmUp(); ///< starts it, where it does not run; returns at once
    /// Gives the other end of a run's socket to the next runner; none when no process can be started. Waits
    /// for nothing: what is sent before there is a runner is read by it later.
    FileDescriptor takeRunner();
    const QString &whyFailed() const { return m_whyFailed; } ///< the last one; empty: it runs, or never ran
    std::optional<int> statusOf(qint64 pid) const; ///< of a runner that has ended, as wait() gives it

Q_SIGNALS:
    void runnerEnded(qint64 pid, int status);
    void failed(); ///< whyFailed() says why; no run that it was told of goes on

private:
    void readControl();
    void sendWaiting();
    void takeEnd();
    void fail(const QString &why);

    Python m_python;
    std::unique_ptr<QProcess> m_process;
    FileDescriptor m_control;
    std::unique_ptr<QSocketNotifier> m_readable;
    std::unique_ptr<QSocketNotifier> m_writable;
    QList<std::shared_ptr<FileDescriptor>> m_waiting; ///< runs that the socket has no room for yet
    QHash<qint64, int> m_statuses;
    QString m_whyFailed;
};

} // namespace deferscope
