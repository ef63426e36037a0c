// SPDX-License-Identifier: MIT
#include "filefollower.h"

#include <QFileInfo>

#include <chrono>

namespace deferscope {

using namespace std::chrono_literals;

namespace {

constexpr qint64 SliceBytes = 64 * 1024; ///< some ten thousand events: the window stays smooth
constexpr auto Pause = 50ms;             ///< until a file that has ended for now is looked at again

} // namespace

FileFollower::FileFollower(QObject *parent)
    : QObject(parent)
    , m_reader(std::make_unique<RecordingReader>())
{
    m_next.setSingleShot(true);
    connect(&m_next, &QTimer::timeout, this, &FileFollower::readOn);
}

void FileFollower::open(const QString &path)
{
    close();
    m_reader = std::make_unique<RecordingReader>();
    m_position = 0;
    m_file.setFileName(path);
    if (QFileInfo(path).exists() && !QFileInfo(path).isFile())
        return fail(tr("%1 is no file.").arg(path)); // to open a pipe would wait for its writer
    if (!m_file.open(QIODevice::ReadOnly))
        return fail(tr("%1 cannot be read: %2").arg(path, m_file.errorString()));
    m_next.start(0ms);
}

void FileFollower::close()
{
    m_next.stop();
    m_file.close();
}

void FileFollower::fail(const QString &problem)
{
    close();
    Q_EMIT failed(problem);
}

void FileFollower::readOn()
{
    if (m_position == 0) {
        const QByteArray beginning = m_file.peek(RecordingMagicSize);
        if (beginning.size() == RecordingMagicSize && !hasRecordingMagic(beginning))
            return fail(tr("%1 is no recording.").arg(m_file.fileName()));
    }
    if (m_file.size() < m_position)
        return fail(tr("%1 has become shorter.").arg(m_file.fileName()));
    const EventIndex first = m_reader->trace().size();
    const QByteArray slice = m_file.read(SliceBytes);
    m_position += slice.size();
    m_reader->feed(slice);
    const bool isOver = m_reader->isStopped();
    if (isOver)
        close();
    else
        m_next.start(slice.isEmpty() ? Pause : 0ms);
    if (m_reader->trace().size() > first)
        Q_EMIT grew(first, m_reader->trace().size());
    if (isOver)
        Q_EMIT ended();
    else if (slice.isEmpty())
        Q_EMIT caughtUp();
}

} // namespace deferscope
