// SPDX-License-Identifier: MIT
#pragma once

#include "engine/session/filedescriptor.h"

#include <QObject>
#include <QSocketNotifier>

namespace deferscope {

/// One end of a pair of connected feed sockets, on the event loop: nothing here blocks.
class Channel final : public QObject
{
    Q_OBJECT

public:
    explicit Channel(FileDescriptor socket, QObject *parent = nullptr);

    void send(const QByteArray &bytes); ///< at once or as soon as there is room
    void close();                       ///< closed() is not emitted
    bool isOpen() const { return bool(m_socket); }

Q_SIGNALS:
    void received(const QByteArray &bytes);
    void closed(); ///< the other end is gone

private:
    void readSome();
    void writeSome();
    void lose();

    FileDescriptor m_socket;
    QSocketNotifier m_readable;
    QSocketNotifier m_writable;
    QByteArray m_unsent;
};

/// Two connected sockets of \a type, which no program that is started inherits. None: there are no
/// descriptors left.
std::pair<FileDescriptor, FileDescriptor> socketPair(int type);

} // namespace deferscope
