// SPDX-License-Identifier: GPL-3.0-or-later
#include <QProcess>
#include <QRegularExpression>
#include <QTest>

using namespace Qt::StringLiterals;

/// How many instructions the engine's work takes, counted by valgrind: they repeat on every machine, loaded
/// or not. A row's limit is what it took when it was last made faster, and a little more.
class tst_Instructions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stayBelow_data();
    void stayBelow();
};

namespace {

qint64 counted(const QString &workload, int times)
{
    QProcess process;
    process.start(u"valgrind"_s,
                  {u"--tool=callgrind"_s, u"--callgrind-out-file=/dev/null"_s,
                   QStringLiteral(DEFERSCOPE_COUNT), workload, QString::number(times)});
    if (!process.waitForFinished(60'000) || process.exitCode() != 0)
        return -1;
    static const QRegularExpression collected(u"Collected : (\\d+)"_s);
    return collected.match(QString::fromUtf8(process.readAllStandardError())).captured(1).toLongLong();
}

} // namespace

void tst_Instructions::stayBelow_data()
{
    QTest::addColumn<QString>("workload");
    QTest::addColumn<int>("callbacks");
    QTest::addColumn<int>("limit");
    const auto row = [](const char *name, const QString &workload, int callbacks, int limit) {
        QTest::newRow(name) << workload << callbacks << limit;
    };
    row("W1 a callback of a Deferred with ten, made, fired and gone", u"w1"_s, 11, 110);
    row("W1 the same, recorded as a Trace", u"w1-traced"_s, 11, 430);
    row("W2 a callback of a long chain, added", u"w2-attach"_s, 1, 40);
    row("W2 a callback of a long chain, added and run", u"w2"_s, 1, 75);
    row("W3 a Deferred made, returned by a callback, waited for, fired", u"w3"_s, 1, 900);
    row("W4 a level of nested Deferreds", u"w4"_s, 1, 980);
    row("W5 a member of a list, its tuple included", u"w5"_s, 1, 1420);
    row("W6 a failure passes an empty side, its adding included", u"w6"_s, 1, 60);
    row("a co_await of a Deferred that fires later, that one included", u"await"_s, 1, 1130);
    row("a coroutine with one co_await", u"coroutines"_s, 1, 3650);
    row("a timer among 3,000, scheduled and run", u"timers"_s, 1, 1700);
    row("a callback added to a fired Deferred", u"fired"_s, 1, 175);
}

void tst_Instructions::stayBelow()
{
    QFETCH(const QString, workload);
    QFETCH(const int, callbacks);
    QFETCH(const int, limit);
    constexpr int Few = 1000;
    constexpr int Many = 3000;

    const qint64 few = counted(workload, Few);
    const qint64 many = counted(workload, Many);

    QVERIFY2(few > 0 && many > few, "valgrind did not count");
    const qint64 each = (many - few) / ((Many - Few) * callbacks);
    QVERIFY2(each <= limit, qPrintable(u"%1 instructions"_s.arg(each)));
    QVERIFY2(each > limit / 2, qPrintable(u"%1 instructions: time for a lower limit"_s.arg(each)));
}

QTEST_GUILESS_MAIN(tst_Instructions)
#include "tst_instructions.moc"
