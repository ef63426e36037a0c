// SPDX-License-Identifier: MIT
#include "runnerfeed.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QtEndian>

#include <csignal>
#include <sys/types.h>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int StopPatience = 300;    ///< milliseconds in which a runner may end by itself
constexpr int StatusPatience = 2000; ///< in which the warm process tells how one ended

QJsonObject toJson(const RunRequest &request)
{
    QJsonArray inputs;
    for (const Input &input : request.inputs)
        inputs.append(toJson(input));
    return {{u"text"_s, request.text},
            {u"file"_s, request.file},
            {u"argv"_s, QJsonArray{request.file}},
            {u"inputs"_s, inputs},
            {u"budget"_s, toJson(request.budget)},
            {u"realTime"_s, request.isRealTime},
            {u"sandbox"_s, true}};
}

QByteArray framed(const QJsonObject &message)
{
    const QByteArray text = QJsonDocument(message).toJson(QJsonDocument::Compact);
    QByteArray bytes(4, Qt::Uninitialized);
    qToLittleEndian(quint32(text.size()), bytes.data());
    return bytes + text;
}

} // namespace

RunnerFeed::RunnerFeed(const std::shared_ptr<WarmProcess> &warm, const RunRequest &request)
    : m_warm(warm)
    , m_isRealTime(request.isRealTime)
{
    m_patience.setSingleShot(true);
    FileDescriptor socket = warm->takeRunner();
    if (!socket) {
        QTimer::singleShot(0, this, [this] { finish({Ending::Kind::NotRun, m_warm->whyFailed(), {}, 0}); });
        return;
    }
    m_channel = std::make_unique<Channel>(std::move(socket));
    connect(m_channel.get(), &Channel::received, this, &RunnerFeed::take);
    connect(m_channel.get(), &Channel::closed, this, &RunnerFeed::takeClosing);
    connect(warm.get(), &WarmProcess::failed, this, [this] {
        if (!m_channel->isOpen())
            takeStatus();
    });
    connect(warm.get(), &WarmProcess::runnerEnded, this, [this](qint64 ended) {
        if (ended == pid() && !m_channel->isOpen())
            takeStatus();
    });
    send(toJson(request));
}

RunnerFeed::~RunnerFeed()
{
    if (m_channel && m_channel->isOpen())
        killRunner();
}

/// From the first thing that the runner writes, before anything of the document is run.
qint64 RunnerFeed::pid() const { return recording().meta().value(u"pid"_s).toInteger(); }

void RunnerFeed::send(const QJsonObject &message)
{
    if (m_channel)
        m_channel->send(framed(message));
}

void RunnerFeed::stop()
{
    if (ending() || m_isStopped)
        return;
    m_isStopped = true;
    send({{u"do"_s, u"stop"_s}});
    connect(&m_patience, &QTimer::timeout, this, &RunnerFeed::killRunner);
    m_patience.start(StopPatience);
}

void RunnerFeed::more(int factor)
{
    if (!pause())
        return;
    goOn();
    send({{u"do"_s, u"more"_s}, {u"factor"_s, factor}});
}

/// A text without events never looks at its socket.
void RunnerFeed::killRunner()
{
    if (pid() > 1)
        ::kill(pid_t(pid()), SIGKILL);
    else if (m_channel)
        m_channel->close();
}

/// The runner is gone, or has closed its end. How, only its parent knows.
void RunnerFeed::takeClosing()
{
    m_patience.disconnect(this);
    if (hasOutcome() || m_warm->statusOf(pid()) || (pid() == 0 && !m_warm->whyFailed().isEmpty()))
        return takeStatus();
    connect(&m_patience, &QTimer::timeout, this, &RunnerFeed::takeStatus);
    m_patience.start(StatusPatience);
}

void RunnerFeed::takeStatus()
{
    const auto status = m_warm->statusOf(pid());
    if (m_isStopped)
        finish({Ending::Kind::Stopped, {}, {}, 0});
    else if (status)
        finish(endingOfStatus(*status));
    else if (!m_warm->whyFailed().isEmpty())
        finish({Ending::Kind::NotRun, m_warm->whyFailed(), {}, 0});
    else
        finish({Ending::Kind::Crashed, u"the run's process went away without a word"_s, {}, 0});
}

} // namespace deferscope
