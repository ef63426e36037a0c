// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionbench.h"
#include "ui/console/consolepane.h"

#include <QClipboard>
#include <QElapsedTimer>
#include <QGuiApplication>
#include <QLocale>
#include <QSignalSpy>
#include <QTextBlock>

using namespace deferscope;
using namespace deferscope::test;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

/// What the script has printed, step by step and back again.
class tst_Console : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsThatNothingWasPrinted();
    void showsWhatWasPrintedSoFar();
    void steppingBackIsSteppingForwardUndone();
    void errorsAreMarkedByWordAndColour();
    void aNewRunBeginsWithNothing();
    void manyLinesAreShownAndTakenBackSwiftly();
    void ofVeryMuchOutputTheLatestIsShown();
    void oneHugePrintIsCut();
    void textCanBeCopied();
    void placesAreLinks();
};

void tst_Console::tellsThatNothingWasPrinted()
{
    SessionBench bench;
    const ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QCOMPARE(pane.toPlainText(), QString());
    QCOMPARE(pane.placeholderText(), u"The script has printed nothing yet."_s);
    QVERIFY(pane.isReadOnly());
    QVERIFY(!pane.accessibleName().isEmpty());
}

void tst_Console::showsWhatWasPrintedSoFar()
{
    SessionBench bench;
    const ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    QCOMPARE(pane.toPlainText(), QString());

    const EventList &events = bench.session.trace().events();
    const auto isPrint = [](const TraceEvent &event) { return event.kind == EventKind::Print; };
    const auto first = std::ranges::distance(events.begin(), std::ranges::find_if(events, isPrint));
    bench.viewState.setStep(first);
    QCOMPARE(pane.toPlainText(), QString());
    bench.viewState.setStep(first + 1);
    QCOMPARE(pane.toPlainText(), u"in callback 1 with value= val\n"_s);
    bench.goToEnd();
    QCOMPARE(pane.toPlainText(), u"in callback 1 with value= val\nin callback 2 with value= modified\n"_s);
}

void tst_Console::steppingBackIsSteppingForwardUndone()
{
    SessionBench bench;
    const ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"import sys\n"
                       "print('a', end='')\n"
                       "print('b\\nc')\n"
                       "print('wrong\\nworse', file=sys.stderr)\n"
                       "print('d')\n"_s));
    QVERIFY2(!bench.session.diagnostic(), "the script is one that runs");
    QStringList forward;
    for (EventIndex step = 0; step <= bench.session.trace().size(); ++step) {
        bench.viewState.setStep(step);
        forward.append(pane.toPlainText());
    }
    QStringList backward;
    for (EventIndex step = bench.session.trace().size(); step >= 0; --step) {
        bench.viewState.setStep(step);
        backward.prepend(pane.toPlainText());
    }
    QCOMPARE(backward, forward);
    QCOMPARE(forward.constLast(), u"ab\nc\nstderr │ wrong\nstderr │ worse\nd\n"_s);
}

void tst_Console::errorsAreMarkedByWordAndColour()
{
    SessionBench bench;
    const Theme theme = Theme::dark();
    const ConsolePane pane(bench.session, bench.viewState, theme);
    QVERIFY(bench.load(u"import sys\nprint('fine')\nprint('wrong', file=sys.stderr)\n"_s));
    bench.goToEnd();
    const auto formatOf = [&](const QString &text) { return pane.document()->find(text).charFormat(); };
    QCOMPARE(formatOf(u"fine"_s).foreground().color(), theme.text);
    QCOMPARE(formatOf(u"wrong"_s).foreground().color(), theme.errback);
    QCOMPARE(pane.document()->findBlockByNumber(1).text(), u"stderr │ wrong"_s);
}

void tst_Console::aNewRunBeginsWithNothing()
{
    SessionBench bench;
    const ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"print('one')\n"_s));
    bench.goToEnd();
    QVERIFY(bench.load(u"print('two')\n"_s));
    QCOMPARE(pane.toPlainText(), QString());
    bench.goToEnd();
    QCOMPARE(pane.toPlainText(), u"two\n"_s);
}

void tst_Console::manyLinesAreShownAndTakenBackSwiftly()
{
    SessionBench bench;
    const ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"for i in range(5000):\n    print('line', i)\n"_s));
    QElapsedTimer timer;
    timer.start();
    bench.goToEnd();
    QCOMPARE(pane.blockCount(), 5001);
    for (EventIndex step = bench.session.trace().size(); step > 3000; --step)
        bench.viewState.setStep(step);
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
}

void tst_Console::ofVeryMuchOutputTheLatestIsShown()
{
    SessionBench bench;
    const ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"for i in range(50000):\n    print('line', i)\n"_s));
    QElapsedTimer timer;
    timer.start();
    bench.goToEnd();
    QVERIFY2(timer.elapsed() < 3'000, qPrintable(QString::number(timer.elapsed())));
    QCOMPARE(pane.blockCount(), 10'002);
    QVERIFY(pane.document()->firstBlock().text().contains(QLocale().toString(40'000)));
    QVERIFY(pane.toPlainText().endsWith(u"line 49999\n"_s));

    const auto after = [&bench](int print) { // the step that shows it last
        EventIndex step = 0;
        while (bench.session.replay().at(step).printed < print)
            ++step;
        return step;
    };
    bench.viewState.setStep(after(40'000)); // all that stood there was taken back
    QVERIFY(pane.toPlainText().endsWith(u"line 39999\n"_s));
    QVERIFY(pane.document()->firstBlock().text().contains(QLocale().toString(30'000)));
    bench.viewState.setStep(after(10));
    QCOMPARE(pane.blockCount(), 11);
    QCOMPARE(pane.document()->firstBlock().text(), u"line 0"_s);
    for (EventIndex step = bench.viewState.step(); step < after(30'100); step += 100)
        bench.viewState.setStep(step);
    QVERIFY(pane.blockCount() < 20'200);
}

void tst_Console::oneHugePrintIsCut()
{
    SessionBench bench;
    const ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"print('x' * 10000000)\nprint('after')\n"_s));
    bench.goToEnd();
    QVERIFY(pane.toPlainText().size() < 60'000);
    QVERIFY(pane.toPlainText().endsWith(u"x…\nafter\n"_s));
}

void tst_Console::textCanBeCopied()
{
    SessionBench bench;
    ConsolePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"print('to be kept')\n"_s));
    bench.goToEnd();
    pane.selectAll();
    QTest::keyClick(&pane, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), u"to be kept\n"_s);
    QTest::keyClicks(&pane, u"typed"_s);
    QCOMPARE(pane.toPlainText(), u"to be kept\n"_s);
}

void tst_Console::placesAreLinks()
{
    SessionBench bench;
    ConsolePane pane(bench.session, bench.viewState, Theme::light());
    pane.resize(600, 300);
    pane.show();
    QVERIFY(bench.load(u"print('fine')\nraise ValueError('bad')\n"_s));
    bench.goToEnd();
    QSignalSpy activated(&pane, &ConsolePane::placeActivated);
    QTextCursor link = pane.document()->find(u"line 2"_s);
    QVERIFY2(!link.isNull(), qPrintable(pane.toPlainText()));
    QTest::mouseClick(pane.viewport(), Qt::LeftButton, {}, pane.cursorRect(link).center() - QPoint(8, 0));
    QCOMPARE(activated.size(), 1);
    QCOMPARE(activated.constFirst(), (QVariantList{u"script.py"_s, 2}));
    pane.setTextCursor(link);
    QTest::keyClick(&pane, Qt::Key_Return);
    QCOMPARE(activated.size(), 2);
}

QTEST_MAIN(tst_Console)
#include "tst_console.moc"
