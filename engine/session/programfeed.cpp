// SPDX-License-Identifier: MIT
#include "programfeed.h"

#include <csignal>
#include <sys/types.h>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int StopPatience = 3000; ///< milliseconds in which a program may end in its own way

QString recordingIn(const QTemporaryDir &folder) { return folder.filePath(u"recording.dscope"_s); }

/// There is a file to read from before the program has begun to write it.
std::unique_ptr<QTemporaryDir> emptyRecording()
{
    auto folder = std::make_unique<QTemporaryDir>();
    QFile(recordingIn(*folder)).open(QIODevice::WriteOnly);
    return folder;
}

} // namespace

ProgramFeed::ProgramFeed(const Python &python, const QStringList &arguments, const QString &directory)
    : ProgramFeed(emptyRecording())
{
    m_python = python;
    m_process.setProcessEnvironment(python.environment());
    m_process.setWorkingDirectory(directory);
    m_process.setProcessChannelMode(QProcess::ForwardedChannels);
    m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
    m_process.start(python.program,
                    QStringList{u"-m"_s, u"deferscope"_s, u"--record"_s, recordingIn(*m_folder)} + arguments);
}

ProgramFeed::ProgramFeed(std::unique_ptr<QTemporaryDir> folder)
    : FileFeed(recordingIn(*folder))
    , m_folder(std::move(folder))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(StopPatience);
    connect(&m_patience, &QTimer::timeout, &m_process, &QProcess::kill);
    connect(&m_process, &QProcess::finished, this, &ProgramFeed::readOn);
    connect(&m_process, &QProcess::errorOccurred, this, &ProgramFeed::readOn);
}

ProgramFeed::~ProgramFeed()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished();
}

void ProgramFeed::stop()
{
    if (m_isStopped || m_process.processId() <= 0)
        return;
    m_isStopped = true;
    ::kill(pid_t(m_process.processId()), SIGINT);
    m_patience.start();
}

Ending ProgramFeed::endingWithoutWord() const
{
    if (m_process.error() == QProcess::FailedToStart)
        return {
            Ending::Kind::NotRun,
            u"Nothing can be run: %1 cannot be started: %2."_s.arg(m_python.program, m_process.errorString()),
            {},
            0};
    if (m_isStopped)
        return {Ending::Kind::Stopped, {}, {}, 0};
    if (m_process.exitStatus() == QProcess::CrashExit)
        return endingOfStatus(m_process.exitCode()); // a status with only a signal's number in it
    if (m_process.exitCode() == 0)
        return {};
    return {Ending::Kind::Exited, {}, {}, m_process.exitCode()};
}

} // namespace deferscope
