// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/pythonrun.h"
#include "tests/support/scriptrun.h"

#include <QDir>
#include <QTest>

#include <map>
#include <memory>

using namespace deferscope;
using namespace Qt::StringLiterals;

/// Every script here, and every example that the program brings along, prints the same under real Python and
/// Twisted, byte for byte.
class tst_Examples : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void printTheSameAsRealTwisted_data();
    void printTheSameAsRealTwisted();

private:
    std::map<QString, std::unique_ptr<test::PythonRun>> m_pythons;
};

namespace {

const QStringList Folders{QStringLiteral(DEFERSCOPE_EXAMPLES),
                          QStringLiteral(DEFERSCOPE_TEST_DATA "/scripts")};

QStringList scripts()
{
    QStringList files;
    for (const QString &folder : Folders) {
        for (const QString &name : QDir(folder).entryList({u"*.py"_s}, QDir::Files, QDir::Name))
            files.append(folder + u'/' + name);
    }
    return files;
}

} // namespace

// All at once: the examples spend most of their time waiting.
void tst_Examples::initTestCase()
{
    QVERIFY(scripts().size() > 10);
    for (const QString &file : scripts())
        m_pythons[file]
            = std::make_unique<test::PythonRun>(QFileInfo(file).fileName(), QFileInfo(file).path());
}

void tst_Examples::printTheSameAsRealTwisted_data()
{
    QTest::addColumn<QString>("path");
    for (const QString &file : scripts())
        QTest::newRow(qUtf8Printable(QFileInfo(file).fileName())) << file;
}

void tst_Examples::printTheSameAsRealTwisted()
{
    QFETCH(QString, path);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));

    const test::ScriptRun ours
        = test::runScript(QString::fromUtf8(file.readAll()), {}, QFileInfo(path).fileName());
    QVERIFY2(ours.refusal.isEmpty(), qUtf8Printable(ours.refusal));
    const QString theirs = QString::fromUtf8(m_pythons.at(path)->output());

    QCOMPARE(ours.printed().split(u'\n'), theirs.split(u'\n'));
}

QTEST_GUILESS_MAIN(tst_Examples)
#include "tst_examples.moc"
