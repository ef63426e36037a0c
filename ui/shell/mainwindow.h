// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/building/handpane.h"
#include "ui/canvas/railwayview.h"
#include "ui/code/codepane.h"
#include "ui/console/consolepane.h"
#include "ui/gallery/gallery.h"
#include "ui/inspector/inspectorpane.h"
#include "ui/log/eventlog.h"
#include "ui/shell/actions.h"
#include "ui/shell/docks.h"
#include "ui/shell/filekeeper.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/programstarter.h"
#include "ui/shell/settings.h"
#include "ui/timeline/timeruler.h"
#include "ui/transport/transportbar.h"

#include <QElapsedTimer>
#include <QMainWindow>

#include <optional>

namespace deferscope::ui {

/// What the command line decides for one window, over what was remembered.
struct WindowOptions
{
    std::optional<bool> dark;
    std::optional<bool> reducedMotion;
    QString python = {}; ///< that runs the programs; empty: the one that is found
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
    /// Work that was left unsaved by a program that ended suddenly, on the file that is open if there is one.
    bool recover();

    Session &session() { return m_session; }
    ViewState &viewState() { return m_viewState; }
    Player &player() { return m_player; }
    const Actions &actions() const { return m_actions; }
    ScriptDocument &document() { return m_document; }
    Builder &builder() { return m_builder; }
    CodePane &code() { return *m_code; }
    RailwayView &railway() { return *m_railway; }
    EventLog &events() { return *m_events; }
    HandPane &hand() { return *m_hand; }
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
    void connectDocument();
    void connectBuilding();
    void connectRailway();
    void connectPrograms();
    void showRun();
    void showTrouble();
    void choosePython();
    void takeDocument();
    void takeText();
    QWidget *buildCentre();
    void takePiece(const QString &piece, DeferredId deferred, int slot);
    void showTitle();
    void applyTheme(bool dark);
    void reduceMotion(bool reduced);
    void editSession();
    void chooseExample();
    void findCommand(const QList<QAction *> &among);
    void showKeys();
    void showAbout();

    Settings m_settings;
    Theme m_theme;
    Session m_session;
    ViewState m_viewState;
    Player m_player;
    Actions m_actions;
    ScriptDocument m_document;
    Builder m_builder;
    RailwayView *m_railway;
    CodePane *m_code;
    InspectorPane *m_inspector;
    ConsolePane *m_console;
    EventLog *m_events;
    HandPane *m_hand;
    TimeRuler *m_ruler;
    Docks m_docks;
    TransportBar *m_transport = nullptr;
    MessageBar *m_messageBar = nullptr;
    FileKeeper *m_files = nullptr;
    ProgramStarter *m_programs = nullptr;
    QTimer m_typing; ///< runs the text that was typed last
    QElapsedTimer m_sinceRun;
    bool m_isTyped = false; ///< the text changes because of a key
};

} // namespace deferscope::ui
