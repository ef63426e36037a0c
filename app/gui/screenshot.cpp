// SPDX-License-Identifier: GPL-3.0-or-later
#include "screenshot.h"

#include "app/cli/commands.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QTextStream>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

constexpr int FirstExample = 2; ///< 03-chaining.py: the one that shows what this program is for

void awaitRun(Session &session)
{
    QEventLoop loop;
    QObject::connect(&session, &Session::stateChanged, &loop, [&loop](RunState state) {
        if (state != RunState::Running)
            loop.quit();
    });
    if (session.state() == RunState::Running)
        loop.exec();
}

void settle()
{
    for (int i = 0; i < 5; ++i)
        QApplication::processEvents();
}

} // namespace

bool openFirst(ui::MainWindow &window, const GuiOptions &options)
{
    if (options.file.isEmpty()) {
        window.openExample(FirstExample);
        return true;
    }
    if (window.openFile(options.file))
        return true;
    QTextStream(stderr) << u"deferscope: "_s << window.messageBar().text() << Qt::endl;
    return false;
}

int takeScreenshot(const GuiOptions &options)
{
    // A picture is the same whatever a person has set before: nothing is remembered, nothing is moving.
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
    ui::MainWindow window(settings, {options.dark.value_or(false), true, options.python});
    window.resize(options.size.isValid() ? options.size : QSize(1280, 800));
    window.show();
    const bool isOpen = openFirst(window, options);
    awaitRun(window.session());
    settle();
    window.viewState().select(options.selection);
    window.player().goTo(options.step);
    settle();
    if (!window.grab().save(options.screenshot)) {
        QTextStream(stderr) << u"deferscope: cannot write %1"_s.arg(options.screenshot) << Qt::endl;
        return ExitCode::WrongUse;
    }
    return isOpen ? ExitCode::Done : ExitCode::WrongUse;
}

} // namespace deferscope::app
