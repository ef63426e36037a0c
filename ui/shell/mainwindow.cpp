// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "ui/building/buildbar.h"
#include "ui/shell/canvasmenu.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/keyssheet.h"
#include "ui/shell/menus.h"
#include "ui/shell/stylesheet.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QInputDialog>
#include <QMenu>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QScopedValueRollback>
#include <QStyle>
#include <QVBoxLayout>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

bool systemIsDark() { return QApplication::palette().color(QPalette::Window).lightness() < 128; }

bool systemIsStill(const QWidget &widget)
{
    return widget.style()->styleHint(QStyle::SH_Widget_Animation_Duration, nullptr, &widget) == 0;
}

QString fileIn(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.first().toLocalFile() : QString();
}

constexpr int RunsApart = 40; ///< milliseconds from one run of what is typed to the next

} // namespace

MainWindow::MainWindow(QSettings &store, const WindowOptions &options)
    : m_settings(store)
    , m_theme(options.dark.value_or(m_settings.isDark(systemIsDark())) ? Theme::dark() : Theme::light())
    , m_session(Python::find(options.python.isEmpty() ? m_settings.python() : options.python))
    , m_player(m_session, m_viewState)
    , m_actions(this)
    , m_builder(m_document, m_session, m_viewState, m_theme, this)
    , m_railway(new RailwayView(m_session, m_viewState, m_theme, this))
    , m_code(new CodePane(m_session, m_viewState, m_theme, this))
    , m_inspector(new InspectorPane(m_session, m_viewState, m_theme, this))
    , m_console(new ConsolePane(m_session, m_viewState, m_theme, this))
    , m_events(new EventLog(m_session, m_viewState, m_theme, this))
    , m_hand(new HandPane(m_session, m_document, m_builder, this))
    , m_ruler(new TimeRuler(m_session, m_viewState, m_theme, this))
    , m_docks(*this, m_code, m_inspector, m_console, m_events, m_hand)
{
    m_railway->setAutoFillBackground(true); // below its viewport too, where the sentence stands
    setCentralWidget(buildCentre());
    setAcceptDrops(true);
    setMinimumSize(960, 600);
    resize(1280, 800);
    buildTop();
    connectRun();
    connectWindow();
    connectDocument();
    connectBuilding();
    connectRailway();
    connectPrograms();
    m_actions.dark->setChecked(m_theme.isDark);
    applyTheme(m_theme.isDark);
    m_actions.reducedMotion->setChecked(
        options.reducedMotion.value_or(m_settings.isMotionReduced(systemIsStill(*this))));
    m_railway->setReducedMotion(m_actions.reducedMotion->isChecked());
    m_settings.restore(*this);
    m_railway->setFocus();
}

/// Menus, transport and message below each other, over the whole width.
void MainWindow::buildTop()
{
    auto *top = new QWidget(this);
    auto *column = new QVBoxLayout(top);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *menus = new QMenuBar(top);
    auto *recent = new QMenu(tr("Open &recent"), this);
    connect(recent, &QMenu::aboutToShow, this, [this, recent] { m_files->fillRecent(*recent); });
    fillMenus(*menus, m_actions, m_docks.toggles(), *recent);
    m_transport = new TransportBar(m_session, m_viewState, m_player, m_actions, m_theme, top);
    m_messageBar = new MessageBar(m_theme, top);
    column->addWidget(menus);
    column->addWidget(m_transport);
    column->addWidget(m_messageBar);
    setMenuWidget(top);
    m_files = new FileKeeper(m_document, m_settings, *m_messageBar, m_actions, this);
    m_programs = new ProgramStarter(m_session, m_document, *m_files, m_settings, *m_messageBar, this);
    addActions(m_actions.all());
    for (QAction *action : m_actions.all())
        m_settings.restoreKeys(*action);
    // Plain keys belong to the railway and the transport: elsewhere they type, or move in a list.
    for (QAction *action : m_actions.plain()) {
        removeAction(action);
        m_railway->addAction(action);
        if (!m_actions.pieces().contains(action))
            m_transport->addAction(action);
    }
}

void MainWindow::connectRun()
{
    const auto on = [this](const QAction *action, auto &&slot) {
        connect(action, &QAction::triggered, &m_player, std::forward<decltype(slot)>(slot));
    };
    on(m_actions.play, &Player::play);
    on(m_actions.pause, &Player::pause);
    on(m_actions.toggle, &Player::toggle);
    on(m_actions.reset, &Player::reset);
    on(m_actions.first, &Player::first);
    on(m_actions.last, &Player::last);
    on(m_actions.back, &Player::stepBack);
    on(m_actions.forward, &Player::stepForward);
    on(m_actions.chainPrevious, &Player::previousOfChain);
    on(m_actions.chainNext, &Player::nextOfChain);
    on(m_actions.slower, &Player::halveSpeed);
    on(m_actions.faster, &Player::doubleSpeed);
    on(m_actions.normalSpeed, &Player::resetSpeed);
    on(m_actions.realTime, &Player::runInRealTime);
    on(m_actions.restart, [this] { m_player.runInRealTime(m_session.timeMode() == TimeMode::Real); });
    connect(&m_player, &Player::speedChanged, m_railway, &RailwayView::setPace);
    connect(m_actions.further, &QAction::triggered, &m_session, &Session::continueFurther);
    connect(m_actions.stop, &QAction::triggered, &m_session, &Session::stop);
    connect(&m_session, &Session::stateChanged, this, &MainWindow::showRun);
}

void MainWindow::showRun()
{
    const bool isDocument = !m_session.isReadOnly();
    m_actions.further->setVisible(m_session.state() == RunState::Paused);
    m_actions.stop->setEnabled(m_session.state() == RunState::Running);
    m_actions.realTime->setChecked(isDocument && m_session.timeMode() == TimeMode::Real);
    m_actions.realTime->setEnabled(isDocument);
    m_actions.restart->setEnabled(isDocument);
    m_actions.asProgram->setEnabled(isDocument);
    showTrouble();
}

/// That nothing can be run is told where everybody looks; how a run ended is said beside its steps.
void MainWindow::showTrouble()
{
    const auto ending = m_session.ending();
    if (m_session.state() == RunState::Ended && ending && ending->kind == Ending::Kind::NotRun)
        m_messageBar->show({ending->text, tr("Recordings can still be opened.")}, {});
}

void MainWindow::choosePython()
{
    bool isAccepted = false;
    const QString program = QInputDialog::getText(
        this, tr("Python"), tr("The Python that runs the programs, a virtual environment's for instance:"),
        QLineEdit::Normal, m_session.python().program, &isAccepted);
    if (!isAccepted)
        return;
    m_settings.setPython(program.trimmed());
    m_messageBar->hide();
    m_session.setPython(Python::find(program.trimmed()));
}

void MainWindow::connectPrograms()
{
    connect(m_actions.asProgram, &QAction::triggered, m_programs, &ProgramStarter::start);
    connect(m_actions.python, &QAction::triggered, this, &MainWindow::choosePython);
    connect(m_console, &ConsolePane::placeActivated, m_code, &CodePane::showPlace);
    connect(m_console, &ConsolePane::placeActivated, this, [this] { m_docks.reveal(m_code); });
    connect(&m_session, &Session::liveChanged, this, [this] {
        if (m_session.isLive() && m_session.origin() != Origin::Lab)
            m_player.play(); // what happens now is what one wants to see
    });
}

void MainWindow::connectWindow()
{
    const auto on = [this](const QAction *action, auto &&slot) {
        connect(action, &QAction::triggered, this, std::forward<decltype(slot)>(slot));
    };
    on(m_actions.gallery, &MainWindow::chooseExample);
    on(m_actions.palette, [this] { findCommand(m_actions.all()); });
    on(m_actions.quickAdd, [this] { findCommand(m_actions.pieces()); });
    on(m_actions.quit, &QWidget::close);
    on(m_actions.keys, &MainWindow::showKeys);
    on(m_actions.about, &MainWindow::showAbout);
    on(m_actions.dark, &MainWindow::applyTheme);
    on(m_actions.dark, [this](bool dark) { m_settings.setDark(dark); });
    on(m_actions.reducedMotion, &MainWindow::reduceMotion);
    on(m_actions.restoreLayout, [this] { m_docks.arrange(); });
    on(m_actions.zoomIn, [this] { m_railway->zoomIn(); });
    on(m_actions.zoomOut, [this] { m_railway->zoomOut(); });
    on(m_actions.zoomReset, [this] { m_railway->resetZoom(); });
    on(m_actions.fit, [this] { m_railway->fit(); });
    on(m_actions.find, [this] {
        m_docks.reveal(m_events);
        m_events->focusFilter();
    });
    connect(m_inspector, &InspectorPane::lineActivated, m_code, &CodePane::showLine);
    connect(m_inspector, &InspectorPane::lineActivated, this, [this] { m_docks.reveal(m_code); });
}

QWidget *MainWindow::buildCentre()
{
    auto *centre = new QWidget(this);
    auto *column = new QVBoxLayout(centre);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    const Actions &a = m_actions;
    column->addWidget(
        new BuildBar({a.addDeferred, a.addCallback, a.addErrback, a.addBoth, a.addPair, a.gather, a.makeList},
                     {a.undo, a.redo}, centre));
    column->addWidget(m_railway, 1);
    column->addWidget(m_ruler);
    return centre;
}

void MainWindow::connectDocument()
{
    QUndoStack &stack = m_document.undoStack();
    m_typing.setSingleShot(true);
    connect(&m_typing, &QTimer::timeout, this, &MainWindow::editSession);
    connect(m_code, &CodePane::typed, &m_document, [this](const QString &text) {
        const QScopedValueRollback typed(m_isTyped, true);
        m_document.type(text);
    });
    connect(&m_document, &ScriptDocument::textChanged, this, &MainWindow::takeText);
    connect(&m_document, &ScriptDocument::adopted, this, &MainWindow::takeDocument);
    connect(&m_document, &ScriptDocument::placeChanged, this, [this] {
        m_session.rename(m_document.name());
        showTitle();
    });
    connect(&m_document, &ScriptDocument::modifiedChanged, this, &MainWindow::showTitle);
    const auto undoOrRedo = [this, &stack](void (QUndoStack::*way)()) {
        return [this, &stack, way] {
            m_typing.stop();
            (stack.*way)();
        };
    };
    connect(m_actions.undo, &QAction::triggered, this, undoOrRedo(&QUndoStack::undo));
    connect(m_actions.redo, &QAction::triggered, this, undoOrRedo(&QUndoStack::redo));
    const auto name = [](QAction *action, const QString &verb) {
        return [action, verb](const QString &what) {
            action->setText(what.isEmpty() ? verb : u"%1: %2"_s.arg(verb, what));
            action->setIconText(QString(verb).remove(u'&'));
            action->setToolTip(withKey(action));
        };
    };
    connect(&stack, &QUndoStack::undoTextChanged, this, name(m_actions.undo, tr("&Undo")));
    connect(&stack, &QUndoStack::redoTextChanged, this, name(m_actions.redo, tr("&Redo")));
    connect(&stack, &QUndoStack::canUndoChanged, m_actions.undo, &QAction::setEnabled);
    connect(&stack, &QUndoStack::canRedoChanged, m_actions.redo, &QAction::setEnabled);
    m_actions.undo->setEnabled(false);
    m_actions.redo->setEnabled(false);
}

void MainWindow::takeDocument()
{
    m_typing.stop();
    const bool isRecording = m_document.isRecording();
    m_actions.allowBuilding(!isRecording, tr("A recording cannot be changed: it shows what has happened."));
    if (!isRecording)
        m_session.load(m_document.text(), m_document.name());
    else if (const auto problem = m_session.openRecording(m_document.path()))
        m_messageBar->show({tr("%1 cannot be read: %2.").arg(m_document.path(), *problem), {}}, {});
    showTitle();
    showRun();
    m_railway->setFocus();
}

/// Keys come faster than runs are worth making.
void MainWindow::takeText()
{
    const qint64 since = m_sinceRun.isValid() ? m_sinceRun.elapsed() : RunsApart;
    if (!m_isTyped || since >= RunsApart)
        editSession();
    else if (!m_typing.isActive())
        m_typing.start(int(RunsApart - since));
}

/// The run follows the document.
void MainWindow::editSession()
{
    m_typing.stop();
    m_sinceRun.start();
    m_player.keepPlace();
    m_session.edit(m_document.text(), m_document.inputs());
}

void MainWindow::showTitle()
{
    setWindowTitle(tr("%1[*] — Deferscope").arg(m_document.name()));
    setWindowModified(m_document.isModified());
}

void MainWindow::connectBuilding()
{
    const auto on = [this](const QAction *action, auto &&slot) {
        connect(action, &QAction::triggered, &m_builder, std::forward<decltype(slot)>(slot));
    };
    const auto kinds = {std::pair(m_actions.addCallback, edit::LinkKind::Callback),
                        std::pair(m_actions.addErrback, edit::LinkKind::Errback),
                        std::pair(m_actions.addBoth, edit::LinkKind::Both),
                        std::pair(m_actions.addPair, edit::LinkKind::Pair)};
    for (const auto &[action, kind] : kinds)
        on(action, [this, kind] { m_builder.addLinkToSelection(kind); });
    on(m_actions.addDeferred, &Builder::addDeferred);
    on(m_actions.gather, [this] { m_builder.collectSelection(u"gatherResults"_s); });
    on(m_actions.makeList, [this] { m_builder.collectSelection(u"DeferredList"_s); });
    on(m_actions.editPiece, &Builder::editSelection);
    on(m_actions.removePiece, &Builder::removeSelection);
    on(m_actions.duplicatePiece, &Builder::duplicateSelection);
    on(m_actions.copyPiece, &Builder::copySelection);
    on(m_actions.cutPiece, &Builder::cutSelection);
    on(m_actions.pastePiece, &Builder::paste);
    on(m_actions.moveUp, [this] { m_builder.moveSelection(-1); });
    on(m_actions.moveDown, [this] { m_builder.moveSelection(1); });
    const auto make = [this](edit::LinkKind kind) {
        m_builder.setKind(m_viewState.selection(), m_viewState.selectedLink(), kind);
    };
    on(m_actions.makeCallback, [make] { make(edit::LinkKind::Callback); });
    on(m_actions.makeErrback, [make] { make(edit::LinkKind::Errback); });
    on(m_actions.makeBoth, [make] { make(edit::LinkKind::Both); });
    on(m_actions.copyAsCallbacks, [this] { m_builder.copyAs(exporting::ChainForm::Callbacks); });
    on(m_actions.copyAsInline, [this] { m_builder.copyAs(exporting::ChainForm::InlineCallbacks); });
    on(m_actions.copyAsCpp, [this] { m_builder.copyAsCpp(); });
    on(m_actions.copyAsAsync, [this] { m_builder.copyAs(exporting::ChainForm::Coroutine); });
    connect(&m_builder, &Builder::copied, this, [this](const QString &what) {
        m_messageBar->show({what, {}}, {});
    });
    using Kind = Input::Kind;
    const auto hands
        = {std::pair(m_actions.fireByHand, Kind::Fire), std::pair(m_actions.failByHand, Kind::Fail),
           std::pair(m_actions.cancelByHand, Kind::Cancel), std::pair(m_actions.pauseByHand, Kind::Pause),
           std::pair(m_actions.unpauseByHand, Kind::Unpause)};
    for (const auto &[action, kind] : hands)
        on(action, [this, kind] { m_builder.byHand(kind); });
    connect(&m_builder, &Builder::refused, this, [this](const QString &message) {
        m_messageBar->show({message, {}}, {});
    });
    connect(&m_document, &ScriptDocument::textChanged, m_messageBar, &QWidget::hide);
}

void MainWindow::connectRailway()
{
    connect(m_railway, &RailwayView::groundActivated, &m_builder, &Builder::addDeferred);
    connect(m_railway, &RailwayView::pieceActivated, &m_builder, &Builder::editPiece);
    connect(m_railway, &RailwayView::linkDropped, &m_builder, &Builder::moveLink);
    connect(m_railway, &RailwayView::lineDropped, &m_builder,
            [this](DeferredId from, int link, DeferredId to) {
                if (link < 0)
                    m_builder.chain(from, to);
                else
                    m_builder.returnDeferred(from, link, to);
            });
    connect(m_railway, &RailwayView::slotActivated, this,
            [this](DeferredId deferred, int slot, QPoint place) {
                showSlotMenu(m_actions, place, this,
                             [&](int kind) { m_builder.addLink(deferred, slot, edit::LinkKind(kind)); });
            });
    connect(m_railway, &RailwayView::menuAsked, this, [this](QPoint place, DeferredId deferred, int link) {
        showCanvasMenu(m_actions, bool(deferred), link >= 0, place, this);
    });
    connect(m_ruler, &TimeRuler::delayChanged, this, [this](const Site &site, double seconds, int dragging) {
        m_builder.setDelay({site.line, site.column}, seconds, dragging);
    });
    // After the drop, whose window system grab a dialog would keep.
    connect(m_railway, &RailwayView::pieceDropped, this, &MainWindow::takePiece, Qt::QueuedConnection);
}

void MainWindow::takePiece(const QString &piece, DeferredId deferred, int slot)
{
    const QAction *const links[]
        = {m_actions.addCallback, m_actions.addErrback, m_actions.addBoth, m_actions.addPair};
    for (int kind = 0; kind < 4; ++kind) {
        if (links[kind]->objectName() != piece)
            continue;
        if (deferred)
            m_builder.addLink(deferred, slot, edit::LinkKind(kind));
        else
            m_messageBar->show({tr("Drop it on a Deferred."), {}}, {});
        return;
    }
    for (QAction *action : m_actions.pieces())
        if (action->objectName() == piece)
            action->trigger();
}

void MainWindow::applyTheme(bool dark)
{
    m_theme = dark ? Theme::dark() : Theme::light();
    QApplication::setPalette(m_theme.palette());
    QApplication::setFont(m_theme.body);
    setFont(m_theme.body); // a style sheet keeps the application's font from some of the widgets
    setStyleSheet(styleSheetOf(m_theme));
    m_builder.setTheme(m_theme);
    m_railway->setTheme(m_theme);
    m_code->setTheme(m_theme);
    m_inspector->setTheme(m_theme);
    m_console->setTheme(m_theme);
    m_events->setTheme(m_theme);
    m_ruler->setTheme(m_theme);
    m_transport->setTheme(m_theme);
    m_messageBar->setTheme(m_theme);
}

void MainWindow::reduceMotion(bool reduced)
{
    m_settings.setMotionReduced(reduced);
    m_railway->setReducedMotion(reduced);
}

bool MainWindow::openFile(const QString &path) { return m_files->openFile(path); }

bool MainWindow::openText(const QString &text, const QString &file) { return m_files->openText(text, file); }

bool MainWindow::recover()
{
    if (m_files->recover(m_document.path()))
        return true;
    if (!m_document.path().isEmpty())
        m_files->offerRecovery();
    return false;
}

void MainWindow::openExample(int index)
{
    const QList<Example> examples = shippedExamples();
    const Example &example = examples.at(qBound(qsizetype(0), qsizetype(index), examples.size() - 1));
    openText(example.text, example.file);
}

void MainWindow::chooseExample()
{
    QDialog dialog(this);
    dialog.setWindowTitle(tr("Examples"));
    dialog.resize(640, 480);
    auto *gallery = new Gallery(m_theme, &dialog);
    auto *layout = new QVBoxLayout(&dialog);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(gallery);
    connect(gallery, &Gallery::exampleChosen, &dialog,
            [this, &dialog](const QString &text, const QString &file) {
                dialog.accept();
                openText(text, file);
            });
    dialog.exec();
}

void MainWindow::findCommand(const QList<QAction *> &among)
{
    CommandPalette palette(among, m_actions.all(), m_settings, this);
    if (palette.exec() == QDialog::Accepted && palette.chosen())
        palette.chosen()->trigger();
}

void MainWindow::showKeys() { KeysSheet(m_actions, this).exec(); }

void MainWindow::showAbout()
{
    QMessageBox::about(
        this, tr("About Deferscope"),
        tr("<h3>Deferscope %1</h3><p>Shows how the callback chains of Twisted run: step by step, "
           "forwards and backwards.</p><p>Free software under the GNU GPL, version 3 or later.</p>")
            .arg(QApplication::applicationVersion()));
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (!m_files->mayClose()) {
        event->ignore();
        return;
    }
    m_settings.save(*this);
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const bool isText = event->mimeData()->hasText() && !event->mimeData()->hasUrls();
    if (isText || !fileIn(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    const QString path = fileIn(event->mimeData());
    if (path.isEmpty())
        openText(event->mimeData()->text(), tr("untitled.py"));
    else
        openFile(path);
}

} // namespace deferscope::ui
