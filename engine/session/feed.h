// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/recordingreader.h"
#include "engine/session/ending.h"

#include <QObject>

#include <optional>

namespace deferscope {

/// One recording that is finished or still grows, wherever it comes from. It arrives on the event loop of the
/// thread that it is made on.
class Feed : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    const Trace &trace() const { return m_reader.trace(); }
    const RecordingReader &recording() const { return m_reader; }
    const std::optional<Ending> &ending() const { return m_ending; } ///< none while it grows
    const std::optional<Ending> &pause() const
    {
        return m_pause;
    } ///< why it stands still until more() is asked
    /// Why Python did not accept the text of a run, which then has ended.
    const std::optional<Diagnostic> &diagnostic() const { return m_diagnostic; }
    const std::optional<QString> &refusal() const
    {
        return m_refusal;
    } ///< what it asked for that the lab has not

    virtual bool isLive() const = 0; ///< what comes has happened only now; false once it has ended
    virtual void stop() = 0;         ///< it ends where it is
    virtual void more(int factor) { Q_UNUSED(factor); } ///< goes on past the pause

Q_SIGNALS:
    void grew();
    void paused();   ///< pause() says why
    void ended();    ///< ending() says how
    void cameLive(); ///< what was there before has been read

protected:
    void take(const QByteArray &bytes);
    void goOn() { m_pause.reset(); }
    /// Nothing more comes. How the recording itself says that it ended counts, \a otherwise when it does not.
    void finish(const Ending &otherwise);
    bool hasOutcome() const { return m_outcome || m_diagnostic; }

private:
    void readNotes();
    void readNote(const QJsonObject &note);

    RecordingReader m_reader;
    qsizetype m_notesRead = 0;
    std::optional<Ending> m_outcome; ///< as the recording tells it
    std::optional<Ending> m_ending;
    std::optional<Ending> m_pause;
    std::optional<Diagnostic> m_diagnostic;
    std::optional<QString> m_refusal;
};

} // namespace deferscope
