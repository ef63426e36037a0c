// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pythonrun.h"
#include "ui/building/actionrow.h"
#include "ui/building/buildbar.h"
#include "ui/canvas/piecemime.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/mainwindow.h"

#include <QClipboard>
#include <QDialogButtonBox>
#include <QDropEvent>
#include <QInputDialog>
#include <QMimeData>
#include <QRandomGenerator>
#include <QTemporaryDir>
#include <QTest>

using namespace deferscope;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

namespace {

/// The real window, empty or with a script, and hands for its dialogs.
class Bench
{
public:
    explicit Bench(const QString &text = {})
    {
        window.resize(1400, 900);
        window.show();
        window.openText(text, u"built.py"_s);
    }

    bool isReady(int milliseconds = 5000)
    {
        const auto hasRun = [this] {
            return window.session().state() == RunState::Ended
                && window.session().text() == window.document().text();
        };
        return QTest::qWaitForWindowExposed(&window) && QTest::qWaitFor(hasRun, milliseconds);
    }
    const QString &text() { return window.document().text(); }
    RailwayView &railway() { return window.railway(); }
    QPoint at(const QRectF &frame) { return railway().mapFromScene(frame.center()); }
    const ChainLayout &chain(quint32 number) { return *railway().railway().shown().find({number}); }
    void click(const QRectF &frame, Qt::KeyboardModifiers held = {})
    {
        QTest::mouseClick(railway().viewport(), Qt::LeftButton, held, at(frame));
    }
    void type(Qt::Key key, Qt::KeyboardModifiers held = {})
    {
        window.activateWindow();
        [[maybe_unused]] const bool isActive = QTest::qWaitForWindowActive(&window);
        railway().setFocus();
        QTest::keyClick(&railway(), key, held);
    }

    void press(Qt::Key key, Qt::KeyboardModifiers held)
    {
        window.activateWindow();
        [[maybe_unused]] const bool isActive = QTest::qWaitForWindowActive(&window);
        QTest::keyClick(&window, key, held);
    }

    /// What is done in the next dialog; then it is accepted with its button.
    template <typename Hands> void inDialog(Hands hands)
    {
        awaitDialog([hands](QWidget &dialog) {
            hands(dialog);
            auto *buttons = dialog.findChild<QDialogButtonBox *>();
            QTest::mouseClick(buttons->button(QDialogButtonBox::Ok), Qt::LeftButton);
            if (dialog.isVisible())
                static_cast<QDialog &>(dialog).reject(); // it was not accepted: the test says so
        });
    }
    template <typename Hands> void awaitDialog(Hands hands)
    {
        auto *poll = new QTimer(&window);
        // Not before its event loop runs: one that is closed while it is being shown would never end.
        QObject::connect(poll, &QTimer::timeout, &window, [poll, hands, seen = 0]() mutable {
            QWidget *dialog = QApplication::activeModalWidget();
            seen = dialog && dialog->isVisible() ? seen + 1 : 0;
            if (seen < 4)
                return;
            poll->stop();
            hands(*dialog);
        });
        poll->start(10);
    }
    static void fill(QWidget &dialog, const QString &name, const QString &value)
    {
        for (QLineEdit *edit : dialog.findChildren<QLineEdit *>()) {
            if (edit->accessibleName() == name && edit->isVisible()) {
                edit->selectAll();
                QTest::keyClicks(edit, value);
                return;
            }
        }
        QFAIL(qPrintable(name));
    }

    QTemporaryDir folder;
    QSettings settings{folder.filePath(u"settings.ini"_s), QSettings::IniFormat};
    MainWindow window{settings, {false, true}};
};

const auto Two = u"from twisted.internet import defer, reactor\n"
                 "\n"
                 "\n"
                 "def first(result):\n"
                 "    print('first', result)\n"
                 "    return result\n"
                 "\n"
                 "\n"
                 "def second(result):\n"
                 "    print('second', result)\n"
                 "\n"
                 "\n"
                 "a = defer.Deferred()\n"
                 "a.addCallback(first)\n"
                 "a.addCallback(second)\n"
                 "b = defer.Deferred()\n"
                 "reactor.callLater(1, a.callback, 'x')\n"
                 "reactor.callLater(2, b.callback, 'y')\n"
                 "reactor.callLater(3, reactor.stop)\n"
                 "reactor.run()\n"_s;

/// Some edit of a piece of the picture, as a hand might choose it.
void editSomething(MainWindow &window, QRandomGenerator &chance)
{
    const QList<ChainLayout> &chains = window.railway().railway().shown().chains;
    if (chains.isEmpty())
        return;
    const auto anyChain = [&] { return chains.at(chance.bounded(chains.size())); };
    const ChainLayout chain = anyChain();
    const DeferredId other = anyChain().id;
    const int link = chain.rows.isEmpty() ? -1 : int(chance.bounded(chain.rows.size()));
    window.viewState().selectLink(chain.id, chance.bounded(3) == 0 ? -1 : link);
    Builder &builder = window.builder();
    switch (chance.bounded(9)) {
    case 0: return builder.removeSelection();
    case 1: return builder.duplicateSelection();
    case 2: return builder.copySelection();
    case 3: return builder.cutSelection();
    case 4: return builder.paste();
    case 5: return builder.moveLink(chain.id, link, other, 0);
    case 6: return builder.moveSelection(chance.bounded(2) == 0 ? -1 : 1);
    case 7: return builder.chain(chain.id, other);
    case 8: return builder.setKind(chain.id, link, edit::LinkKind(chance.bounded(3)));
    }
}

} // namespace

class tst_Building : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void articleIsBuiltByHandAndRunsUnderTwisted();
    void undoGoesBackToEmptyAndRedoToFull();
    void typingUpdatesThePictureAndAnErrorKeepsIt();
    void linkIsDraggedDown();
    void linkIsDraggedToAnotherChain();
    void linkIsCutAndPasted();
    void deferredIsCopied();
    void lineFromALinkReturnsTheDeferred();
    void lineBetweenDeferredsChainsThem();
    void pieceIsDroppedBetweenTwoLinks();
    void plusAddsBetweenTwoLinks();
    void selectedDeferredsAreGathered();
    void deletedLinkGoes();
    void refusalIsSaid();
    void firedByHandStays();
    void savedAndNoticedWhenChanged();
    void unsavedWorkComesBack();
    void textIsDropped();
    void firingIsDraggedAlongTheRuler();
    void paletteFindsAndRebinds();
    void chainIsCopiedAsACoroutine();
    void anyEditsAreUndoneAndRedone_data();
    void anyEditsAreUndoneAndRedone();
};

void tst_Building::articleIsBuiltByHandAndRunsUnderTwisted()
{
    Bench b;
    QVERIFY(b.isReady());
    b.inDialog([](QWidget &dialog) {
        Bench::fill(dialog, u"Name"_s, u"delayed"_s);
        Bench::fill(dialog, u"Seconds"_s, u"2.0"_s);
        Bench::fill(dialog, u"Value"_s, u"val"_s);
    });
    QTest::mouseDClick(b.railway().viewport(), Qt::LeftButton, {}, {300, 100});
    QVERIFY(b.isReady());
    QCOMPARE(b.railway().railway().shown().chains.size(), 1);

    b.click(b.chain(1).header);
    b.inDialog([](QWidget &dialog) {
        auto rows = dialog.findChildren<ActionRow *>();
        Bench::fill(*rows.at(0), u"Value"_s, u"\"in callback 1 with value=\", result"_s);
        rows.at(1)->findChild<QComboBox *>()->setCurrentIndex(3); // a Deferred that fires
        Bench::fill(*rows.at(1), u"Seconds"_s, u"1.0"_s);
        Bench::fill(*rows.at(1), u"Value"_s, u"modified"_s);
    });
    QTest::mouseClick(b.window.findChild<PieceButton *>(u"addCallbackPiece"_s), Qt::LeftButton);
    QVERIFY(b.isReady());
    QCOMPARE(b.railway().railway().shown().chains.size(), 2);

    b.click(b.chain(1).header);
    b.inDialog([](QWidget &dialog) {
        auto rows = dialog.findChildren<ActionRow *>();
        Bench::fill(*rows.at(0), u"Value"_s, u"\"in callback 2 with value=\", result"_s);
        rows.at(1)->findChild<QComboBox *>()->setCurrentIndex(11); // stop the reactor
    });
    b.type(Qt::Key_C);
    QVERIFY(b.isReady());
    QVERIFY(!b.window.document().saveTo(b.folder.filePath(u"article.py"_s)));
    test::PythonRun python(b.folder.filePath(u"article.py"_s), b.folder.path());
    QCOMPARE(QString::fromUtf8(python.output()),
             u"in callback 1 with value= val\nin callback 2 with value= modified\n"_s);
}

void tst_Building::undoGoesBackToEmptyAndRedoToFull()
{
    Bench b;
    QVERIFY(b.isReady());
    for (const QString &name : {u"one"_s, u"two"_s}) {
        b.inDialog([name](QWidget &dialog) { Bench::fill(dialog, u"Name"_s, name); });
        b.type(Qt::Key_A);
        QVERIFY(b.isReady());
    }
    const QString full = b.text();
    QCOMPARE(b.window.actions().undo->text(), u"&Undo: add the Deferred two"_s);
    QVERIFY(b.window.windowTitle().contains(u"[*]"_s) && b.window.isWindowModified());
    b.press(Qt::Key_Z, Qt::ControlModifier);
    b.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(b.text(), QString());
    QVERIFY(!b.window.isWindowModified());
    QVERIFY(!b.window.actions().undo->isEnabled());
    b.press(Qt::Key_Y, Qt::ControlModifier);
    b.press(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(b.text(), full);
    QVERIFY(b.isReady());
    QCOMPARE(b.railway().railway().shown().chains.size(), 2);
}

void tst_Building::typingUpdatesThePictureAndAnErrorKeepsIt()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    QsciScintilla &editor = b.window.code().editor();
    editor.setFocus();
    editor.setCursorPosition(15, 0);
    QTest::keyClicks(&editor, u"c = defer.succeed(7)"_s);
    QTest::keyClick(&editor, Qt::Key_Return);
    QTRY_COMPARE(b.window.session().text(), b.text());
    QVERIFY(b.isReady());
    QCOMPARE(b.window.session().trace().deferredCount(), 3U);
    QTest::keyClicks(&editor, u"x = ("_s);
    QTRY_VERIFY(b.window.session().diagnostic());
    QCOMPARE(b.window.session().trace().deferredCount(), 3U); // the last good picture
    QVERIFY(b.window.player().whyStopped().contains(u"has an error"_s));
    b.type(Qt::Key_Delete); // on the canvas: refused while the picture is of another text
    b.press(Qt::Key_Z, Qt::ControlModifier);
    QTRY_VERIFY(!b.window.session().diagnostic());
    while (b.window.actions().undo->isEnabled())
        b.window.actions().undo->trigger();
    QCOMPARE(b.text(), Two);
}

void tst_Building::linkIsDraggedDown()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    const QPoint from = b.at(b.chain(1).rows.at(0).frame());
    const QPoint to = b.at(b.chain(1).rows.at(1).frame()) + QPoint(0, 30);
    QTest::mousePress(b.railway().viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(b.railway().viewport(), (from + to) / 2);
    QTest::mouseMove(b.railway().viewport(), to);
    QTest::mouseRelease(b.railway().viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(b.text(),
             QString(Two).replace(u"a.addCallback(first)\na.addCallback(second)\n"_s,
                                  u"a.addCallback(second)\na.addCallback(first)\n"_s));
    QVERIFY(b.isReady());
    b.window.viewState().selectLink({1}, 1);
    b.type(Qt::Key_Up, Qt::ControlModifier);
    QCOMPARE(b.text(), Two);
}

void tst_Building::linkIsDraggedToAnotherChain()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    const QPoint from = b.at(b.chain(1).rows.at(1).frame());
    const QPoint to = b.railway().mapFromScene(b.chain(2).header.center() + QPointF(0, 60));
    QTest::mousePress(b.railway().viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(b.railway().viewport(), (from + to) / 2);
    QTest::mouseMove(b.railway().viewport(), to);
    QTest::mouseRelease(b.railway().viewport(), Qt::LeftButton, {}, to);
    QVERIFY2(b.text().contains(u"b = defer.Deferred()\nb.addCallback(second)\n"_s), qPrintable(b.text()));
    QVERIFY(!b.text().contains(u"a.addCallback(second)"_s));
}

void tst_Building::linkIsCutAndPasted()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    b.click(b.chain(1).rows.at(0).frame());
    b.type(Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(b.text(), Two); // it goes when it is pasted
    b.click(b.chain(2).header);
    b.type(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(b.text().contains(u"b.addCallback(first)"_s) && !b.text().contains(u"a.addCallback(first)"_s));
    QVERIFY(b.isReady());
    b.type(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(b.window.messageBar().text().contains(u"Copy or cut a piece first"_s));
    b.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(b.text(), Two);
}

void tst_Building::deferredIsCopied()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    b.click(b.chain(1).header);
    b.type(Qt::Key_C, Qt::ControlModifier);
    b.type(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(b.isReady());
    QCOMPARE(b.railway().railway().shown().chains.size(), 3);
    QCOMPARE(b.text().count(u".addCallback(first)"_s), 2);
}

void tst_Building::lineFromALinkReturnsTheDeferred()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    const QPoint from = b.at(b.chain(1).rows.at(0).frame());
    const QPoint to = b.at(b.chain(2).header);
    QTest::mousePress(b.railway().viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(b.railway().viewport(), (from + to) / 2);
    QTest::mouseMove(b.railway().viewport(), to);
    QTest::mouseRelease(b.railway().viewport(), Qt::LeftButton, {}, to);
    QCOMPARE(b.text(), QString(Two).replace(u"    return result\n"_s, u"    return b\n"_s));
}

void tst_Building::lineBetweenDeferredsChainsThem()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    const QPoint from = b.at(b.chain(1).header);
    const QPoint to = b.at(b.chain(2).header);
    QTest::mousePress(b.railway().viewport(), Qt::LeftButton, {}, from);
    QTest::mouseMove(b.railway().viewport(), (from + to) / 2);
    QTest::mouseMove(b.railway().viewport(), to);
    QTest::mouseRelease(b.railway().viewport(), Qt::LeftButton, {}, to);
    QVERIFY2(b.text().contains(u"a.chainDeferred(b)\n"_s), qPrintable(b.text()));
}

void tst_Building::pieceIsDroppedBetweenTwoLinks()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    const QPointF between
        = (b.chain(1).rows.at(0).frame().center() + b.chain(1).rows.at(1).frame().center()) / 2;
    const QPoint place = b.railway().mapFromScene(between);
    QMimeData piece;
    piece.setData(PieceMime, "addErrback");
    QDragEnterEvent enter(place, Qt::CopyAction, &piece, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(b.railway().viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(place, Qt::CopyAction, &piece, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(b.railway().viewport(), &drop);
    b.inDialog([](QWidget &) {});
    QTRY_VERIFY2(b.text().contains(u"a.addCallback(first)\na.addErrback(errback)\na.addCallback(second)\n"_s),
                 qPrintable(b.text()));
}

void tst_Building::plusAddsBetweenTwoLinks()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    b.railway().resetZoom();
    const QPointF between
        = (b.chain(1).rows.at(0).frame().center() + b.chain(1).rows.at(1).frame().center()) / 2;
    QTest::mouseMove(b.railway().viewport(), b.railway().mapFromScene(between) + QPoint(40, 0));
    auto *plus = b.window.findChild<QToolButton *>(u"plus"_s);
    QTRY_VERIFY(plus->isVisible());
    QVERIFY((b.railway().mapToScene(plus->geometry().center()) - between).manhattanLength() < 40);
    b.inDialog([](QWidget &) {});
    b.window.builder().addLink({1}, 1, edit::LinkKind::Both); // as the menu of the button does
    QVERIFY2(b.text().contains(u"a.addCallback(first)\na.addBoth(callback)\n"_s), qPrintable(b.text()));
}

void tst_Building::selectedDeferredsAreGathered()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    b.click(b.chain(1).header);
    b.click(b.chain(2).header, Qt::ControlModifier);
    QCOMPARE(b.window.viewState().selected().size(), 2);
    b.type(Qt::Key_G);
    QVERIFY2(b.text().contains(u"both = defer.gatherResults([a, b])\n"_s), qPrintable(b.text()));
}

void tst_Building::deletedLinkGoes()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    b.click(b.chain(1).rows.at(1).frame());
    QCOMPARE(b.window.viewState().selectedLink(), 1);
    b.type(Qt::Key_Delete);
    QVERIFY(!b.text().contains(u"second"_s));
    QCOMPARE(b.window.actions().undo->text(), u"&Undo: remove a link of a"_s);
}

void tst_Building::refusalIsSaid()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.type(Qt::Key_C);
    QVERIFY2(b.window.messageBar().text().contains(u"Choose the Deferred first"_s),
             qPrintable(b.window.messageBar().text()));
    QCOMPARE(b.text(), Two);
}

void tst_Building::firedByHandStays()
{
    Bench b(u"from twisted.internet import defer\nd = defer.Deferred()\nd.addCallback(print)\n"_s);
    QVERIFY(b.isReady());
    b.window.player().last();
    b.click(b.chain(1).header);
    b.awaitDialog([](QWidget &dialog) {
        auto &input = dynamic_cast<QInputDialog &>(dialog);
        input.setTextValue(u"by hand"_s);
        input.accept();
    });
    b.window.actions().fireByHand->trigger();
    QVERIFY(b.isReady());
    QVERIFY2(b.window.messageBar().text().isEmpty(), qPrintable(b.window.messageBar().text()));
    QTRY_COMPARE(b.window.hand().list().count(), 1);
    QCOMPARE(b.window.hand().list().item(0)->text(), u"step 5   fire d with 'by hand'"_s);
    const Trace &trace = b.window.session().trace();
    const auto printed = std::ranges::find_if(
        trace.events(), [](const TraceEvent &event) { return event.kind == EventKind::Print; });
    QVERIFY(printed != trace.events().end());
    QCOMPARE(trace.text(*printed), u"by hand\n"_s);
    b.window.builder().removeByHand(0);
    QVERIFY(b.isReady());
    QCOMPARE(b.window.hand().list().count(), 0);
    b.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(b.window.hand().list().count(), 1);
}

void tst_Building::savedAndNoticedWhenChanged()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    const QString path = b.folder.filePath(u"saved.py"_s);
    QVERIFY(!b.window.document().saveTo(path));
    QCOMPARE(b.window.windowTitle(), u"saved.py[*] — Deferscope"_s);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), Two);
    file.close();
    QTest::qWait(20);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("x = 1\r\n");
    file.close();
    QTRY_VERIFY(b.window.messageBar().text().contains(u"changed by another program"_s));
    QTest::mouseClick(b.window.findChild<QToolButton *>(u"mend"_s), Qt::LeftButton);
    QCOMPARE(b.text(), u"x = 1\n"_s);
    b.press(Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(b.text(), Two);
    QVERIFY(b.window.document().saveTo(b.folder.filePath(u"no/such/folder.py"_s)).has_value());
    QCOMPARE(b.window.document().path(), path);
    QVERIFY(!b.window.document().saveTo(path)); // and the lines end as they did there
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()), QString(Two).replace(u"\n"_s, u"\r\n"_s));
}

void tst_Building::unsavedWorkComesBack()
{
    const QTemporaryDir folder;
    const QString unsaved = folder.filePath(u"unsaved"_s);
    // What a program that was killed leaves behind: its work, and a lock that nobody holds.
    QDir().mkpath(unsaved);
    QFile left(unsaved + u"/old.unsaved"_s);
    QVERIFY(left.open(QIODevice::WriteOnly));
    left.write(R"({"name": "lost.py", "path": "", "text": "y = 2\n"})");
    left.close();
    QSettings settings(folder.filePath(u"settings.ini"_s), QSettings::IniFormat);
    {
        MainWindow window(settings);
        QVERIFY(window.recover());
        QCOMPARE(window.document().text(), u"y = 2\n"_s);
        QVERIFY(window.document().isModified());
        QVERIFY(window.messageBar().text().contains(u"lost.py was recovered"_s));
        window.document().edit(u"y = 3\n"_s, u"test"_s);
        QTRY_VERIFY(QDir(unsaved).entryList({u"*.unsaved"_s}, QDir::Files).size() == 1);
        QTest::qWait(250);
    } // destroyed without being closed: as if it had been killed
    {
        // With another file open it is offered, not put in its place.
        QFile other(folder.filePath(u"other.py"_s));
        QVERIFY(other.open(QIODevice::WriteOnly) && other.write("z = 1\n") > 0);
        other.close();
        MainWindow window(settings);
        QVERIFY(window.openFile(other.fileName()));
        QVERIFY(!window.recover());
        QVERIFY(window.messageBar().text().contains(u"Unsaved work from last time is kept"_s));
        QCOMPARE(window.document().text(), u"z = 1\n"_s);
    }
    MainWindow window(settings);
    QVERIFY(window.recover());
    QCOMPARE(window.document().text(), u"y = 3\n"_s);
    QVERIFY(!window.recover());
}

void tst_Building::textIsDropped()
{
    Bench b;
    QVERIFY(b.isReady());
    QMimeData data;
    data.setText(u"z = 1\n"_s);
    QDragEnterEvent enter({400, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&b.window, &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop({400, 300}, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&b.window, &drop);
    QCOMPARE(b.text(), u"z = 1\n"_s);
}

void tst_Building::firingIsDraggedAlongTheRuler()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    TimeRuler &ruler = *b.window.findChild<TimeRuler *>();
    QCOMPARE(ruler.marks().size(), 3);
    const QPoint from = ruler.flagOf(0).center().toPoint();
    const int second = int(ruler.flagOf(1).center().x() - ruler.flagOf(0).center().x());
    QTest::mousePress(&ruler, Qt::LeftButton, {}, from);
    for (int part = 1; part <= 4; ++part) {
        QTest::mouseMove(&ruler, from + QPoint(second * part / 8, 0));
        QVERIFY(b.isReady());
    }
    QTest::mouseRelease(&ruler, Qt::LeftButton, {}, from + QPoint(second / 2, 0));
    QCOMPARE(b.text(), QString(Two).replace(u"callLater(1, a"_s, u"callLater(1.5, a"_s));
    QCOMPARE(b.window.session().trace().timeOf(b.window.session().trace().size()), 3.0);
    b.window.actions().undo->trigger(); // the whole drag is one change
    QCOMPARE(b.text(), Two);
    QVERIFY(b.isReady());
    ruler.setFocus();
    QTest::keyClick(&ruler, Qt::Key_Up);
    QTest::keyClick(&ruler, Qt::Key_Right, Qt::ControlModifier);
    QVERIFY(b.text().contains(u"callLater(1.1, a"_s));
}

void tst_Building::paletteFindsAndRebinds()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.awaitDialog([](QWidget &dialog) {
        auto *field = dialog.findChild<QLineEdit *>();
        QTest::keyClicks(field, u"last step"_s);
        const int found = dialog.findChild<QTreeWidget *>()->topLevelItemCount();
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(found, 1);
    });
    b.press(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(b.window.viewState().step(), b.window.session().trace().size());
    QAction action(u"Something"_s);
    action.setObjectName(u"something"_s);
    action.setShortcut(Qt::CTRL | Qt::Key_7);
    Settings settings(b.settings);
    settings.setKeys(action);
    action.setShortcut({});
    settings.restoreKeys(action);
    QCOMPARE(action.shortcut(), QKeySequence(Qt::CTRL | Qt::Key_7));
}

void tst_Building::chainIsCopiedAsACoroutine()
{
    Bench b(Two);
    QVERIFY(b.isReady());
    b.window.player().last();
    b.click(b.chain(1).header);
    b.window.actions().copyAsAsync->trigger();
    const QString copied = QApplication::clipboard()->text();
    QVERIFY2(copied.contains(u"async def a_steps():\n"
                             "    result = await a\n"
                             "    result = await defer.maybeDeferred(first, result)\n"
                             "    result = await defer.maybeDeferred(second, result)\n"
                             "    return result\n"_s),
             qPrintable(copied));
    b.window.actions().copyAsCpp->trigger();
    QVERIFY(QApplication::clipboard()->text().contains(u"    a.addCallback(first);\n"_s));
}

void tst_Building::anyEditsAreUndoneAndRedone_data()
{
    QTest::addColumn<QString>("example");
    for (const QString &name : QDir(QStringLiteral(DEFERSCOPE_EXAMPLES)).entryList({u"*.py"_s}))
        QTest::addRow("%s", qPrintable(name)) << name;
}

void tst_Building::anyEditsAreUndoneAndRedone()
{
    QFETCH(QString, example);
    QFile file(QStringLiteral(DEFERSCOPE_EXAMPLES) + u'/' + example);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString original = QString::fromUtf8(file.readAll());
    Bench b(original);
    QVERIFY(b.isReady());
    QRandomGenerator chance(quint32(qHash(example, 1)));
    for (int i = 0; i < 40; ++i) {
        b.window.player().last();
        editSomething(b.window, chance);
        if (!b.isReady(500)) { // it runs for ever now
            b.window.document().undoStack().undo();
            QVERIFY2(b.isReady(), qPrintable(b.text()));
        }
    }
    const QString edited = b.text();
    QVERIFY(b.window.document().undoStack().count() > 0);
    while (b.window.document().undoStack().canUndo())
        b.window.document().undoStack().undo();
    QCOMPARE(b.text(), original);
    while (b.window.document().undoStack().canRedo())
        b.window.document().undoStack().redo();
    QCOMPARE(b.text(), edited);
}

QTEST_MAIN(tst_Building)
#include "tst_building.moc"
