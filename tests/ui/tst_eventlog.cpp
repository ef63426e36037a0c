// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionbench.h"
#include "ui/log/eventlog.h"

#include <QAbstractItemModelTester>
#include <QElapsedTimer>
#include <QSignalSpy>

using namespace deferscope;
using namespace deferscope::test;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

namespace {

QStringList rowsOf(const QAbstractItemModel &model, const QList<int> &columns)
{
    QStringList rows;
    for (int row = 0; row < model.rowCount(); ++row) {
        QStringList cells;
        for (const int column : columns)
            cells.append(model.index(row, column).data().toString());
        rows.append(cells.join(u" | "_s));
    }
    return rows;
}

} // namespace

/// The trace as a table, and the table as a way through the trace.
class tst_EventLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void modelIsSoundWhileTheTraceGrows();
    void filterIsSoundWhileTheTraceGrows();
    void rowsOnlyGrow();
    void rowsTellWhatHappened();
    void selectedRowFollowsTheStep();
    void arrowsAndClicksGoToAStep();
    void filterKeepsWhatHoldsTheText();
    void filterKeepsTheSelectedDeferred();
    void choosingInAFilteredListGoesToTheRightStep();
    void longTracesAreFilteredSwiftly();
};

void tst_EventLog::modelIsSoundWhileTheTraceGrows()
{
    SessionBench bench;
    EventLogModel model(bench.session);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    QVERIFY(bench.load(ChainingScript));
    QCOMPARE(model.rowCount(), int(bench.session.trace().size()));
    QVERIFY(bench.load(u"print('again')\n"_s));
    QCOMPARE(model.rowCount(), int(bench.session.trace().size()));
}

void tst_EventLog::filterIsSoundWhileTheTraceGrows()
{
    SessionBench bench;
    EventLogModel model(bench.session);
    EventFilter filter(model);
    const QAbstractItemModelTester tester(&filter, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (const bool isOn : {false, true}) {
        filter.setText(isOn ? u"print"_s : QString());
        QVERIFY(bench.load(ChainingScript));
        QTRY_VERIFY(!filter.isSearching());
        QCOMPARE(filter.rowCount(), isOn ? 2 : model.rowCount());
        for (int row = 0; row < filter.rowCount(); ++row)
            QCOMPARE(filter.mapFromSource(filter.mapToSource(filter.index(row, 1))), filter.index(row, 1));
    }
    filter.setDeferred({2});
    QCOMPARE(filter.rowCount(), 0);
    QVERIFY(!filter.mapFromSource(model.index(0, 0)).isValid());
}

void tst_EventLog::rowsOnlyGrow()
{
    SessionBench bench;
    const EventLogModel model(bench.session);
    const QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
    const QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);
    QVERIFY(bench.load(u"for i in range(20000):\n    print(i)\n"_s));
    QVERIFY(model.rowCount() >= 20000);
    QVERIFY(resets.size() <= 2); // of loading and of running, before the first event
    QCOMPARE(removals.size(), 0);
}

void tst_EventLog::rowsTellWhatHappened()
{
    SessionBench bench;
    const EventLogModel model(bench.session);
    QVERIFY(bench.load(ChainingScript));
    const QStringList rows = rowsOf(model, {0, 1, 2, 3, 5});
    QCOMPARE(rows.at(1), u"2 | 0.0 s | new | delayed #1 | 13"_s);
    QCOMPARE(rows.filter(u"| wait |"_s).size(), 1);
    QVERIFY2(rows.filter(u"| wait |"_s).constFirst().endsWith(u"| 2.0 s | wait | delayed #1 | "_s),
             qPrintable(rows.filter(u"| wait |"_s).constFirst()));
    for (const QString &what : rowsOf(model, {EventLogModel::WhatColumn}))
        QVERIFY(!what.isEmpty());
}

void tst_EventLog::selectedRowFollowsTheStep()
{
    SessionBench bench;
    EventLog log(bench.session, bench.viewState, Theme::light());
    log.resize(800, 200);
    log.show();
    QVERIFY(bench.load(ChainingScript));
    QVERIFY(!log.table().selectionModel()->hasSelection());
    bench.goToEnd();
    const QModelIndexList selected = log.table().selectionModel()->selectedRows();
    QCOMPARE(selected.size(), 1);
    QCOMPARE(selected.constFirst().row(), int(bench.session.trace().size()) - 1);
    QVERIFY(log.table().viewport()->rect().intersects(log.table().visualRect(selected.constFirst())));
    bench.viewState.setStep(0);
    QVERIFY(!log.table().selectionModel()->hasSelection());
}

void tst_EventLog::arrowsAndClicksGoToAStep()
{
    SessionBench bench;
    EventLog log(bench.session, bench.viewState, Theme::light());
    log.resize(800, 300);
    log.show();
    QVERIFY(bench.load(ChainingScript));
    log.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&log));
    log.table().setFocus();
    const QPoint third = log.table().visualRect(log.table().model()->index(2, 0)).center();
    QTest::mouseClick(log.table().viewport(), Qt::LeftButton, {}, third);
    QCOMPARE(bench.viewState.step(), 3);
    QTest::keyClick(&log.table(), Qt::Key_Down);
    QCOMPARE(bench.viewState.step(), 4);
    QTest::keyClick(&log.table(), Qt::Key_Up);
    QTest::keyClick(&log.table(), Qt::Key_Up);
    QCOMPARE(bench.viewState.step(), 2);
}

void tst_EventLog::filterKeepsWhatHoldsTheText()
{
    SessionBench bench;
    EventLog log(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    const int all = log.table().model()->rowCount();
    log.filterField().setText(u"PRINT"_s);
    QCOMPARE(rowsOf(*log.table().model(), {EventLogModel::EventColumn}),
             (QStringList{u"print"_s, u"print"_s}));
    log.filterField().clear();
    QCOMPARE(log.table().model()->rowCount(), all);
}

void tst_EventLog::filterKeepsTheSelectedDeferred()
{
    SessionBench bench;
    EventLog log(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(ChainingScript));
    const int all = log.table().model()->rowCount();
    log.selectedOnly().setChecked(true);
    QCOMPARE(log.table().model()->rowCount(), all); // nobody is selected
    bench.viewState.select({2});
    const QStringList kinds = rowsOf(*log.table().model(), {EventLogModel::EventColumn});
    QCOMPARE(kinds.constFirst(), u"new"_s);
    QVERIFY(kinds.contains(u"wait"_s)); // #1's, for #2
    QVERIFY(kinds.size() < all);
}

void tst_EventLog::choosingInAFilteredListGoesToTheRightStep()
{
    SessionBench bench;
    EventLog log(bench.session, bench.viewState, Theme::light());
    log.resize(800, 300);
    log.show();
    QVERIFY(bench.load(ChainingScript));
    log.filterField().setText(u"wait"_s);
    const QModelIndex row = log.table().model()->index(0, 0);
    QTest::mouseClick(log.table().viewport(), Qt::LeftButton, {}, log.table().visualRect(row).center());
    QCOMPARE(QString::number(bench.viewState.step()), row.data().toString());
}

void tst_EventLog::longTracesAreFilteredSwiftly()
{
    SessionBench bench;
    EventLog log(bench.session, bench.viewState, Theme::light());
    QVERIFY(bench.load(u"from twisted.internet import defer\n"
                       "for i in range(10000):\n    defer.succeed(i).addCallback(str)\n"_s));
    bench.goToEnd();
    QElapsedTimer timer;
    timer.start();
    log.filterField().setText(u"'777'"_s);
    // However long the search takes, the window is not held up by it.
    QVERIFY2(timer.elapsed() < 500, qPrintable(QString::number(timer.elapsed())));
    QTRY_VERIFY_WITH_TIMEOUT(log.table().model()->rowCount() > 0, 20'000);
}

QTEST_MAIN(tst_EventLog)
#include "tst_eventlog.moc"
