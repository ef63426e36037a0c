// SPDX-License-Identifier: MIT
#include "channel.h"

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>

namespace deferscope {

namespace {

constexpr size_t PieceSize = 256 * 1024; ///< read at once, before the window may do something else

} // namespace

Channel::Channel(FileDescriptor socket, QObject *parent)
    : QObject(parent)
    , m_socket(std::move(socket))
    , m_readable(m_socket.number(), QSocketNotifier::Read)
    , m_writable(m_socket.number(), QSocketNotifier::Write)
{
    ::fcntl(m_socket.number(), F_SETFL, O_NONBLOCK);
    m_writable.setEnabled(false);
    connect(&m_readable, &QSocketNotifier::activated, this, &Channel::readSome);
    connect(&m_writable, &QSocketNotifier::activated, this, &Channel::writeSome);
}

void Channel::send(const QByteArray &bytes)
{
    if (!m_socket)
        return;
    m_unsent += bytes;
    writeSome();
}

void Channel::close()
{
    m_readable.setEnabled(false);
    m_writable.setEnabled(false);
    m_socket.close();
}

void Channel::readSome()
{
    QByteArray bytes(PieceSize, Qt::Uninitialized);
    const ssize_t count = ::recv(m_socket.number(), bytes.data(), PieceSize, 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0)
        return lose();
    bytes.truncate(count);
    Q_EMIT received(bytes);
}

void Channel::writeSome()
{
    while (!m_unsent.isEmpty()) {
        const ssize_t count
            = ::send(m_socket.number(), m_unsent.constData(), size_t(m_unsent.size()), MSG_NOSIGNAL);
        if (count < 0 && errno != EAGAIN && errno != EINTR)
            m_unsent.clear(); // nobody listens: reading tells the end, after what is still to be read
        if (count < 0)
            break;
        m_unsent.remove(0, count);
    }
    m_writable.setEnabled(!m_unsent.isEmpty());
}

void Channel::lose()
{
    close();
    Q_EMIT closed();
}

std::pair<FileDescriptor, FileDescriptor> socketPair(int type)
{
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, type | SOCK_CLOEXEC, 0, ends) != 0)
        return {};
    return {FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

} // namespace deferscope
