// SPDX-License-Identifier: MIT
#include "feed.h"

namespace deferscope {

using namespace Qt::StringLiterals;

void Feed::take(const QByteArray &bytes)
{
    if (m_ending)
        return;
    const EventIndex before = trace().size();
    const bool stoodStill = m_pause.has_value();
    m_reader.feed(bytes);
    readNotes();
    if (trace().size() > before)
        Q_EMIT grew();
    if (m_pause && !stoodStill)
        Q_EMIT paused();
}

void Feed::readNotes()
{
    for (; m_notesRead < m_reader.notes().size(); ++m_notesRead)
        readNote(m_reader.notes().at(m_notesRead));
}

void Feed::readNote(const QJsonObject &note)
{
    if (const QJsonObject pause = note.value(u"paused"_s).toObject(); !pause.isEmpty())
        m_pause = Ending{Ending::Kind::BudgetReached, pause.value(u"text"_s).toString(), {}, 0};
    if (const QJsonObject refused = note.value(u"refused"_s).toObject(); !refused.isEmpty())
        m_refusal = refused.value(u"text"_s).toString();
    const QJsonObject outcome = note.value(u"outcome"_s).toObject();
    if (outcome.isEmpty())
        return;
    if (isSyntaxError(outcome))
        m_diagnostic = diagnosticOf(outcome);
    else
        m_outcome = endingOf(outcome);
}

void Feed::finish(const Ending &otherwise)
{
    if (m_ending)
        return;
    const QStringList damage = m_reader.damage(); // before the end: a chunk that was cut there is none
    m_reader.finish();
    readNotes();
    m_pause.reset();
    m_ending = m_outcome.value_or(otherwise);
    if (!m_outcome && !m_diagnostic && !damage.isEmpty() && otherwise.kind == Ending::Kind::Crashed)
        m_ending = Ending{Ending::Kind::Damaged, damage.constFirst(), {}, 0};
    Q_EMIT ended();
}

} // namespace deferscope
