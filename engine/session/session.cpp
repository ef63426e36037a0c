// SPDX-License-Identifier: MIT
#include "session.h"

#include "engine/session/filefeed.h"
#include "engine/session/programfeed.h"
#include "engine/session/runnerfeed.h"
#include "engine/session/warmprocess.h"

#include <QFileInfo>

namespace deferscope {

namespace {

/// What a feed that is on the way to its end tells is of no use any more; it may be the one that is telling.
void retire(std::unique_ptr<Feed> &feed)
{
    if (!feed)
        return;
    feed->disconnect();
    feed.release()->deleteLater();
}

} // namespace

Session::Session(QObject *parent)
    : Session(Python::find(), parent)
{
}

Session::Session(const Python &python, QObject *parent)
    : QObject(parent)
    , m_python(python)
    , m_warm(std::make_shared<WarmProcess>(python))
    , m_replay(std::make_unique<Replay>(m_nothing))
{
}

Session::~Session() = default;

const Trace &Session::trace() const { return m_shown ? m_shown->trace() : m_nothing; }

std::optional<Ending> Session::ending() const
{
    if (!m_shown || m_coming)
        return {};
    return m_shown->ending() ? m_shown->ending() : m_shown->pause();
}

std::optional<QString> Session::refusal() const { return m_shown ? m_shown->refusal() : std::nullopt; }

bool Session::isLive() const { return m_state == RunState::Running && newest() && newest()->isLive(); }

bool Session::isDocument(const QString &file) const
{
    return m_origin != Origin::Recording && (file == m_file || (!file.isEmpty() && file == m_programPath));
}

void Session::load(const QString &text, const QString &file)
{
    drop();
    m_text = text;
    m_file = file;
    m_programPath.clear();
    m_inputs.clear();
    Q_EMIT programChanged();
    startRun(TimeMode::Virtual);
    Q_EMIT loaded();
}

void Session::edit(const QString &text, const QList<Input> &inputs)
{
    m_text = text;
    m_inputs = inputs;
    startRun(TimeMode::Virtual);
    Q_EMIT programChanged();
}

void Session::rename(const QString &file)
{
    m_file = file;
    Q_EMIT programChanged();
}

void Session::run(TimeMode mode)
{
    if (m_diagnostic || isReadOnly())
        return;
    drop();
    startRun(mode);
}

void Session::setPython(const Python &python)
{
    m_python = python;
    m_warm = std::make_shared<WarmProcess>(python);
    if (!isReadOnly())
        edit(m_text, m_inputs);
}

void Session::startRun(TimeMode mode)
{
    m_mode = mode;
    const RunRequest request{m_text, m_file, m_inputs, {}, mode == TimeMode::Real};
    follow(std::make_unique<RunnerFeed>(m_warm, request), Origin::Lab);
}

void Session::runProgram(const QString &path, const QStringList &arguments)
{
    drop();
    m_programPath = path;
    follow(std::make_unique<ProgramFeed>(m_python, QStringList{path} + arguments,
                                         QFileInfo(path).absolutePath()),
           Origin::Program);
}

std::optional<QString> Session::openRecording(const QString &path)
{
    auto feed = std::make_unique<FileFeed>(path);
    if (!feed->isReadable())
        return feed->whyUnreadable();
    drop();
    m_text.clear();
    m_inputs.clear();
    m_file = QFileInfo(path).fileName();
    m_programPath.clear();
    m_origin = Origin::Recording;
    Q_EMIT programChanged();
    follow(std::move(feed), Origin::Recording);
    Q_EMIT loaded();
    return {};
}

void Session::follow(std::unique_ptr<Feed> feed, Origin origin)
{
    retire(m_coming);
    m_coming = std::move(feed);
    m_comingOrigin = origin;
    if (!m_shown)
        m_origin = origin;
    const Feed *source = m_coming.get();
    connect(source, &Feed::grew, this, [this, source] { takeGrowth(source); });
    connect(source, &Feed::paused, this, [this, source] { takeHalt(source); });
    connect(source, &Feed::ended, this, [this, source] { takeHalt(source); });
    connect(source, &Feed::cameLive, this, &Session::liveChanged);
    setState(RunState::Running);
    if (isLive())
        Q_EMIT liveChanged();
}

void Session::stop()
{
    if (m_coming)
        m_coming->stop();
    else if (m_shown)
        m_shown->stop();
}

void Session::continueFurther()
{
    constexpr int Factor = 10;
    if (m_state != RunState::Paused)
        return;
    m_shown->more(Factor);
    setState(RunState::Running);
}

void Session::drop()
{
    retire(m_coming);
    retire(m_shown);
    m_diagnostic.reset();
    m_origin = Origin::Lab;
    clearTrace();
    setState(RunState::Empty);
}

void Session::clearTrace()
{
    m_replay = std::make_unique<Replay>(trace());
    m_told = 0;
    Q_EMIT traceReset();
}

/// What comes has something to show, or has ended without: it takes the place of what was shown.
void Session::becomeShown()
{
    std::unique_ptr<Feed> coming = std::move(m_coming);
    const bool wasRefused = m_diagnostic.has_value();
    m_diagnostic.reset();
    retire(m_shown);
    m_origin = m_comingOrigin;
    clearTrace();
    m_shown = std::move(coming);
    m_replay = std::make_unique<Replay>(trace());
    if (wasRefused)
        Q_EMIT programChanged();
}

void Session::refuseText(const Diagnostic &diagnostic)
{
    retire(m_coming);
    m_diagnostic = diagnostic;
    Q_EMIT programChanged();
    setState(!m_shown                ? RunState::Empty
                 : m_shown->ending() ? RunState::Ended
                 : m_shown->pause()  ? RunState::Paused
                                     : RunState::Running);
}

void Session::takeGrowth(const Feed *feed)
{
    if (feed == m_coming.get()) {
        if (feed->diagnostic())
            return;
        becomeShown();
    }
    const EventIndex first = std::exchange(m_told, trace().size());
    if (first < m_told)
        Q_EMIT traceGrew(first, m_told);
}

/// It stands still, or is at its end.
void Session::takeHalt(const Feed *feed)
{
    if (feed == m_coming.get() && feed->diagnostic())
        return refuseText(*feed->diagnostic());
    takeGrowth(feed);
    if (!m_coming)
        setState(feed->ending() ? RunState::Ended : RunState::Paused);
}

void Session::setState(RunState state)
{
    if (state == m_state)
        return;
    m_state = state;
    Q_EMIT stateChanged(state);
}

} // namespace deferscope
