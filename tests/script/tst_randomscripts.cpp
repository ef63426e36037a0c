// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/scriptrun.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// Random scripts print the same here as under real Twisted: 2,000 of them, or as many as DEFERSCOPE_SEEDS
/// says, `first:count`.
class tst_RandomScripts : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void printsWhatTwistedPrints();
};

namespace {

QString firstDifference(const QString &ours, const QString &theirs)
{
    const QStringList a = ours.split(u'\n');
    const QStringList b = theirs.split(u'\n');
    qsizetype line = 0;
    while (line < a.size() && line < b.size() && a.at(line) == b.at(line))
        ++line;
    return u"line %1 of the output\n  Twisted: %2\n  here:    %3"_s.arg(line + 1).arg(b.value(line),
                                                                                      a.value(line));
}

} // namespace

void tst_RandomScripts::printsWhatTwistedPrints()
{
    const QString seeds = qEnvironmentVariable("DEFERSCOPE_SEEDS", u"1:2000"_s);
    QProcess twisted;
    twisted.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    twisted.start(
        QStringLiteral(DEFERSCOPE_PYTHON),
        {QStringLiteral(DEFERSCOPE_RANDOM_SCRIPTS), seeds.section(u':', 0, 0), seeds.section(u':', 1, 1)});
    int count = 0;
    QStringList differences;
    while (twisted.waitForReadyRead(60'000) || twisted.canReadLine()) {
        while (twisted.canReadLine()) {
            const QJsonObject script = QJsonDocument::fromJson(twisted.readLine()).object();
            QVERIFY(script.contains(u"text"_s));
            ++count;
            const test::ScriptRun run = test::runScript(script.value(u"text"_s).toString());
            QString printed = run.printed();
            if (run.ending.kind == script::Ending::Kind::UncaughtException)
                printed += u"ended with "_s + run.ending.text.trimmed().section(u'\n', -1).section(u':', 0, 0)
                    + u'\n';
            const QString expected = script.value(u"output"_s).toString();
            if (printed == expected && run.refusal.isEmpty())
                continue;
            differences << u"seed %1: %2%3"_s.arg(script.value(u"seed"_s).toInt())
                               .arg(run.refusal, firstDifference(printed, expected));
        }
    }
    if (twisted.state() != QProcess::NotRunning)
        twisted.waitForFinished(10'000);
    QCOMPARE(twisted.exitCode(), 0);
    QCOMPARE(count, seeds.section(u':', 1, 1).toInt());
    for (const QString &difference : differences.first(qMin(differences.size(), qsizetype(10))))
        qWarning("%s", qPrintable(difference));
    QVERIFY2(differences.isEmpty(), qPrintable(u"%1 of %2 differ"_s.arg(differences.size()).arg(count)));
}

QTEST_GUILESS_MAIN(tst_RandomScripts)
#include "tst_randomscripts.moc"
