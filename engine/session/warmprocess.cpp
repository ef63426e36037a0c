// SPDX-License-Identifier: MIT
#include "warmprocess.h"

#include "engine/session/channel.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/socket.h>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

constexpr int ControlNumber = 3;       ///< the descriptor that the process finds its control socket at
constexpr qsizetype MostStatuses = 64; ///< of runners that nobody has asked for yet

/// One message with one descriptor. The errno of what went wrong, or 0.
int sendDescriptor(int socket, int descriptor)
{
    char text[] = "run";
    iovec piece{text, sizeof text - 1};
    alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int));
    std::memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
    return ::sendmsg(socket, &message, MSG_NOSIGNAL) < 0 ? errno : 0;
}

/// In the child, between fork and exec.
void putAtControlNumber(int descriptor)
{
    if (descriptor == ControlNumber)
        ::fcntl(descriptor, F_SETFD, 0);
    else
        ::dup2(descriptor, ControlNumber);
}

} // namespace

WarmProcess::WarmProcess(const Python &python, QObject *parent)
    : QObject(parent)
    , m_python(python)
{
}

WarmProcess::~WarmProcess()
{
    constexpr int Patience = 500; // milliseconds
    if (!m_process)
        return;
    m_process->disconnect(this);
    m_readable.reset();
    m_writable.reset();
    m_control.close(); // which ends it, and every runner
    if (!m_process->waitForFinished(Patience))
        m_process->kill();
    m_process->waitForFinished(Patience);
}

void WarmProcess::warmUp()
{
    if (m_process)
        return;
    m_whyFailed = m_python.whyUnusable();
    auto [ours, theirs] = socketPair(SOCK_SEQPACKET);
    if (m_whyFailed.isEmpty() && !ours)
        m_whyFailed = u"Nothing can be run: this program has too many files open."_s;
    if (!m_whyFailed.isEmpty())
        return;
    m_control = std::move(ours);
    ::fcntl(m_control.number(), F_SETFL, O_NONBLOCK);
    m_process = std::make_unique<QProcess>();
    QProcessEnvironment environment = m_python.environment();
    environment.insert(u"PYTHONHASHSEED"_s, u"0"_s); // the order of a set is part of what a program prints
    m_process->setProcessEnvironment(environment);
    m_process->setChildProcessModifier([number = theirs.number()] { putAtControlNumber(number); });
    connect(m_process.get(), &QProcess::finished, this, &WarmProcess::takeEnd);
    connect(m_process.get(), &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            takeEnd();
    });
    m_readable = std::make_unique<QSocketNotifier>(m_control.number(), QSocketNotifier::Read);
    m_writable = std::make_unique<QSocketNotifier>(m_control.number(), QSocketNotifier::Write);
    m_writable->setEnabled(false);
    connect(m_readable.get(), &QSocketNotifier::activated, this, &WarmProcess::readControl);
    connect(m_writable.get(), &QSocketNotifier::activated, this, &WarmProcess::sendWaiting);
    m_process->start(m_python.program, {u"-m"_s, u"deferscope.warm"_s});
    m_process->closeWriteChannel();
}

FileDescriptor WarmProcess::takeRunner()
{
    warmUp();
    auto [ours, theirs] = socketPair(SOCK_STREAM);
    if (!m_process || !ours)
        return {};
    m_waiting.append(std::make_shared<FileDescriptor>(std::move(theirs)));
    sendWaiting();
    return std::move(ours);
}

std::optional<int> WarmProcess::statusOf(qint64 pid) const
{
    const auto found = m_statuses.constFind(pid);
    return found == m_statuses.cend() ? std::nullopt : std::optional(*found);
}

void WarmProcess::sendWaiting()
{
    while (!m_waiting.isEmpty()) {
        const int error = sendDescriptor(m_control.number(), m_waiting.constFirst()->number());
        if (error == EAGAIN || error == EINTR)
            break;
        m_waiting.removeFirst(); // sent, or there is nobody any more: then its other end tells
    }
    m_writable->setEnabled(!m_waiting.isEmpty());
}

void WarmProcess::readControl()
{
    QByteArray packet(4096, Qt::Uninitialized);
    const ssize_t count = ::recv(m_control.number(), packet.data(), size_t(packet.size()), 0);
    if (count < 0 && (errno == EAGAIN || errno == EINTR))
        return;
    if (count <= 0) {
        m_readable->setEnabled(false); // its end follows
        return;
    }
    packet.truncate(count);
    const QJsonObject report = QJsonDocument::fromJson(packet).object();
    if (!report.contains(u"ended"_s))
        return;
    const qint64 pid = report.value(u"ended"_s).toInteger();
    if (m_statuses.size() >= MostStatuses)
        m_statuses.clear();
    m_statuses.insert(pid, report.value(u"status"_s).toInt());
    Q_EMIT runnerEnded(pid, m_statuses.value(pid));
}

/// It should not end before this object does: something is missing, or it was killed.
void WarmProcess::takeEnd()
{
    fail(m_process->error() == QProcess::FailedToStart
             ? u"Nothing can be run: %1 cannot be started: %2."_s.arg(m_python.program,
                                                                      m_process->errorString())
             : explainFailure(m_python, QString::fromUtf8(m_process->readAllStandardError())));
}

void WarmProcess::fail(const QString &why)
{
    m_whyFailed = why;
    m_waiting.clear();
    m_readable.reset();
    m_writable.reset();
    m_control.close();
    m_process.release()->deleteLater(); // it is this that emits
    Q_EMIT failed();
}

} // namespace deferscope
