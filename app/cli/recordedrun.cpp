// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedrun.h"

#include "arguments.h"
#include "commands.h"
#include "engine/recording/format.h"
#include "engine/session/channel.h"
#include "engine/session/filefeed.h"

#include <QEventLoop>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTextStream>

#include <csignal>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

constexpr auto LongestComputing = "10"_L1; ///< seconds without an event
constexpr int RecordNumber = 3; ///< the descriptor that a child of this program writes its recording to

/// A document that runs in the lab, as a child of this process, with its standard input.
class LabFeed final : public Feed
{
public:
    explicit LabFeed(const LabOptions &options);
    ~LabFeed() override;

    bool startKeeping(); ///< false: the file cannot be written, and stderr says so
    bool isLive() const override { return !ending(); }
    void stop() override { m_process.terminate(); }

private:
    void takeBytes(const QByteArray &bytes);
    void takeEnd();

    const LabOptions m_options;
    QFile m_kept;
    QProcess m_process;
    std::unique_ptr<Channel> m_channel;
};

LabFeed::LabFeed(const LabOptions &options)
    : m_options(options)
    , m_kept(options.record)
{
    auto [ours, theirs] = socketPair(SOCK_STREAM);
    m_channel = std::make_unique<Channel>(std::move(ours));
    connect(m_channel.get(), &Channel::received, this, &LabFeed::takeBytes);
    connect(m_channel.get(), &Channel::closed, this, &LabFeed::takeEnd);
    connect(&m_process, &QProcess::finished, this, &LabFeed::takeEnd);
    m_process.setProcessEnvironment(options.python.environment());
    m_process.setInputChannelMode(QProcess::ForwardedInputChannel);
    m_process.setStandardOutputFile(QProcess::nullDevice());
    m_process.setStandardErrorFile(QProcess::nullDevice());
    m_process.setChildProcessModifier([number = theirs.number()] {
        ::dup2(number, RecordNumber);
        ::prctl(PR_SET_PDEATHSIG, SIGKILL); // nobody would be there to see it
    });
    const QStringList command = labCommand(options, RecordNumber);
    m_process.start(command.constFirst(), command.sliced(1));
}

LabFeed::~LabFeed()
{
    m_process.disconnect(this);
    m_process.kill();
    m_process.waitForFinished();
}

bool LabFeed::startKeeping() { return m_options.record.isEmpty() || m_kept.open(QIODevice::WriteOnly); }

void LabFeed::takeBytes(const QByteArray &bytes)
{
    if (m_kept.isOpen())
        m_kept.write(bytes);
    take(bytes);
}

/// All that it wrote has come, and its status is known.
void LabFeed::takeEnd()
{
    if (m_channel->isOpen() || m_process.state() != QProcess::NotRunning)
        return;
    m_kept.close();
    const bool hasCrashed = m_process.exitStatus() == QProcess::CrashExit;
    finish(hasCrashed ? endingOfStatus(m_process.exitCode()) : endingOfStatus(m_process.exitCode() << 8));
}

int exitCodeOf(const Feed &feed)
{
    if (feed.diagnostic())
        return WrongUse;
    const Ending ending = feed.ending().value_or(Ending());
    switch (ending.kind) {
    case Ending::Kind::Finished:
    case Ending::Kind::Exited: return ending.exitCode;
    case Ending::Kind::UncaughtException: return UncaughtException;
    case Ending::Kind::BudgetReached:
    case Ending::Kind::Stopped: return BudgetReached;
    case Ending::Kind::Crashed:
    case Ending::Kind::Cut:
    case Ending::Kind::Damaged:
    case Ending::Kind::NotRun: return WrongUse;
    }
    Q_UNREACHABLE();
}

QString messageOf(const Feed &feed, const QString &file)
{
    if (feed.diagnostic())
        return toText(*feed.diagnostic(), file == u"-" ? u"<stdin>"_s : file);
    const Ending how = feed.ending() ? *feed.ending() : feed.pause().value_or(Ending());
    return how.kind == Ending::Kind::Finished ? QString() : how.text;
}

} // namespace

bool isRecording(const QString &path)
{
    QFile file(path);
    return path != u"-" && QFileInfo(path).isFile() && file.open(QIODevice::ReadOnly)
        && hasRecordingMagic(file.read(RecordingMagicSize));
}

QStringList labCommand(const LabOptions &options, int number)
{
    QStringList command{options.python.program, u"-m"_s, u"deferscope.lab"_s};
    if (number >= 0)
        command << u"--record-fd"_s << QString::number(number) << u"--cpu-seconds"_s << LongestComputing;
    if (options.isRealTime)
        command << u"--real-time"_s;
    return command << (options.file == u"-" ? u"/dev/stdin"_s : options.file) << options.arguments;
}

QString whyNotRun(const LabOptions &options)
{
    const QFileInfo file(options.file);
    if (options.file != u"-" && file.isDir())
        return u"%1 is a directory"_s.arg(options.file);
    if (options.file != u"-" && !file.isReadable())
        return u"cannot read %1"_s.arg(options.file);
    return options.python.whyUnusable();
}

std::unique_ptr<Feed> feedOf(const LabOptions &options)
{
    if (isRecording(options.file))
        return std::make_unique<FileFeed>(options.file);
    if (const QString problem = whyNotRun(options); !problem.isEmpty()) {
        refuse(problem);
        return nullptr;
    }
    auto feed = std::make_unique<LabFeed>(options);
    if (feed->startKeeping())
        return feed;
    refuse(u"cannot write %1"_s.arg(options.record));
    return nullptr;
}

int awaitEnd(Feed &feed, const QString &file)
{
    QEventLoop loop;
    QObject::connect(&feed, &Feed::ended, &loop, &QEventLoop::quit);
    QObject::connect(&feed, &Feed::paused, &loop, &QEventLoop::quit);
    if (!feed.ending() && !feed.pause())
        loop.exec();
    if (const QString message = messageOf(feed, file); !message.isEmpty())
        QTextStream(stderr) << message << (message.endsWith(u'\n') ? ""_L1 : "\n"_L1);
    return feed.pause() ? int(BudgetReached) : exitCodeOf(feed);
}

} // namespace deferscope::app
