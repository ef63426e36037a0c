// SPDX-License-Identifier: MIT
#include "filefeed.h"

#include <cerrno>
#include <csignal>
#include <sys/types.h>
#include <utility>

namespace deferscope {

namespace {

constexpr qint64 PieceSize = 1024 * 1024; ///< read at once, before the window may do something else
constexpr int LookAgain = 100;            ///< milliseconds from one look for more to the next

} // namespace

FileFeed::FileFeed(const QString &path)
    : m_file(path)
{
    m_file.open(QIODevice::ReadOnly);
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &FileFeed::readSome);
    readOn();
}

void FileFeed::readOn() { m_next.start(0); }

void FileFeed::readSome()
{
    const QByteArray piece = m_file.read(PieceSize);
    if (!piece.isEmpty()) {
        take(piece);
        return readOn();
    }
    if (hasOutcome() || recording().isFinished() || !m_wasAlive)
        return finish(endingWithoutWord());
    // What it wrote last may have come between the look into the file and this one.
    m_wasAlive = isWriterAlive();
    m_next.start(m_wasAlive ? LookAgain : 0);
    if (m_wasAlive && !std::exchange(m_isLive, true))
        Q_EMIT cameLive();
}

void FileFeed::stop()
{
    m_next.stop();
    finish({Ending::Kind::Stopped, {}, {}, 0});
}

bool FileFeed::isWriterAlive() const
{
    const qint64 pid = recording().meta().value(QStringLiteral("pid")).toInteger();
    return pid > 1 && (::kill(pid_t(pid), 0) == 0 || errno == EPERM);
}

Ending FileFeed::endingWithoutWord() const
{
    return {recording().isFinished() ? Ending::Kind::Finished : Ending::Kind::Cut, {}, {}, 0};
}

} // namespace deferscope
