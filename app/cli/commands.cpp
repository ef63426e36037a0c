// SPDX-License-Identifier: GPL-3.0-or-later
#include "commands.h"

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
    return first == "run" || first == "render";
}

int runCommand(int argc, char **argv)
{
    if (QByteArrayView(argv[1]) == "run") {
        const QCoreApplication application(argc, argv);
        return runScript(withoutCommand(QCoreApplication::arguments()));
    }
    qputenv("QT_QPA_PLATFORM", "offscreen"); // a picture needs no display
    const QApplication application(argc, argv);
    return renderPicture(withoutCommand(QCoreApplication::arguments()));
}

} // namespace deferscope::app
