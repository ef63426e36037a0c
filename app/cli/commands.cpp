// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

#include "recordcommand.h"
#include "rendercommand.h"
#include "runcommand.h"

#include <QApplication>
#include <QByteArrayView>

namespace deferscope::app {

namespace {

/// The arguments without the command, so that options and files are all that a parser sees.
QStringList withoutCommand(QStringList arguments)
{
    const QString command = arguments.takeAt(1);
    arguments.first() += u' ' + command;
    return arguments;
}

} // namespace

bool isCommand(int argc, char **argv)
{
    if (argc < 2)
        return false;
    const QByteArrayView first(argv[1]);
    return first == "run" || first == "record" || first == "render";
}

int runCommand(int argc, char **argv)
{
    const QByteArrayView command(argv[1]);
    if (command == "render") {
        qputenv("QT_QPA_PLATFORM", "offscreen"); // a picture needs no display
        const QApplication application(argc, argv);
        return renderPicture(withoutCommand(QCoreApplication::arguments()));
    }
    const QCoreApplication application(argc, argv);
    const QStringList arguments = withoutCommand(QCoreApplication::arguments());
    return command == "run" ? runFile(arguments) : recordProgram(arguments);
}

} // namespace deferscope::app
