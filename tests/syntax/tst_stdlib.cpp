// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/syntax/filetext.h"
#include "engine/syntax/parser.h"
#include "engine/syntax/printer.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace deferscope::syntax;
using namespace Qt::StringLiterals;

/// What many authors wrote in many ways comes back byte for byte, and is read whole: all of Python's own
/// library, and what stands on Twisted. Files in which Python finds errors too come back as well.
class tst_Stdlib : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void comesBackByteForByte_data();
    void comesBackByteForByte();
};

void tst_Stdlib::comesBackByteForByte_data()
{
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("atLeast"); // files
    QTest::newRow("Python") << u"/usr/lib/python3.11"_s << 600;
    QTest::newRow("Twisted") << u"/usr/lib/python3/dist-packages/twisted"_s << 300;
    if (QFile::exists(u"/usr/lib/python3/dist-packages/scrapy"_s))
        QTest::newRow("Scrapy") << u"/usr/lib/python3/dist-packages/scrapy"_s << 100;
}

namespace {

/// Python's own tests hold files that are no Python, or that of another version.
bool isMeantToBeWrong(const QString &path)
{
    return path.contains(u"/bad"_s) || path.contains(u"/lib2to3/tests/data/"_s);
}

} // namespace

void tst_Stdlib::comesBackByteForByte()
{
    QFETCH(QString, folder);
    QFETCH(int, atLeast);
    int compared = 0;
    QDirIterator files(folder, {u"*.py"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray bytes = file.readAll();
        const auto decoded = decodeFile(bytes);
        if (const auto *diagnostic = std::get_if<Diagnostic>(&decoded)) {
            QVERIFY2(isMeantToBeWrong(file.fileName()), qPrintable(toText(*diagnostic, file.fileName())));
            continue;
        }
        const auto &[text, format] = std::get<FileText>(decoded);
        const Module module = parse(text);
        QVERIFY2(encode(print(module), format) == bytes, qPrintable(file.fileName()));
        QVERIFY2(module.isWhole() || isMeantToBeWrong(file.fileName()),
                 qPrintable(toText(module.problems.value(0), file.fileName())));
        ++compared;
    }
    QVERIFY2(compared >= atLeast, qPrintable(u"only %1 files in %2"_s.arg(compared).arg(folder)));
}

QTEST_GUILESS_MAIN(tst_Stdlib)
#include "tst_stdlib.moc"
