// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/replay/replay.h"
#include "stories.h"
#include "tests/support/chaining.h"
#include "ui/canvas/fonts.h"
#include "ui/canvas/picture.h"
#include "ui/canvas/railwayview.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QWheelEvent>

using namespace deferscope;
using namespace deferscope::test;
using namespace deferscope::ui;
using namespace Qt::StringLiterals;

namespace {

RailwayLayout layoutAt(const Trace &trace, EventIndex step, const Theme &theme)
{
    const LayoutMetrics metrics = metricsFor(theme);
    return layOut(trace, Replay(trace).at(step), planOf(trace, metrics), metrics);
}

/// The colour at \a place of \a scene, drawn at \a zoom.
QColor colorAt(RailwayScene &scene, QPointF place, qreal zoom = 1)
{
    QImage image(8, 8, QImage::Format_RGB32);
    QPainter painter(&image);
    const QSizeF part(8 / zoom, 8 / zoom);
    const QPointF corner = place - QPointF(part.width(), part.height()) / 2;
    scene.render(&painter, QRectF(0, 0, 8, 8), QRectF(corner, part));
    painter.end();
    return image.pixelColor(4, 4);
}

bool isClose(const QColor &a, const QColor &b)
{
    return qAbs(a.red() - b.red()) + qAbs(a.green() - b.green()) + qAbs(a.blue() - b.blue()) < 24;
}

constexpr auto Chaining = R"(
from twisted.internet import defer, reactor

def cb1(v):
    d = defer.Deferred()
    reactor.callLater(1.0, d.callback, "modified")
    return d

def cb2(v):
    reactor.stop()

delayed = defer.Deferred()
delayed.addCallback(cb1)
delayed.addCallback(cb2)
reactor.callLater(2.0, delayed.callback, 'val')
reactor.run()
)";

/// A window's worth: a session, what is looked at, and the railway.
struct Bench
{
    Session session;
    ViewState viewState;
    RailwayView view{session, viewState, Theme::light()};

    bool load(const char *script)
    {
        QSignalSpy changes(&session, &Session::stateChanged);
        view.resize(900, 600);
        view.show();
        session.load(QString::fromUtf8(script), u"story.py"_s);
        return QTest::qWaitFor([this] { return session.state() != RunState::Running; });
    }

    EventIndex stepOf(EventKind kind) const
    {
        for (EventIndex index = 0; index < session.trace().size(); ++index)
            if (session.trace().at(index).kind == kind)
                return index + 1;
        return -1;
    }
};

} // namespace

#define COMPARE_COLORS(actual, expected)                                                                     \
    QVERIFY2(isClose(actual, expected), qPrintable((actual).name() + u" is not "_s + (expected).name()))

class tst_Canvas : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(u"."_s)); }
    void pixels_data();
    void pixels();
    void detailFollowsTheZoom();
    void failureShowsFromFarAway();
    void itemsStayWhileStepping();
    void tokenTravelsAndComesToRest();
    void nextStepEndsATravel();
    void arrowsFindNeighbours();
    void pictureIsWritten_data();
    void pictureIsWritten();
    void pictureOfAnUnknownKindIsRefused();
    void viewFollowsTheStep();
    void reducedMotionDoesNotTravel();
    void jumpDoesNotTravel();
    void refusedScriptIsExplained();
    void keysSelectAndLeaveSpaceAlone();
    void wheelZoomsAtTheCursor();
    void panEndsFollowing();
};

void tst_Canvas::pixels_data()
{
    QTest::addColumn<int>("step");
    QTest::addColumn<QPointF>("place");
    QTest::addColumn<QColor>("expected");
    for (const Theme &theme : {Theme::light(), Theme::dark()}) {
        const QByteArray mode = theme.isDark ? "dark: " : "light: ";
        const auto row = [&](const char *name, int step, QPointF place, const QColor &expected) {
            QTest::newRow((mode + name).constData()) << step << place << expected;
        };
        const RailwayLayout waits = layoutAt(chainingTrace(), 14, theme);
        const ChainLayout &outer = waits.chains.at(0);
        const ChainLayout &inner = waits.chains.at(1);
        const QRectF ran = outer.rows.at(0).boxes.at(0).frame;
        const QRectF handOver = inner.rows.at(0).frame();
        row("ground", 14, waits.bounds.topLeft() + QPointF(8, 8), theme.canvas);
        row("a callback that ran", 14, ran.topLeft() + QPointF(12, 8), theme.callbackFill);
        row("a callback ahead", 14, outer.rows.at(1).boxes.at(0).frame.topLeft() + QPointF(12, 8),
            theme.surface);
        row("the hand-over", 14, handOver.topRight() + QPointF(-12, 8), theme.waitingFill);
        row("the hand-over is outlined as changed", 14, QPointF(handOver.center().x(), handOver.top() - 5),
            theme.changed);
        row("the rail that was travelled", 14, QPointF(outer.callbackRail, outer.header.bottom() + 30),
            theme.callback);
        row("the rail that was not", 14, QPointF(outer.errbackRail, outer.header.bottom() + 40),
            theme.history);
        row("the waits-for line, between its two strokes", 14, waits.wires.at(0).path.pointAtPercent(0.5),
            theme.canvas);
        row("the waits-for line, one stroke", 14, waits.wires.at(0).path.pointAtPercent(0.5) + QPointF(0, 2),
            theme.waitingLine());
        row("the header's stripe", 14, inner.header.topLeft() + QPointF(3, 32), theme.identity(1));
        row("a Deferred as a value", 14, QPointF(outer.token->frame.center().x(), outer.token->frame.top()),
            theme.deferredValue);
        const RailwayLayout gone = layoutAt(chainingTrace(), 23, theme);
        row("a rail of what is gone", 23,
            QPointF(gone.chains.at(1).callbackRail, gone.chains.at(1).header.bottom() + 30),
            theme.faded().callback);
        const RailwayLayout runs = layoutAt(chainingTrace(), 9, theme);
        const QRectF running = runs.chains.at(0).rows.at(0).boxes.at(0).frame;
        row("a callback that runs has a thick edge", 9, QPointF(running.left(), running.center().y()),
            theme.callback);
    }
}

void tst_Canvas::pixels()
{
    QFETCH(int, step);
    QFETCH(QPointF, place);
    QFETCH(QColor, expected);
    const Theme theme
        = QByteArray(QTest::currentDataTag()).startsWith("dark") ? Theme::dark() : Theme::light();
    RailwayScene scene(theme);
    scene.show(layoutAt(chainingTrace(), step, theme));
    COMPARE_COLORS(colorAt(scene, place), expected);
}

void tst_Canvas::detailFollowsTheZoom()
{
    QCOMPARE(detailAt(1), Detail::Full);
    QCOMPARE(detailAt(0.6), Detail::Full);
    QCOMPARE(detailAt(0.59), Detail::Shapes);
    QCOMPARE(detailAt(0.25), Detail::Shapes);
    QCOMPARE(detailAt(0.24), Detail::Bars);
    QCOMPARE(detailAt(0.08), Detail::Bars);
    QCOMPARE(detailAt(0.07), Detail::Tiles);
}

void tst_Canvas::failureShowsFromFarAway()
{
    const Theme theme = Theme::light();
    Story story;
    Deferred failed = story.make(u"failed"_s);
    failed.errback(valueError(u"no"_s));
    RailwayScene scene(theme);
    scene.show(layoutAt(story.trace(), story.trace().size(), theme));
    COMPARE_COLORS(colorAt(scene, scene.shown().chains.at(0).frame.center(), 0.05), theme.errback);
}

void tst_Canvas::itemsStayWhileStepping()
{
    const Trace trace = chainingTrace();
    RailwayScene scene(Theme::light());
    scene.show(layoutAt(trace, 14, Theme::light()));
    const QList<QGraphicsItem *> before = scene.items();
    scene.show(layoutAt(trace, 18, Theme::light()));
    QCOMPARE(scene.items().size(), before.size() + 1); // the token of the inner chain
    scene.show(layoutAt(trace, 14, Theme::light()));
    QCOMPARE(QSet<QGraphicsItem *>(before.cbegin(), before.cend()).size(), scene.items().size());
    for (QGraphicsItem *item : scene.items())
        QVERIFY(before.contains(item));
    scene.show(RailwayLayout());
    QVERIFY(scene.items().isEmpty());
}

void tst_Canvas::tokenTravelsAndComesToRest()
{
    const Trace trace = chainingTrace();
    RailwayScene scene(Theme::light());
    const RailwayLayout before = layoutAt(trace, 17, Theme::light());
    const RailwayLayout after = layoutAt(trace, 18, Theme::light());
    scene.show(after);
    QVERIFY(!scene.isTravelling());
    scene.travel(*travelBetween(before, after, trace.at(17)), 60);
    QVERIFY(scene.isTravelling());
    QTRY_VERIFY(!scene.isTravelling());
    for (const QGraphicsItem *item : scene.items())
        QCOMPARE(item->pos(), QPointF());
}

void tst_Canvas::nextStepEndsATravel()
{
    const Trace trace = chainingTrace();
    RailwayScene scene(Theme::light());
    const RailwayLayout before = layoutAt(trace, 17, Theme::light());
    const RailwayLayout after = layoutAt(trace, 18, Theme::light());
    scene.show(after);
    scene.travel(*travelBetween(before, after, trace.at(17)), 10'000);
    scene.show(before);
    QVERIFY(!scene.isTravelling());
    for (const QGraphicsItem *item : scene.items())
        QCOMPARE(item->pos(), QPointF());
}

void tst_Canvas::arrowsFindNeighbours()
{
    RailwayScene scene(Theme::light());
    scene.show(layoutAt(deepStory(3), 20, Theme::light()));
    QCOMPARE(scene.neighbourOf({}, Qt::Key_Down), DeferredId{1});
    QCOMPARE(scene.neighbourOf({1}, Qt::Key_Down), DeferredId{2});
    QCOMPARE(scene.neighbourOf({2}, Qt::Key_Up), DeferredId{1});
    QCOMPARE(scene.neighbourOf({1}, Qt::Key_Up), DeferredId{});
}

void tst_Canvas::pictureIsWritten_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("png") << u"picture.png"_s;
    QTest::newRow("svg") << u"picture.SVG"_s;
}

void tst_Canvas::pictureIsWritten()
{
    QFETCH(QString, name);
    const QTemporaryDir directory;
    const QString path = directory.filePath(name);
    const PictureOptions options{14, u"chaining.py"_s, Theme::light()};
    QCOMPARE(writePicture(chainingTrace(), options, path), QString());
    if (name.endsWith(u"png")) {
        const QImage image(path);
        QCOMPARE(image.size(), pictureOf(chainingTrace(), options, 2).size());
        return;
    }
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QString svg = QString::fromUtf8(file.readAll());
    QVERIFY(svg.contains(u"<title>chaining.py</title>"_s));
    QVERIFY(svg.contains(u"cb1 returned d #2, which has no result yet."_s));
    QVERIFY(svg.contains(u"step 14 of 23"_s));
}

void tst_Canvas::pictureOfAnUnknownKindIsRefused()
{
    const QTemporaryDir directory;
    QVERIFY(writePicture(chainingTrace(), {}, directory.filePath(u"picture.gif"_s)).contains(u".gif"_s));
    QVERIFY(!writePicture(chainingTrace(), {}, u"/nowhere/picture.svg"_s).isEmpty());
    QVERIFY(!writePicture(chainingTrace(), {}, u"/nowhere/picture.png"_s).isEmpty());
}

void tst_Canvas::viewFollowsTheStep()
{
    Bench bench;
    QVERIFY(bench.load(Chaining));
    const EventIndex waits = bench.stepOf(EventKind::Wait);
    bench.viewState.setStep(waits);
    QTRY_COMPARE(bench.view.railway().shown().step, waits);
    QCOMPARE(bench.view.sentence().rule, u"R43"_s);
    QVERIFY(bench.view.accessibleDescription().contains(u"which has no result yet"_s));
    QCOMPARE(bench.view.railway().shown().wires.size(), 1);
    bench.viewState.setStep(waits + 4);
    QTRY_VERIFY(bench.view.railway().isTravelling() == false);
}

void tst_Canvas::reducedMotionDoesNotTravel()
{
    Bench bench;
    QVERIFY(bench.load(Chaining));
    const EventIndex fires = bench.stepOf(EventKind::Fire);
    bench.viewState.setStep(fires - 1);
    bench.viewState.setStep(fires);
    QVERIFY(bench.view.railway().isTravelling());
    bench.view.setReducedMotion(true);
    bench.viewState.setStep(fires - 1);
    bench.viewState.setStep(fires);
    QVERIFY(!bench.view.railway().isTravelling());
    QVERIFY(bench.view.railway().shown().chains.at(0).token->isChanged); // outlined instead
}

void tst_Canvas::jumpDoesNotTravel()
{
    Bench bench;
    QVERIFY(bench.load(Chaining));
    bench.viewState.setStep(bench.stepOf(EventKind::Resume) - 2);
    bench.viewState.setStep(bench.stepOf(EventKind::Resume));
    QVERIFY(!bench.view.railway().isTravelling());
    bench.view.setPace(1000);
    bench.viewState.setStep(bench.stepOf(EventKind::Resume) - 1);
    bench.viewState.setStep(bench.stepOf(EventKind::Resume));
    QVERIFY(!bench.view.railway().isTravelling());
}

void tst_Canvas::refusedScriptIsExplained()
{
    Bench bench;
    QVERIFY(bench.load("import os\n"));
    QVERIFY(bench.session.diagnostic());
    bool isExplained = false;
    for (const SentenceCard *card : bench.view.findChildren<SentenceCard *>())
        isExplained |= card->isVisible() && card->sentence().detail.contains(u"story.py"_s);
    QVERIFY(isExplained);
}

void tst_Canvas::keysSelectAndLeaveSpaceAlone()
{
    Bench bench;
    QVERIFY(bench.load(Chaining));
    bench.viewState.setStep(bench.stepOf(EventKind::Wait));
    QTRY_COMPARE(bench.view.railway().shown().chains.size(), 2);
    QTest::keyClick(&bench.view, Qt::Key_Down);
    QCOMPARE(bench.viewState.selection(), DeferredId{1});
    QTest::keyClick(&bench.view, Qt::Key_Down);
    QCOMPARE(bench.viewState.selection(), DeferredId{2});
    for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Return, Qt::Key_Home, Qt::Key_Comma}) {
        QKeyEvent press(QEvent::KeyPress, key, Qt::NoModifier);
        QCoreApplication::sendEvent(&bench.view, &press);
        QVERIFY(!press.isAccepted());
    }
}

void tst_Canvas::wheelZoomsAtTheCursor()
{
    Bench bench;
    QVERIFY(bench.load(Chaining));
    bench.viewState.setStep(bench.stepOf(EventKind::Wait));
    bench.view.resetZoom();
    QCOMPARE(bench.view.zoom(), 1.0);
    bench.view.zoomIn();
    bench.view.zoomIn();
    const QPoint cursor(300, 200);
    const QPointF under = bench.view.mapToScene(cursor);
    QWheelEvent wheel(cursor, bench.view.viewport()->mapToGlobal(cursor), {}, {0, 120}, Qt::NoButton,
                      Qt::NoModifier, Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(bench.view.viewport(), &wheel);
    QVERIFY(bench.view.zoom() > 1.9);
    const QPointF moved = bench.view.mapToScene(cursor) - under;
    QVERIFY2(qAbs(moved.x()) < 2 && qAbs(moved.y()) < 2,
             qPrintable(u"%1 %2"_s.arg(moved.x()).arg(moved.y())));
}

void tst_Canvas::panEndsFollowing()
{
    Bench bench;
    QVERIFY(bench.load(Chaining));
    QVERIFY(bench.viewState.isFollowing());
    QTest::mousePress(bench.view.viewport(), Qt::MiddleButton, {}, {200, 200});
    QTest::mouseMove(bench.view.viewport(), {240, 230});
    QTest::mouseRelease(bench.view.viewport(), Qt::MiddleButton, {}, {240, 230});
    QVERIFY(!bench.viewState.isFollowing());
}

QTEST_MAIN(tst_Canvas)
#include "tst_canvas.moc"
