// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "ui/shell/keyssheet.h"
#include "ui/shell/menus.h"
#include "ui/shell/stylesheet.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
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

QString scriptIn(const QMimeData *data)
{
    const QList<QUrl> urls = data->urls();
    return urls.size() == 1 ? urls.first().toLocalFile() : QString();
}

} // namespace

MainWindow::MainWindow(QSettings &store, const WindowOptions &options)
    : m_settings(store)
    , m_theme(options.dark.value_or(m_settings.isDark(systemIsDark())) ? Theme::dark() : Theme::light())
    , m_player(m_session, m_viewState)
    , m_actions(this)
    , m_railway(new RailwayView(m_session, m_viewState, m_theme, this))
    , m_code(new CodePane(m_session, m_viewState, m_theme, this))
    , m_inspector(new InspectorPane(m_session, m_viewState, m_theme, this))
    , m_console(new ConsolePane(m_session, m_viewState, m_theme, this))
    , m_events(new EventLog(m_session, m_viewState, m_theme, this))
    , m_docks(*this, m_code, m_inspector, m_console, m_events)
{
    m_railway->setAutoFillBackground(true); // below its viewport too, where the sentence stands
    setCentralWidget(m_railway);
    setAcceptDrops(true);
    m_railway->setAcceptDrops(false); // or its scene would take a file that is dropped there, and do nothing
    setMinimumSize(960, 600);
    resize(1280, 800);
    buildTop();
    connectRun();
    connectWindow();
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
    fillMenus(*menus, m_actions, m_docks.toggles());
    m_transport = new TransportBar(m_session, m_viewState, m_player, m_actions, m_theme, top);
    m_messageBar = new MessageBar(m_theme, top);
    column->addWidget(menus);
    column->addWidget(m_transport);
    column->addWidget(m_messageBar);
    setMenuWidget(top);
    addActions(m_actions.all());
    // Plain keys belong to the railway and the transport: elsewhere they type, or move in a list.
    for (QAction *action : m_actions.plain()) {
        removeAction(action);
        m_railway->addAction(action);
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
    on(m_actions.further, &Player::continueFurther);
    connect(&m_player, &Player::speedChanged, m_railway, &RailwayView::setPace);
    connect(&m_session, &Session::stateChanged, this, [this] {
        const auto &ending = m_session.ending();
        m_actions.further->setVisible(ending && ending->kind == script::Ending::Kind::BudgetReached);
        m_actions.realTime->setChecked(m_session.timeMode() == TimeMode::Real);
    });
}

void MainWindow::connectWindow()
{
    const auto on = [this](const QAction *action, auto &&slot) {
        connect(action, &QAction::triggered, this, std::forward<decltype(slot)>(slot));
    };
    on(m_actions.open, &MainWindow::chooseFile);
    on(m_actions.gallery, &MainWindow::chooseExample);
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

void MainWindow::applyTheme(bool dark)
{
    m_theme = dark ? Theme::dark() : Theme::light();
    QApplication::setPalette(m_theme.palette());
    QApplication::setFont(m_theme.body);
    setFont(m_theme.body); // a style sheet keeps the application's font from some of the widgets
    setStyleSheet(styleSheetOf(m_theme));
    m_railway->setTheme(m_theme);
    m_code->setTheme(m_theme);
    m_inspector->setTheme(m_theme);
    m_console->setTheme(m_theme);
    m_events->setTheme(m_theme);
    m_transport->setTheme(m_theme);
    m_messageBar->setTheme(m_theme);
}

void MainWindow::reduceMotion(bool reduced)
{
    m_settings.setMotionReduced(reduced);
    m_railway->setReducedMotion(reduced);
}

bool MainWindow::take(const std::variant<Document, Refusal> &document)
{
    if (const auto *refusal = std::get_if<Refusal>(&document)) {
        m_messageBar->show(*refusal,
                           m_session.text().isEmpty()
                               ? QString()
                               : tr("Nothing was lost: the script you had is still open."));
        return false;
    }
    const auto &accepted = std::get<Document>(document);
    m_messageBar->hide();
    m_session.load(accepted.text, accepted.file);
    setWindowTitle(tr("%1 — Deferscope").arg(accepted.file));
    m_railway->setFocus();
    return true;
}

bool MainWindow::openFile(const QString &path) { return take(readDocument(path)); }

bool MainWindow::openText(const QString &text, const QString &file)
{
    return take(checkDocument(text, file));
}

void MainWindow::openExample(int index)
{
    const QList<Example> examples = shippedExamples();
    const Example &example = examples.at(qBound(qsizetype(0), qsizetype(index), examples.size() - 1));
    openText(example.text, example.file);
}

void MainWindow::chooseFile()
{
    const QString path = QFileDialog::getOpenFileName(this, tr("Open a script"), m_settings.folder(),
                                                      tr("Python scripts (*.py);;All files (*)"));
    if (path.isEmpty())
        return;
    m_settings.setFolder(QFileInfo(path).absolutePath());
    openFile(path);
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
    m_settings.save(*this);
    QMainWindow::closeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (!scriptIn(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    event->acceptProposedAction();
    openFile(scriptIn(event->mimeData()));
}

} // namespace deferscope::ui
