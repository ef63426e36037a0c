// SPDX-License-Identifier: GPL-3.0-or-later
#include "sessionbench.h"
#include "ui/gallery/gallery.h"

#include <QSignalSpy>

using namespace deferscope;
using namespace deferscope::test;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

/// The examples that come with the program, and choosing one.
class tst_Gallery : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fourExamplesAreCompiledIn();
    void titleAndDescriptionAreTheFirstComment();
    void everyExampleRuns_data();
    void everyExampleRuns();
    void aClickChoosesOnce();
    void enterChoosesTheCurrentOne();
    void aDoubleClickChoosesNoOtherExample();
    void aNarrowerCardIsHigher();
};

void tst_Gallery::fourExamplesAreCompiledIn()
{
    QStringList files;
    for (const Example &example : shippedExamples())
        files.append(example.file);
    QCOMPARE(files,
             (QStringList{u"01-already-there.py"_s, u"02-value-or-deferred.py"_s, u"03-chaining.py"_s,
                          u"04-process-and-its-file.py"_s}));
}

void tst_Gallery::titleAndDescriptionAreTheFirstComment()
{
    const Example chaining = shippedExamples().at(2);
    QCOMPARE(chaining.title, u"A callback may itself return a Deferred."_s);
    QCOMPARE(chaining.description,
             u"Then the chain waits for that Deferred: the next callback gets what it fires with, not the "
             u"Deferred itself."_s);
    for (const Example &example : shippedExamples()) {
        QVERIFY2(example.title.endsWith(u'.'), qPrintable(example.title));
        QVERIFY2(!example.description.isEmpty(), qPrintable(example.file));
    }
}

void tst_Gallery::everyExampleRuns_data()
{
    QTest::addColumn<QString>("text");
    for (const Example &example : shippedExamples())
        QTest::addRow("%s", qPrintable(example.file)) << example.text;
}

void tst_Gallery::everyExampleRuns()
{
    QFETCH(QString, text);
    SessionBench bench;
    QVERIFY(bench.load(text));
    QVERIFY2(!bench.session.diagnostic(),
             qPrintable(bench.session.diagnostic() ? bench.session.diagnostic()->message : QString()));
    QVERIFY(bench.session.trace().deferredCount() > 0);
}

void tst_Gallery::aClickChoosesOnce()
{
    Gallery gallery(Theme::light());
    gallery.resize(500, 600);
    const QSignalSpy chosen(&gallery, &Gallery::exampleChosen);
    const QRect card = gallery.visualItemRect(gallery.item(2));
    QTest::mouseClick(gallery.viewport(), Qt::LeftButton, {}, card.center());
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(1).toString(), u"03-chaining.py"_s);
    QCOMPARE(chosen.at(0).at(0).toString(), shippedExamples().at(2).text);
}

void tst_Gallery::enterChoosesTheCurrentOne()
{
    Gallery gallery(Theme::light());
    const QSignalSpy chosen(&gallery, &Gallery::exampleChosen);
    QTest::keyClick(&gallery, Qt::Key_Down);
    QTest::keyClick(&gallery, Qt::Key_Return);
    QCOMPARE(chosen.size(), 1);
    QCOMPARE(chosen.at(0).at(1).toString(), u"02-value-or-deferred.py"_s);
}

void tst_Gallery::aDoubleClickChoosesNoOtherExample()
{
    Gallery gallery(Theme::light());
    gallery.resize(500, 600);
    const QSignalSpy chosen(&gallery, &Gallery::exampleChosen);
    const QPoint center = gallery.visualItemRect(gallery.item(0)).center();
    QTest::mouseClick(gallery.viewport(), Qt::LeftButton, {}, center);
    QTest::mouseDClick(gallery.viewport(), Qt::LeftButton, {}, center);
    QTest::mouseRelease(gallery.viewport(), Qt::LeftButton, {}, center);
    QVERIFY(chosen.size() >= 1);
    for (const QList<QVariant> &arguments : chosen)
        QCOMPARE(arguments.at(1).toString(), u"01-already-there.py"_s);
}

void tst_Gallery::aNarrowerCardIsHigher()
{
    Gallery gallery(Theme::light());
    gallery.show();
    gallery.resize(800, 600);
    const int wide = gallery.visualItemRect(gallery.item(0)).height();
    gallery.resize(300, 600);
    QTRY_VERIFY(gallery.visualItemRect(gallery.item(0)).height() > wide);
}

QTEST_MAIN(tst_Gallery)
#include "tst_gallery.moc"
