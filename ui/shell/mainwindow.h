// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/canvas/railwayview.h"
#include "ui/code/codepane.h"
#include "ui/console/consolepane.h"
#include "ui/gallery/gallery.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/log/eventlog.h"
#include "ui/shell/actions.h"
#include "ui/shell/docks.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/settings.h"
#include "ui/transport/transportbar.h"

#include <QMainWindow>

#include <optional>

namespace deferscope::ui {

/// What the command line decides for one window, over what was remembered.
struct WindowOptions
{
    std::optional<bool> dark;
    std::optional<bool> reducedMotion;
};

/// Assembles the window: makes its parts and connects them. Behaviour lives in the parts.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    explicit MainWindow(QSettings &store, const WindowOptions &options = {});

    bool openFile(const QString &path); ///< false: the message bar says why, and what was open stays open
    bool openText(const QString &text, const QString &file);
    void openExample(int index);

    Session &session() { return m_session; }
    ViewState &viewState() { return m_viewState; }
    Player &player() { return m_player; }
    const Actions &actions() const { return m_actions; }
    RailwayView &railway() { return *m_railway; }
    EventLog &events() { return *m_events; }
    InspectorPane &inspector() { return *m_inspector; }
    const MessageBar &messageBar() const { return *m_messageBar; }

protected:
    void closeEvent(QCloseEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void buildTop();
    void connectRun();
    void connectWindow();
    void applyTheme(bool dark);
    void reduceMotion(bool reduced);
    bool take(const std::variant<Document, Refusal> &document);
    void chooseFile();
    void chooseExample();
    void showKeys();
    void showAbout();

    Settings m_settings;
    Theme m_theme;
    Session m_session;
    ViewState m_viewState;
    Player m_player;
    Actions m_actions;
    RailwayView *m_railway;
    CodePane *m_code;
    InspectorPane *m_inspector;
    ConsolePane *m_console;
    EventLog *m_events;
    Docks m_docks;
    TransportBar *m_transport = nullptr;
    MessageBar *m_messageBar = nullptr;
};

} // namespace deferscope::ui
