// SPDX-License-Identifier: GPL-3.0-or-later
#include "railwayview.h"

#include "ui/canvas/fonts.h"

#include <QScrollBar>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int CardMargin = 16;
constexpr int CardRoom
    = 96; ///< kept free for the card, so that the railway stands still while its text changes
constexpr int LargestCard = 880;

int travelTime(const QPainterPath &path, double pace)
{
    constexpr double Shortest = 120;
    constexpr double Longest = 400;
    constexpr double PerPixel = 0.7;
    return int(qBound(Shortest, Shortest + PerPixel * path.length(), Longest) / pace);
}

} // namespace

RailwayView::RailwayView(const Session &session, ViewState &viewState, const Theme &theme, QWidget *parent)
    : QGraphicsView(parent)
    , m_session(session)
    , m_viewState(viewState)
    , m_metrics(metricsFor(theme))
    , m_scene(theme)
    , m_card(theme, this)
    , m_message(theme, this)
    , m_plus(new QToolButton(viewport()))
{
    setScene(&m_scene);
    setFrameShape(QFrame::NoFrame);
    setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // the ground is as large as one likes
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Railway"));
    setViewportMargins(0, 0, 0, CardRoom);
    m_replanning.setSingleShot(true);
    m_replanning.setInterval(0);
    connect(&m_replanning, &QTimer::timeout, this, &RailwayView::replan);
    connect(&session, &Session::traceReset, &m_replanning, qOverload<>(&QTimer::start));
    connect(&session, &Session::traceGrew, &m_replanning, qOverload<>(&QTimer::start));
    connect(&session, &Session::stateChanged, this, &RailwayView::showMessage);
    connect(&session, &Session::loaded, this, [this] {
        m_isZoomTouched = false;
        replan();
    });
    connect(&session, &Session::programChanged, this, &RailwayView::showMessage);
    connect(&m_scene, &QGraphicsScene::sceneRectChanged, this, &RailwayView::padGround);
    connect(&viewState, &ViewState::stepChanged, this, &RailwayView::showStep);
    connect(&viewState, &ViewState::selectionChanged, &m_scene,
            [this] { m_scene.select(m_viewState.selected(), m_viewState.selectedLink()); });
    m_plus->setObjectName(u"plus"_s);
    m_plus->setText(u"+"_s);
    m_plus->setAccessibleName(tr("Add a link here"));
    m_plus->setToolTip(tr("Add a callback or an errback here"));
    m_plus->setFocusPolicy(Qt::NoFocus);
    m_plus->resize(26, 26);
    m_plus->hide();
    connect(m_plus, &QToolButton::clicked, this, [this] {
        Q_EMIT slotActivated(m_plusPlace.first, m_plusPlace.second,
                             m_plus->mapToGlobal(m_plus->rect().bottomLeft()));
    });
    viewport()->setMouseTracking(true);
    setAcceptDrops(true);
    connect(&viewState, &ViewState::followingChanged, this, &RailwayView::followFocus);
    setTheme(theme);
}

void RailwayView::setTheme(const Theme &theme)
{
    m_scene.setTheme(theme);
    m_card.setTheme(theme);
    m_message.setTheme(theme);
    m_metrics = metricsFor(theme);
    QPalette background = palette();
    background.setColor(QPalette::Window, theme.canvas);
    background.setColor(QPalette::Base, theme.canvas);
    setPalette(background);
    replan();
}

void RailwayView::setPace(double pace) { m_pace = qMax(0.01, pace); }

void RailwayView::setReducedMotion(bool reduced) { m_isMotionReduced = reduced; }

void RailwayView::replan()
{
    m_replanning.start();
    showStep(m_viewState.step());
}

/// A trace that has grown is planned when it is next shown: at once for a new step, else when the events are
/// in.
bool RailwayView::planIfStale()
{
    if (!m_replanning.isActive())
        return false;
    m_replanning.stop();
    m_plan = planOf(m_session.trace(), m_metrics);
    return true;
}

void RailwayView::showStep(EventIndex wanted)
{
    const Trace &trace = m_session.trace();
    const EventIndex step = qBound(EventIndex(0), wanted, trace.size());
    const bool isNewPlan = planIfStale();
    const bool isNewTrace
        = m_snapshot.step > trace.size(); // it was emptied: nothing laid out before stands for it
    const LaidOut before{m_snapshot, m_scene.shown()};
    m_snapshot = m_session.replay().at(step);
    m_scene.show(layOut(trace, m_snapshot, m_plan, m_metrics, isNewPlan || isNewTrace ? nullptr : &before));
    m_card.setSentence(sentenceFor(trace, m_session.replay(), step));
    setAccessibleDescription(m_card.accessibleName() + u' ' + m_card.accessibleDescription());
    showMessage();
    animate(before.layout);
    if (isNewPlan)
        fitWhenUntouched();
    followFocus();
}

void RailwayView::animate(const RailwayLayout &before)
{
    constexpr int NotWorthShowing = 16; // milliseconds: one frame
    const RailwayLayout &after = m_scene.shown();
    if (m_isMotionReduced || after.step != before.step + 1 || after.step > m_session.trace().size())
        return;
    const auto travel = travelBetween(before, after, m_session.trace().at(after.step - 1));
    if (!travel || travel->path.length() < 1)
        return;
    if (const int time = travelTime(travel->path, m_pace); time > NotWorthShowing)
        m_scene.travel(*travel, time);
}

void RailwayView::showMessage()
{
    Sentence message;
    const bool hasPicture = !m_session.trace().isEmpty();
    if (const auto &refused = m_session.diagnostic(); refused && !hasPicture) {
        message.headline = tr("This script was not accepted.");
        message.detail = toText(*refused, m_session.file());
    } else if (!hasPicture && m_session.state() == RunState::Running) {
        message.headline = tr("The script is being run.");
        message.detail = tr("What happens is shown as soon as it hands control back, or a budget ends it.");
    } else if (const auto ending = m_session.ending(); !hasPicture && ending && !ending->text.isEmpty()) {
        message.headline = tr("The run has ended before anything happened.");
        message.detail = ending->text;
    } else if (!hasPicture || (m_snapshot.deferreds.isEmpty() && m_session.text().trimmed().isEmpty())) {
        message.headline = tr("Nothing here yet.");
        message.detail
            = tr("Double-click to make the first Deferred, or press A. Or write Twisted code on the left, "
                 "or choose an example (Ctrl+G).");
    } else if (m_scene.shown().step == 0) {
        message.headline = m_card.sentence().headline;
        message.detail = tr("Press Play, or step forward: each Deferred appears here when it is made.");
    }
    m_message.setSentence(message);
    m_message.setVisible(!message.headline.isEmpty());
    m_card.setVisible(message.headline.isEmpty());
    arrangeCards();
}

QSize RailwayView::freeSize() const { return viewport()->size(); }

void RailwayView::arrangeCards()
{
    const int width = qMin(this->width() - 2 * CardMargin, LargestCard);
    const int height = m_card.heightForWidth(width);
    m_card.setGeometry((this->width() - width) / 2, this->height() - height - CardMargin, width, height);
    const int messageWidth = qMin(this->width() - 2 * CardMargin, 560);
    const int messageHeight = m_message.heightForWidth(messageWidth);
    m_message.setGeometry((this->width() - messageWidth) / 2, (freeSize().height() - messageHeight) / 2,
                          messageWidth, messageHeight);
}

/// Keeps what the event changed in view; while it is well inside, nothing is scrolled.
void RailwayView::followFocus()
{
    const QRectF focus = m_scene.shown().focus;
    if (!m_viewState.isFollowing() || focus.isEmpty())
        return;
    const int deadZone = qMin(96, qMin(freeSize().width(), freeSize().height()) / 6);
    const QRectF inView = mapToScene(viewport()->rect()).boundingRect();
    if (inView.adjusted(-2, -2, 2, 2).contains(m_scene.sceneRect()))
        return; // all of the run is in view: nothing needs to be followed
    if (focus.width() > inView.width() || focus.height() > inView.height())
        centerOn(focus.center());
    else
        ensureVisible(focus, deadZone, deadZone);
}

} // namespace deferscope::ui
