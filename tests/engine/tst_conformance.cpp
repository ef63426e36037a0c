// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/opprogram.h"

#include <QTest>

using namespace deferscope::test;

/// Every program of the corpora gives the events and the final states that real Twisted gave.
///
/// DEFERSCOPE_CORPUS names another directory of `*.jsonl` files to be tried instead.
class tst_Conformance : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void corpus_data();
    void corpus();
};

void tst_Conformance::corpus_data()
{
    QTest::addColumn<QJsonObject>("program");
    const QList<CorpusEntry> entries = readCorpus(corpusDirectory());
    QVERIFY2(!entries.isEmpty(), qPrintable(corpusDirectory() + QStringLiteral(" holds no programs")));
    for (const CorpusEntry &entry : entries)
        QTest::newRow(qPrintable(entry.name)) << entry.program;
}

void tst_Conformance::corpus()
{
    QFETCH(QJsonObject, program);

    const OpRun actual = runOpProgram(program);
    const OpRun expected = expectedOpRun(program);

    QCOMPARE(actual.events, expected.events);
    QCOMPARE(actual.final, expected.final);
}

QTEST_GUILESS_MAIN(tst_Conformance)
#include "tst_conformance.moc"
