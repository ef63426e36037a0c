// SPDX-License-Identifier: GPL-3.0-or-later
#include "processes.h"

#include "arguments.h"

#include <QFile>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <unistd.h>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

/// As exec() takes them: ends with a null pointer, and lives as long as \a texts.
QList<char *> pointersTo(QList<QByteArray> &texts)
{
    QList<char *> pointers;
    for (QByteArray &text : texts)
        pointers.append(text.data());
    return pointers << nullptr;
}

QList<QByteArray> encoded(const QStringList &texts)
{
    QList<QByteArray> bytes;
    for (const QString &text : texts)
        bytes.append(QFile::encodeName(text));
    return bytes;
}

} // namespace

int becomeProgram(const QStringList &command, const QProcessEnvironment &environment)
{
    QList<QByteArray> arguments = encoded(command);
    QList<QByteArray> variables = encoded(environment.toStringList());
    std::signal(SIGPIPE, SIG_DFL);
    ::execvpe(arguments.constFirst().constData(), pointersTo(arguments).data(), pointersTo(variables).data());
    return refuse(u"%1 cannot be started: %2"_s.arg(command.constFirst(),
                                                    QString::fromLocal8Bit(std::strerror(errno))));
}

} // namespace deferscope::app
