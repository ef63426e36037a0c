// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui.h"

#include "app/gui/guioptions.h"
#include "app/gui/screenshot.h"
#include "ui/shell/mainwindow.h"

#include <QApplication>
#include <QIcon>
#include <QStyleFactory>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

void dress()
{
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setWindowIcon(QIcon(u":/icons/deferscope.svg"_s));
    QApplication::setDesktopFileName(u"deferscope"_s);
}

} // namespace

int runWindow(int argc, char **argv)
{
    QCoreApplication::setApplicationName(u"deferscope"_s);
    QCoreApplication::setOrganizationName(u"deferscope"_s);
    QCoreApplication::setApplicationVersion(u"0.1"_s);
    const auto parsed
        = readGuiOptions(argc, argv); // before there is a window system: asking for help needs none
    if (const int *code = std::get_if<int>(&parsed))
        return *code;
    const auto &options = std::get<GuiOptions>(parsed);
    if (!options.screenshot.isEmpty() && !qEnvironmentVariableIsSet("DISPLAY")
        && !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    const QApplication application(argc, argv);
    dress();
    QSettings settings;
    if (!options.screenshot.isEmpty())
        return takeScreenshot(options);
    ui::MainWindow window(settings, {options.dark, options.reducedMotion, options.python});
    if (!options.file.isEmpty()) {
        openFirst(window, options);
        window.recover();
    } else if (!window.recover()) {
        openFirst(window, options);
    }
    if (options.size.isValid())
        window.resize(options.size);
    window.show();
    return QApplication::exec();
}

} // namespace deferscope::app
