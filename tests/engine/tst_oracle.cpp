// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/opprogram.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QLoggingCategory>
#include <QProcess>
#include <QTest>
#include <QVersionNumber>

using namespace deferscope;
using namespace deferscope::test;
using namespace Qt::StringLiterals;

/// Random programs do the same here as under real Twisted, event by event: 2,000 of them, or as many as
/// DEFERSCOPE_SEEDS says, `first:count`. Of one that differs, the smallest part that still does is shown.
class tst_Oracle : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void doesWhatTwistedDoes();

private:
    bool differs(const QJsonObject &program) const;
    QString difference(const QJsonObject &program) const;

    EngineOptions m_options;
};

namespace {

QStringList linesOf(const OpRun &run) { return run.events + run.final + run.things; }

/// Real Twisted, which answers a program with what it does.
class Twisted
{
public:
    explicit Twisted(const QStringList &arguments)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(QStringLiteral(DEFERSCOPE_PYTHON),
                        QStringList{QStringLiteral(DEFERSCOPE_OP_PROGRAMS)} + arguments);
    }
    ~Twisted()
    {
        m_process.closeWriteChannel();
        m_process.waitForFinished(10'000);
    }
    Twisted(const Twisted &) = delete;
    Twisted &operator=(const Twisted &) = delete;

    QByteArray line() ///< empty: there is none
    {
        while (!m_process.canReadLine() && m_process.waitForReadyRead(60'000)) { }
        return m_process.readLine();
    }
    QJsonObject run(const QJsonArray &prog)
    {
        m_process.write(QJsonDocument(QJsonObject{{u"prog"_s, prog}}).toJson(QJsonDocument::Compact) + '\n');
        QJsonObject program = QJsonDocument::fromJson(line()).object();
        program[u"prog"_s] = prog;
        return program;
    }

private:
    QProcess m_process;
};

/// Every array of ops or steps with one of them left out, in \a value, which holds them at any depth.
QList<QJsonValue> withOneLess(const QJsonValue &value)
{
    QList<QJsonValue> smaller;
    if (value.isArray()) {
        const QJsonArray array = value.toArray();
        for (qsizetype index = 0; index < array.size(); ++index) {
            QJsonArray rest = array;
            rest.removeAt(index);
            smaller.append(rest);
        }
        for (qsizetype index = 0; index < array.size(); ++index) {
            for (const QJsonValue &less : withOneLess(array.at(index))) {
                QJsonArray changed = array;
                changed.replace(index, less);
                smaller.append(changed);
            }
        }
    } else if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto part = object.begin(); part != object.end(); ++part) {
            for (const QJsonValue &less : withOneLess(part.value())) {
                QJsonObject changed = object;
                changed[part.key()] = less;
                smaller.append(changed);
            }
        }
    }
    return smaller;
}

} // namespace

void tst_Oracle::initTestCase()
{
    QLoggingCategory::setFilterRules(u"default.warning=false"_s); // cancellers of the programs raise
    Twisted twisted({u"--version"_s});
    const auto version = QVersionNumber::fromString(QString::fromLatin1(twisted.line()));
    QVERIFY2(!version.isNull(), "python3-twisted is not there");
    m_options.strictFiring = version < QVersionNumber(24, 10);
}

bool tst_Oracle::differs(const QJsonObject &program) const
{
    return !program[u"deep"_s].toBool()
        && linesOf(runOpProgram(program, m_options)) != linesOf(expectedOpRun(program));
}

QString tst_Oracle::difference(const QJsonObject &program) const
{
    Twisted twisted({u"--serve"_s});
    QJsonObject smallest = program;
    for (bool found = true; found;) {
        found = false;
        for (const QJsonValue &less : withOneLess(smallest[u"prog"_s])) {
            const QJsonObject candidate = twisted.run(less.toArray());
            if (!candidate.contains(u"events"_s) || !differs(candidate))
                continue;
            smallest = candidate;
            found = true;
            break;
        }
    }
    const QByteArray prog = QJsonDocument(smallest[u"prog"_s].toArray()).toJson(QJsonDocument::Compact);
    return u"seed %1, at its smallest:\n%2\nTwisted:\n  %3\nhere:\n  %4"_s.arg(program[u"seed"_s].toInt())
        .arg(QString::fromUtf8(prog), linesOf(expectedOpRun(smallest)).join(u"\n  "_s),
             linesOf(runOpProgram(smallest, m_options)).join(u"\n  "_s));
}

void tst_Oracle::doesWhatTwistedDoes()
{
    const QStringList seeds = qEnvironmentVariable("DEFERSCOPE_SEEDS", u"1:2000"_s).split(u':');
    Twisted twisted(seeds);
    int count = 0;
    int differences = 0;
    constexpr int Shown = 5;
    for (QByteArray line = twisted.line(); !line.isEmpty(); line = twisted.line()) {
        const QJsonObject program = QJsonDocument::fromJson(line).object();
        QVERIFY(program.contains(u"events"_s));
        ++count;
        if (differs(program) && ++differences <= Shown)
            qInfo("%s", qPrintable(difference(program)));
    }
    QCOMPARE(count, seeds.last().toInt());
    QVERIFY2(differences == 0, qPrintable(u"%1 of %2 programs differ"_s.arg(differences).arg(count)));
}

QTEST_GUILESS_MAIN(tst_Oracle)
#include "tst_oracle.moc"
