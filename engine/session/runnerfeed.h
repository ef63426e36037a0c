// SPDX-License-Identifier: MIT
#pragma once

#include "engine/session/channel.h"
#include "engine/session/feed.h"
#include "engine/session/input.h"
#include "engine/session/warmprocess.h"

#include <QTimer>

namespace deferscope {

/// What a runner is asked to run.
struct RunRequest
{
    QString text;
    QString file;
    QList<Input> inputs;
    Budget budget;
    bool isRealTime = false;
};

/// A document's run in the lab, as its runner tells it.
///
/// Destroying it ends the runner.
class RunnerFeed final : public Feed
{
    Q_OBJECT

public:
    RunnerFeed(const std::shared_ptr<WarmProcess> &warm, const RunRequest &request);
    ~RunnerFeed() override;

    bool isLive() const override { return m_isRealTime && !ending(); }
    void stop() override;
    void more(int factor) override;

private:
    void send(const QJsonObject &message);
    void takeClosing();
    void takeStatus();
    void killRunner();
    qint64 pid() const; ///< 0: not told yet

    const std::shared_ptr<WarmProcess> m_warm;
    std::unique_ptr<Channel> m_channel; ///< none: no process could be started
    QTimer m_patience;                  ///< with what must happen next, and may not
    const bool m_isRealTime;
    bool m_isStopped = false;
};

} // namespace deferscope
