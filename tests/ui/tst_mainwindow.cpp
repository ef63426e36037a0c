// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/recordingfile.h"
#include "ui/shell/mainwindow.h"
#include "ui/transport/scrubbar.h"
#include "ui/transport/switchbutton.h"

#include <QDropEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace deferscope;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

namespace {

/// The real window with the chaining example in it, played by hand.
class Bench
{
public:
    Bench()
    {
        window.resize(1280, 800);
        window.show();
        window.openExample(2);
    }

    bool isReady()
    {
        return QTest::qWaitForWindowExposed(&window) && QTest::qWaitFor([this] { return hasEnded(); });
    }
    bool hasEnded() { return window.session().state() == RunState::Ended; }
    EventIndex step() { return window.viewState().step(); }
    EventIndex end() { return window.session().trace().size(); }
    void click(const QString &button)
    {
        QTest::mouseClick(window.findChild<QToolButton *>(button), Qt::LeftButton);
    }
    void type(Qt::Key key) { QTest::keyClick(QApplication::focusWidget(), key); }
    QString write(const QString &name, const QByteArray &bytes)
    {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size() ? file.fileName()
                                                                                    : QString();
    }
    ScrubBar &scrubBar() { return *window.findChild<ScrubBar *>(); }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(u"settings.ini"_s), QSettings::IniFormat};
    MainWindow window{settings, {false, true}};
};

} // namespace

class tst_MainWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void opensReadyToPlay();
    void playPauseStepBack();
    void keysStep_data();
    void keysStep();
    void plainKeysTypeInFields();
    void scrubsWithTheMouse();
    void stepFieldGoesToAStep();
    void clickOnTheRailwaySelects();
    void inspectorAndEventsAgreeOnTheStep();
    void speedButtonsChangeTheSpeed();
    void realTimeSwitchRunsAndPlays();
    void newRunFromAnyStep_data();
    void newRunFromAnyStep();
    void refusedFileLeavesTheOpenOne_data();
    void refusedFileLeavesTheOpenOne();
    void fileWithAnErrorOpensAndShowsIt();
    void recordingOpensForReading();
    void growingRecordingIsFollowed();
    void realProgramIsRunAfterAskingOnce();
    void whatTheLabHasNotOffersARealProgram();
    void missingPythonIsToldAndRecordingsOpen();
    void droppedFileOpens_data();
    void droppedFileOpens();
    void stopEndsARunInRealTime();
    void budgetOffersMore();
    void everyControlHasAName();
    void everyActionHasItsOwnKey();
    void remembersThemeAndPanes();
};

void tst_MainWindow::opensReadyToPlay()
{
    Bench b;
    QVERIFY(b.isReady());
    QCOMPARE(b.window.windowTitle(), u"03-chaining.py[*] — Deferscope"_s);
    QCOMPARE(b.step(), 0);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(&b.window.railway()));
    QVERIFY(b.window.messageBar().isHidden());
}

void tst_MainWindow::playPauseStepBack()
{
    Bench b;
    QVERIFY(b.isReady());
    b.click(u"playButton"_s);
    QVERIFY(b.window.player().isPlaying());
    QCOMPARE(b.window.findChild<QToolButton *>(u"playButton"_s)->text(), u"Pause"_s);
    for (int i = 0; i < 9; ++i)
        b.window.player().advanceNow();
    b.click(u"playButton"_s);
    QVERIFY(!b.window.player().isPlaying());
    QCOMPARE(b.step(), 9);
    b.click(u"back"_s);
    QCOMPARE(b.step(), 8);
    b.click(u"step"_s);
    QCOMPARE(b.step(), 9);
    b.click(u"end"_s);
    QCOMPARE(b.step(), b.end());
    b.click(u"start"_s);
    QCOMPARE(b.step(), 0);
}

void tst_MainWindow::keysStep_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("expected"); // from step 5; -1: the end
    QTest::newRow("right") << int(Qt::Key_Right) << 6;
    QTest::newRow("period") << int(Qt::Key_Period) << 6;
    QTest::newRow("left") << int(Qt::Key_Left) << 4;
    QTest::newRow("comma") << int(Qt::Key_Comma) << 4;
    QTest::newRow("home") << int(Qt::Key_Home) << 0;
    QTest::newRow("end") << int(Qt::Key_End) << -1;
    QTest::newRow("next of any, nothing selected") << int(Qt::Key_BracketRight) << 6;
    QTest::newRow("previous of any") << int(Qt::Key_BracketLeft) << 4;
}

void tst_MainWindow::keysStep()
{
    QFETCH(const int, key);
    QFETCH(const int, expected);
    Bench b;
    QVERIFY(b.isReady());
    b.window.player().goTo(5);
    b.type(Qt::Key(key));
    QCOMPARE(b.step(), expected < 0 ? b.end() : expected);
    b.type(Qt::Key_Space);
    QVERIFY(b.window.player().isPlaying());
    b.type(Qt::Key_Space);
    QVERIFY(!b.window.player().isPlaying());
}

void tst_MainWindow::plainKeysTypeInFields()
{
    Bench b;
    QVERIFY(b.isReady());
    b.window.player().goTo(5);
    QLineEdit &field = b.window.events().filterField();
    field.setFocus();
    QTest::keyClicks(&field, u" .,[]-=0"_s);
    QTest::keyClick(&field, Qt::Key_Left);
    QTest::keyClick(&field, Qt::Key_Home);
    QCOMPARE(field.text(), u" .,[]-=0"_s);
    QCOMPARE(b.step(), 5);
    QVERIFY(!b.window.player().isPlaying());
    QCOMPARE(b.window.player().speed(), 1.0);
}

void tst_MainWindow::scrubsWithTheMouse()
{
    Bench b;
    QVERIFY(b.isReady());
    ScrubBar &bar = b.scrubBar();
    QTest::mousePress(&bar, Qt::LeftButton, {}, {bar.positionOf(4), 12});
    QCOMPARE(b.step(), 4);
    QTest::mouseMove(&bar, {bar.positionOf(11), 12});
    QTest::mouseRelease(&bar, Qt::LeftButton, {}, {bar.positionOf(11), 12});
    QCOMPARE(b.step(), 11);
    QCOMPARE(bar.value(), 11);
}

void tst_MainWindow::stepFieldGoesToAStep()
{
    Bench b;
    QVERIFY(b.isReady());
    auto *field = b.window.findChild<QSpinBox *>(u"stepField"_s);
    field->setFocus();
    field->selectAll();
    QTest::keyClicks(field, u"12"_s);
    QCOMPARE(b.step(), 0);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(b.step(), 12);
}

void tst_MainWindow::clickOnTheRailwaySelects()
{
    Bench b;
    QVERIFY(b.isReady());
    RailwayView &railway = b.window.railway();
    b.window.player().last();
    QTRY_COMPARE(railway.railway().shown().chains.size(), 2);
    const QPointF header = railway.railway().shown().find({2})->header.center();
    QTest::mouseClick(railway.viewport(), Qt::LeftButton, {}, railway.mapFromScene(header));
    QCOMPARE(b.window.viewState().selection(), DeferredId{2});
    QCOMPARE(b.window.inspector().subject(), DeferredId{2});
    b.type(Qt::Key_Up);
    QCOMPARE(b.window.viewState().selection(), DeferredId{1});
}

void tst_MainWindow::inspectorAndEventsAgreeOnTheStep()
{
    Bench b;
    QVERIFY(b.isReady());
    QTableView &table = b.window.events().table();
    QTRY_COMPARE(table.model()->rowCount(), int(b.end()));
    for (EventIndex step = 1; step <= b.end(); ++step) {
        b.window.player().goTo(step);
        QCOMPARE(table.currentIndex().siblingAtColumn(0).data().toString(), QString::number(step));
        const DeferredId subject = b.window.session().trace().at(step - 1).deferred;
        if (subject)
            QCOMPARE(b.window.inspector().subject(), subject);
    }
}

void tst_MainWindow::speedButtonsChangeTheSpeed()
{
    Bench b;
    QVERIFY(b.isReady());
    b.click(u"faster"_s);
    QCOMPARE(b.window.player().speed(), 2.0);
    b.click(u"speed"_s);
    b.click(u"slower"_s);
    QCOMPARE(b.window.player().speed(), 0.5);
    b.type(Qt::Key_0);
    QCOMPARE(b.window.player().speed(), 1.0);
    b.type(Qt::Key_Equal);
    QCOMPARE(b.window.player().speed(), 2.0);
    b.type(Qt::Key_Minus);
    QCOMPARE(b.window.player().speed(), 1.0);
}

void tst_MainWindow::realTimeSwitchRunsAndPlays()
{
    Bench b;
    QVERIFY(b.isReady());
    auto *button = b.window.findChild<SwitchButton *>();
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(b.window.session().timeMode(), TimeMode::Real);
    QVERIFY(button->isChecked());
    QVERIFY(b.window.player().isPlaying());
    QTest::mouseClick(button, Qt::LeftButton);
    QVERIFY(!button->isChecked());
    QCOMPARE(b.window.session().timeMode(), TimeMode::Virtual);
}

void tst_MainWindow::newRunFromAnyStep_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<int>("selected");
    QTest::newRow("start") << 0 << 0;
    QTest::newRow("middle") << 11 << 0;
    QTest::newRow("middle, selected") << 11 << 2;
    QTest::newRow("end") << 1000 << 0;
    QTest::newRow("end, selected") << 1000 << 2;
}

void tst_MainWindow::newRunFromAnyStep()
{
    QFETCH(const int, step);
    QFETCH(const int, selected);
    Bench b;
    QVERIFY(b.isReady());
    const auto look = [&] {
        b.window.player().goTo(step);
        b.window.viewState().select({quint32(selected)});
        QCoreApplication::processEvents();
    };
    for (QAction *action :
         {b.window.actions().restart, b.window.actions().realTime, b.window.actions().realTime}) {
        look();
        action->trigger();
        QCOMPARE(b.step(), 0);
        QVERIFY(!b.window.viewState().selection());
        QTRY_VERIFY(b.window.session().timeMode() == TimeMode::Real || b.hasEnded());
    }
    look();
    b.window.openExample(0);
    QCOMPARE(b.step(), 0);
    QTRY_VERIFY(b.hasEnded());
}

void tst_MainWindow::refusedFileLeavesTheOpenOne_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("said");
    QTest::newRow("binary") << QByteArray("a\0b", 3) << u"bad.py:1:"_s;
    QTest::newRow("too long") << QByteArray(17 * 1024 * 1024, '\n') << u"bad.py:"_s;
    QTest::newRow("missing") << QByteArray() << u"cannot be read"_s;
}

void tst_MainWindow::refusedFileLeavesTheOpenOne()
{
    QFETCH(const QByteArray, bytes);
    QFETCH(const QString, said);
    Bench b;
    QVERIFY(b.isReady());
    const QString text = b.window.session().text();
    const QString path = bytes.isEmpty() ? u"/nowhere/at/all.py"_s : b.write(u"bad.py"_s, bytes);
    QVERIFY(!b.window.openFile(path));
    QVERIFY2(b.window.messageBar().text().contains(said), qPrintable(b.window.messageBar().text()));
    QVERIFY(b.window.messageBar().text().contains(u"Nothing was lost"_s));
    QCOMPARE(b.window.session().text(), text);
    QCOMPARE(b.window.windowTitle(), u"03-chaining.py[*] — Deferscope"_s);
    b.type(Qt::Key_Escape);
    QTRY_VERIFY(b.window.messageBar().isHidden());
}

void tst_MainWindow::fileWithAnErrorOpensAndShowsIt()
{
    Bench b;
    QVERIFY(b.isReady());
    QVERIFY(b.window.openFile(b.write(u"bad.py"_s, "x = 1\nx = = 2\n")));
    QTRY_VERIFY(b.window.session().diagnostic());
    QCOMPARE(b.window.session().diagnostic()->line, 2);
    QCOMPARE(b.window.windowTitle(), u"bad.py[*] — Deferscope"_s);
    QVERIFY(b.window.code().editor().annotation(1).contains(b.window.session().diagnostic()->message));
}

void tst_MainWindow::recordingOpensForReading()
{
    test::RecordingFile recording;
    recording.print(u"a\n"_s);
    recording.print(u"b\n"_s);
    recording.end();
    Bench b;
    QVERIFY(b.isReady());
    QVERIFY(b.window.openFile(recording.path()));
    QTRY_VERIFY(b.hasEnded());
    QCOMPARE(b.window.windowTitle(), u"a.dscope[*] — Deferscope"_s);
    QCOMPARE(b.step(), 0);
    b.type(Qt::Key_End);
    QCOMPARE(b.step(), b.end());
    const auto *piece = b.window.findChild<QToolButton *>(u"addDeferredPiece"_s);
    QVERIFY(!piece->isEnabled());
    QVERIFY2(piece->toolTip().contains(u"recording"_s), qPrintable(piece->toolTip()));
    QVERIFY(!b.window.actions().asProgram->isEnabled());
    QVERIFY(!b.window.actions().realTime->isEnabled());
    QVERIFY(b.window.code().editor().isReadOnly());
    b.window.openExample(2);
    QTRY_VERIFY(b.hasEnded());
    QVERIFY(piece->isEnabled());
    QVERIFY(!b.window.code().editor().isReadOnly());
}

void tst_MainWindow::growingRecordingIsFollowed()
{
    test::RecordingFile recording;
    recording.print(u"a\n"_s);
    Bench b;
    QVERIFY(b.isReady());
    QVERIFY(b.window.openFile(recording.path()));
    QTRY_VERIFY(b.window.player().isPlaying());
    QTRY_COMPARE(b.step(), b.end());
    QVERIFY(b.window.findChild<QToolButton *>(u"stop"_s)->isVisible());
    const EventIndex before = b.end();
    recording.print(u"b\n"_s);
    QTRY_VERIFY(b.end() > before);
    QTRY_COMPARE(b.step(), b.end());
    recording.end();
    QTRY_VERIFY(b.hasEnded());
    QVERIFY(!b.window.player().isPlaying());
    QVERIFY(!b.window.findChild<QToolButton *>(u"stop"_s)->isVisible());
}

void tst_MainWindow::realProgramIsRunAfterAskingOnce()
{
    Bench b;
    QVERIFY(b.isReady());
    const QString path = b.write(u"real.py"_s, "from twisted.internet import defer, reactor\n"
                                               "d = defer.Deferred()\n"
                                               "reactor.callLater(0.1, d.callback, 1)\n"
                                               "reactor.callLater(60, reactor.stop)\n"
                                               "reactor.run()\n");
    QVERIFY(b.window.openFile(path));
    QTRY_VERIFY(b.hasEnded());
    int asked = 0;
    const auto answer = [&asked](const QString &button) {
        QTimer::singleShot(0, qApp, [&asked, button] {
            auto *question = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
            ++asked;
            for (QAbstractButton *each : question->buttons()) {
                if (each->text().remove(u'&') == button)
                    return each->click();
            }
            question->reject();
        });
    };
    answer(u"Cancel"_s);
    b.window.actions().asProgram->trigger();
    QCOMPARE(b.window.session().origin(), Origin::Lab);
    answer(u"Run it"_s);
    b.window.actions().asProgram->trigger();
    QCOMPARE(asked, 2);
    QCOMPARE(b.window.session().origin(), Origin::Program);
    QTRY_VERIFY(b.end() > 0);
    QVERIFY(b.window.player().isPlaying());
    b.window.actions().stop->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(b.hasEnded(), 10'000);
    b.window.actions().asProgram->trigger(); // it was allowed: nobody is asked
    QCOMPARE(b.window.session().state(), RunState::Running);
    QCOMPARE(asked, 2);
}

void tst_MainWindow::whatTheLabHasNotOffersARealProgram()
{
    Bench b;
    QVERIFY(b.isReady());
    QVERIFY(b.window.openText(u"import socket\nsocket.create_connection(('localhost', 1))\n"_s, u"net.py"_s));
    QTRY_VERIFY(b.hasEnded());
    QVERIFY2(b.window.messageBar().text().contains(u"network"_s), qPrintable(b.window.messageBar().text()));
    QCOMPARE(b.window.findChild<QToolButton *>(u"mend"_s)->text(), u"Run as a real program"_s);
}

void tst_MainWindow::missingPythonIsToldAndRecordingsOpen()
{
    test::RecordingFile recording;
    recording.print(u"a\n"_s);
    recording.end();
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
    MainWindow window(settings, {false, true, u"/nowhere/python3"_s});
    window.show();
    window.openExample(2);
    QTRY_COMPARE(window.session().state(), RunState::Ended);
    QVERIFY2(window.messageBar().text().contains(u"/nowhere/python3"_s), qPrintable(window.messageBar().text()));
    QVERIFY(window.openFile(recording.path()));
    QTRY_COMPARE(window.session().trace().size(), 1);
}

void tst_MainWindow::droppedFileOpens_data()
{
    QTest::addColumn<QPoint>("place");
    QTest::newRow("railway") << QPoint(640, 300);
    QTest::newRow("code") << QPoint(180, 300);
    QTest::newRow("inspector") << QPoint(1150, 300);
    QTest::newRow("events") << QPoint(640, 760);
    QTest::newRow("transport") << QPoint(640, 60);
}

void tst_MainWindow::droppedFileOpens()
{
    QFETCH(const QPoint, place);
    Bench b;
    QVERIFY(b.isReady());
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(b.write(u"drop.py"_s, "print('hello')\n"))});
    data.setText(u"file:///drop.py"_s); // file managers send both
    // As Qt does it: the widget below the mouse is asked first, then those round it, until one accepts.
    bool isAccepted = false;
    QWidget *below = b.window.childAt(place);
    while (below) {
        QDragEnterEvent enter(below->mapFrom(&b.window, place), Qt::CopyAction, &data, Qt::LeftButton,
                              Qt::NoModifier);
        enter.ignore();
        if (below->acceptDrops())
            QApplication::sendEvent(below, &enter);
        isAccepted = enter.isAccepted();
        if (isAccepted)
            break;
        below = below->parentWidget();
    }
    QVERIFY(isAccepted);
    QDropEvent drop(below->mapFrom(&b.window, place), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(below, &drop);
    QCOMPARE(b.window.windowTitle(), u"drop.py[*] — Deferscope"_s);
    QTRY_VERIFY(b.hasEnded());
}

void tst_MainWindow::stopEndsARunInRealTime()
{
    Bench b;
    QVERIFY(b.isReady());
    QVERIFY(b.window.openText(
        u"from twisted.internet import reactor\nreactor.callLater(1000, print)\nreactor.run()\n"_s,
        u"long.py"_s));
    QTRY_VERIFY(b.hasEnded());
    b.window.actions().realTime->trigger();
    QCOMPARE(b.window.session().state(), RunState::Running);
    QTest::keyClick(&b.window, Qt::Key_F5, Qt::ShiftModifier);
    QTRY_VERIFY(b.hasEnded());
    QCOMPARE(b.step(), 0);
    QVERIFY(!b.window.player().isPlaying());
    b.window.player().last();
    QCOMPARE(b.window.player().whyStopped(), u"the end of the run: it was stopped"_s);
}

void tst_MainWindow::budgetOffersMore()
{
    Bench b;
    QVERIFY(b.isReady());
    auto *further = b.window.findChild<QToolButton *>(u"further"_s);
    QVERIFY(!further->isVisible());
    QVERIFY(b.window.openText(u"from twisted.internet import reactor, task\n"
                              "task.LoopingCall(print, 'again').start(1)\nreactor.run()\n"_s,
                              u"forever.py"_s));
    QTRY_COMPARE_WITH_TIMEOUT(b.window.session().state(), RunState::Paused, 60'000);
    QVERIFY(further->isVisible());
    const EventIndex before = b.end();
    further->click();
    QTRY_COMPARE_WITH_TIMEOUT(b.window.session().state(), RunState::Paused, 60'000);
    QVERIFY(b.end() > before);
}

void tst_MainWindow::everyControlHasAName()
{
    Bench b;
    QVERIFY(b.isReady());
    QWidget *bar = b.window.findChild<QWidget *>(u"transport"_s);
    for (const QWidget *widget : bar->findChildren<QWidget *>())
        if (widget->focusPolicy() != Qt::NoFocus && !qobject_cast<const QLineEdit *>(widget))
            QVERIFY2(!widget->accessibleName().isEmpty(), qPrintable(widget->objectName()));
}

void tst_MainWindow::everyActionHasItsOwnKey()
{
    Bench b;
    QMap<QString, QString> owners;
    for (const QAction *action : b.window.actions().all()) {
        QVERIFY2(!action->statusTip().isEmpty(), qPrintable(action->objectName()));
        for (const QKeySequence &key : action->shortcuts()) {
            QVERIFY2(!owners.contains(key.toString()), qPrintable(key.toString()));
            owners.insert(key.toString(), action->objectName());
        }
    }
}

void tst_MainWindow::remembersThemeAndPanes()
{
    const QTemporaryDir folder;
    QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
    {
        MainWindow window(settings);
        window.show();
        window.actions().dark->trigger();
        window.findChild<QDockWidget *>(u"code"_s)->hide();
        window.close();
    }
    MainWindow window(settings);
    QVERIFY(window.actions().dark->isChecked());
    QVERIFY(window.findChild<QDockWidget *>(u"code"_s)->isHidden());
    window.actions().restoreLayout->trigger();
    QVERIFY(!window.findChild<QDockWidget *>(u"code"_s)->isHidden());
}

QTEST_MAIN(tst_MainWindow)
#include "tst_mainwindow.moc"
