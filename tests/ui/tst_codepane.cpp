// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionbench.h"
#include "tests/support/recordingfile.h"
#include "ui/code/codepane.h"

#include <QElapsedTimer>
#include <QSignalSpy>

using namespace deferscope;
using namespace deferscope::test;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

/// The script and its marked line.
class tst_CodePane : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void marksTheLineOfTheStep();
    void startsAtTheStepThatIsShown();
    void theFirstStepOfAllMarksNothing();
    void theMarkedLineIsKeptInView();
    void aRefusedScriptSaysWhereAndWhy();
    void anAcceptedScriptTakesTheRefusalAway();
    void anErrorIsToldWhenTheKeysRest();
    void whatNobodyCaughtMarksItsLine();
    void aRecordingShowsTheFileOfTheStep();
    void typingTellsTheNewText();
    void anotherTextLeavesTheCursorAlone();
    void showsALine();
    void followsTheTheme();
    void fiveMegabytesDoNotFreezeIt();

private:
    static QList<int> linesWith(CodePane &pane, CodePane::Marker marker);
};

QList<int> tst_CodePane::linesWith(CodePane &pane, CodePane::Marker marker)
{
    QList<int> lines;
    for (int line = 0; line < pane.editor().lines(); ++line) {
        if (pane.editor().markersAtLine(line) & (1U << marker))
            lines.append(line + 1);
    }
    return lines;
}

void tst_CodePane::marksTheLineOfTheStep()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    const Trace &trace = bench.session.trace();
    for (EventIndex step = 1; step <= trace.size(); ++step) {
        bench.viewState.setStep(step);
        const int line = trace.site(bench.session.replay().at(step).site).line;
        QCOMPARE(linesWith(pane, CodePane::CurrentLine), line ? QList<int>{line} : QList<int>{});
        QCOMPARE(linesWith(pane, CodePane::CurrentArrow), line ? QList<int>{line} : QList<int>{});
        if (trace.at(step - 1).kind == EventKind::Wait)
            QCOMPARE(line, 7); // return d
    }
}

void tst_CodePane::startsAtTheStepThatIsShown()
{
    SessionBench bench;
    QVERIFY(bench.load(ChainingScript));
    bench.viewState.setStep(2);
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QCOMPARE(linesWith(pane, CodePane::CurrentLine), QList<int>{13});
}

void tst_CodePane::theFirstStepOfAllMarksNothing()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    QCOMPARE(linesWith(pane, CodePane::CurrentLine), QList<int>{});
    bench.goToEnd();
    bench.viewState.setStep(0);
    QCOMPARE(linesWith(pane, CodePane::CurrentLine), QList<int>{});
    QCOMPARE(pane.markedLine(), 0);
}

void tst_CodePane::theMarkedLineIsKeptInView()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    pane.resize(400, 300);
    pane.show();
    QVERIFY(bench.load(QString(300, u'\n') + u"print('far down')\n"_s));
    bench.goToEnd();
    QCOMPARE(pane.markedLine(), 301);
    const int first = pane.editor().firstVisibleLine() + 1;
    QVERIFY2(first > 250 && first <= 301, qPrintable(QString::number(first)));
}

void tst_CodePane::aRefusedScriptSaysWhereAndWhy()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"x = 1\nx = = 2\n"_s));
    QVERIFY(bench.session.diagnostic());
    QCOMPARE(linesWith(pane, CodePane::RefusedLine), QList<int>{2});
    QVERIFY(pane.editor().annotation(1).contains(bench.session.diagnostic()->message));
}

void tst_CodePane::anAcceptedScriptTakesTheRefusalAway()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"x = = 2\n"_s));
    QVERIFY(bench.load(u"x = 2\n"_s));
    QCOMPARE(linesWith(pane, CodePane::RefusedLine), QList<int>{});
    QCOMPARE(pane.editor().annotation(0), QString());
}

void tst_CodePane::anErrorIsToldWhenTheKeysRest()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"x = 2\n"_s));
    connect(&pane, &CodePane::typed, &bench.session, [&](const QString &text) { bench.session.edit(text); });
    pane.editor().setCursorPosition(0, 5);
    QTest::keyClicks(&pane.editor(), u"="_s);
    QTRY_VERIFY(bench.session.diagnostic());
    QCOMPARE(linesWith(pane, CodePane::RefusedLine), QList<int>{});
    QTRY_COMPARE(linesWith(pane, CodePane::RefusedLine), QList<int>{1});
}

void tst_CodePane::whatNobodyCaughtMarksItsLine()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"print('a')\ndef fail():\n    raise ValueError('bad')\nfail()\n"_s));
    QCOMPARE(bench.session.ending()->kind, Ending::Kind::UncaughtException);
    bench.goToEnd();
    QCOMPARE(pane.markedLine(), 3);
}

void tst_CodePane::aRecordingShowsTheFileOfTheStep()
{
    QTemporaryDir folder;
    QFile source(folder.filePath(u"told.py"_s));
    QVERIFY(source.open(QIODevice::WriteOnly) && source.write("first\nsecond\n") > 0);
    source.close();
    RecordingFile recording;
    recording.printAt({source.fileName(), 2, 1, {}, {}}, u"a\n"_s);
    recording.printAt({u"/nowhere/gone.py"_s, 7, 1, {}, {}}, u"b\n"_s);
    recording.end();

    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(!bench.session.openRecording(recording.path()));
    QTRY_COMPARE(bench.session.state(), RunState::Ended);
    bench.viewState.setStep(1);
    QCOMPARE(pane.editor().text(), u"first\nsecond\n"_s);
    QCOMPARE(pane.markedLine(), 2);
    QVERIFY(pane.editor().isReadOnly());
    bench.viewState.setStep(2);
    QVERIFY2(pane.editor().text().contains(u"/nowhere/gone.py"_s), qPrintable(pane.editor().text()));
    QVERIFY(bench.load(u"x = 2\n"_s));
    QCOMPARE(pane.editor().text(), u"x = 2\n"_s);
    QVERIFY(!pane.editor().isReadOnly());
}

void tst_CodePane::typingTellsTheNewText()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"x = 2\n"_s));
    QSignalSpy typed(&pane, &CodePane::typed);
    pane.editor().setCursorPosition(0, 5);
    QTest::keyClicks(&pane.editor(), u"3"_s);
    QCOMPARE(pane.editor().text(), u"x = 23\n"_s);
    QCOMPARE(typed.constLast().constFirst().toString(), u"x = 23\n"_s);
    QVERIFY(!pane.editor().accessibleName().isEmpty());
}

void tst_CodePane::anotherTextLeavesTheCursorAlone()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"a = 'ä'\nb = 2\nc = 3\n"_s));
    QSignalSpy typed(&pane, &CodePane::typed);
    pane.editor().setCursorPosition(2, 3);
    bench.session.edit(u"a = 'äö'\nnew = 1\nb = 2\nc = 3\n"_s);
    QCOMPARE(pane.editor().text(), u"a = 'äö'\nnew = 1\nb = 2\nc = 3\n"_s);
    int line = 0;
    int column = 0;
    pane.editor().getCursorPosition(&line, &column);
    QCOMPARE(line, 3);
    QCOMPARE(column, 3);
    QVERIFY(typed.isEmpty()); // it was not the person
}

void tst_CodePane::showsALine()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    pane.resize(400, 300);
    pane.show();
    QVERIFY(bench.load(QString(300, u'\n') + u"print('far down')\n"_s));
    pane.showLine(301);
    int line = 0;
    int column = 0;
    pane.editor().getCursorPosition(&line, &column);
    QCOMPARE(line, 300);
    QVERIFY(pane.editor().firstVisibleLine() > 250);
}

void tst_CodePane::followsTheTheme()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    pane.resize(400, 300);
    pane.show();
    bench.viewState.setStep(1);
    for (const Theme &theme : {Theme::dark(), Theme::light()}) {
        pane.setTheme(theme);
        QCOMPARE(pane.editor().lexer()->paper(QsciLexerPython::Comment), theme.surface);
        const QImage image = pane.editor().viewport()->grab().toImage();
        QCOMPARE(image.pixelColor(image.width() - 10, image.height() - 4), theme.surface);
    }
}

void tst_CodePane::fiveMegabytesDoNotFreezeIt()
{
    SessionBench bench;
    CodePane pane(bench.session, bench.viewState, Theme::light());
    pane.resize(400, 300);
    pane.show();
    QElapsedTimer timer;
    timer.start();
    QVERIFY(
        bench.load(u"# a comment, and it is a rather long one of sixty characters.\n"_s.repeated(85'000)));
    QCoreApplication::processEvents();
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed())));
    QVERIFY(!pane.editor().lexer());
    QVERIFY(bench.load(u"x = 2\n"_s));
    QVERIFY(pane.editor().lexer());
}

QTEST_MAIN(tst_CodePane)
#include "tst_codepane.moc"
