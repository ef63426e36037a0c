// SPDX-License-Identifier: GPL-3.0-or-later
// Stands in for the warm process where a test asks how the window takes what runners do. Each line of a text
// is an order; see carryOut().
#include "engine/recording/recordingwriter.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QtEndian>

#include <csignal>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace deferscope;
using namespace Qt::StringLiterals;

namespace {

constexpr int Control = 3;

QByteArray readExactly(int socket, qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype done = 0; done < size;) {
        const ssize_t count = ::read(socket, bytes.data() + done, size_t(size - done));
        if (count <= 0)
            _exit(0); // nobody is there any more
        done += count;
    }
    return bytes;
}

QJsonObject readMessage(int socket)
{
    const auto size = qFromLittleEndian<quint32>(readExactly(socket, 4).constData());
    return QJsonDocument::fromJson(readExactly(socket, size)).object();
}

class Runner
{
public:
    explicit Runner(int socket)
        : m_socket(socket)
        , m_request(readMessage(socket))
        , m_writer([socket](const char *data,
                            size_t size) { return ::write(socket, data, size) == ssize_t(size); },
                   {{u"pid"_s, qint64(::getpid())}})
    {
    }

    void run()
    {
        m_writer.flush();
        for (const QString &line : m_request.value(u"text"_s).toString().split(u'\n', Qt::SkipEmptyParts))
            carryOut(line.section(u' ', 0, 0), line.section(u' ', 1));
        m_writer.note({{u"outcome"_s, m_outcome}});
        m_writer.flush();
    }

private:
    void carryOut(const QString &order, const QString &rest)
    {
        if (order == u"print")
            print(rest + u'\n');
        else if (order == u"forever")
            printForEver();
        else if (order == u"crash")
            ::raise(SIGSEGV);
        else if (order == u"exit")
            flushAndExit(rest.toInt());
        else if (order == u"garbage")
            writeGarbage();
        else if (order == u"syntax")
            m_outcome = QJsonObject{
                {u"kind"_s, u"syntax"_s}, {u"line"_s, rest.toInt()}, {u"column"_s, 3}, {u"text"_s, u"bad"_s}};
        else if (order == u"raise")
            m_outcome = QJsonObject{{u"kind"_s, u"exception"_s},
                         {u"file"_s, m_request.value(u"file"_s)},
                         {u"line"_s, rest.toInt()},
                         {u"text"_s, u"ValueError: bad"_s}};
        else if (order == u"refuse")
            m_writer.note({{u"refused"_s, QJsonObject{{u"text"_s, rest}}}});
        else if (order == u"wait")
            waitForStop();
        else if (order == u"spin")
            spin();
    }

    void print(const QString &text)
    {
        m_writer.append({.kind = EventKind::Print, .payload = m_writer.intern(text)});
        m_writer.flush();
    }

    void printForEver()
    {
        qint64 limit = m_request.value(u"budget"_s).toObject().value(u"events"_s).toInteger();
        for (qint64 events = 0;; ++events) {
            if (events >= limit) {
                m_writer.note(
                    {{u"paused"_s, QJsonObject{{u"kind"_s, u"events"_s}, {u"text"_s, u"many events"_s}}}});
                m_writer.flush();
                const QJsonObject message = readMessage(m_socket);
                if (message.value(u"do"_s).toString() == u"stop")
                    return endAs(u"stopped"_s);
                limit *= message.value(u"factor"_s).toInteger(1);
            }
            m_writer.append({.kind = EventKind::Print, .payload = m_writer.intern(u"again\n"_s)});
        }
    }

    void endAs(const QString &kind) { m_outcome = QJsonObject{{u"kind"_s, kind}}; }

    void flushAndExit(int code)
    {
        m_writer.flush();
        _exit(code);
    }

    void writeGarbage()
    {
        m_writer.flush();
        const QByteArray garbage(10'000, '\x5a');
        [[maybe_unused]] const ssize_t count = ::write(m_socket, garbage.constData(), size_t(garbage.size()));
        _exit(0);
    }

    void waitForStop()
    {
        while (readMessage(m_socket).value(u"do"_s).toString() != u"stop") { }
        endAs(u"stopped"_s);
    }

    void spin()
    {
        m_writer.flush();
        for (;;)
            ::pause();
    }

    int m_socket;
    QJsonObject m_request;
    RecordingWriter m_writer;
    QJsonObject m_outcome{{u"kind"_s, u"finished"_s}};
};

/// The descriptor that comes with the next message; -1: the window is gone.
int receiveRun()
{
    char text[16];
    iovec piece{text, sizeof text};
    alignas(cmsghdr) char room[CMSG_SPACE(sizeof(int))] = {};
    msghdr message{};
    message.msg_iov = &piece;
    message.msg_iovlen = 1;
    message.msg_control = room;
    message.msg_controllen = sizeof room;
    if (::recvmsg(Control, &message, 0) <= 0)
        return -1;
    int descriptor = -1;
    std::memcpy(&descriptor, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof descriptor);
    return descriptor;
}

void reportEnd(pid_t pid)
{
    int status = 0;
    ::waitpid(pid, &status, 0);
    const QByteArray report
        = QJsonDocument({{u"ended"_s, qint64(pid)}, {u"status"_s, status}}).toJson(QJsonDocument::Compact);
    ::send(Control, report.constData(), size_t(report.size()), MSG_NOSIGNAL);
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (qEnvironmentVariableIsSet("FAKEWARM_FAILS")) {
        fputs("ModuleNotFoundError: No module named 'twisted'\n", stderr);
        return 1;
    }
    for (int socket = receiveRun(); socket >= 0; socket = receiveRun()) {
        if (::fork() == 0) { // a child of its own for each run: while one goes on the next is taken
            const pid_t runner = ::fork();
            if (runner == 0) {
                ::close(Control);
                Runner(socket).run();
                _exit(0);
            }
            ::close(socket);
            reportEnd(runner);
            _exit(0);
        }
        ::close(socket);
    }
    return 0;
}
