// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/recording/recordingwriter.h"

#include <QFile>
#include <QJsonObject>
#include <QTemporaryDir>

#include <unistd.h>

namespace deferscope::test {

/// A recording in a file, as a program would write it.
class RecordingFile
{
public:
    explicit RecordingFile(qint64 pid = ::getpid()) ///< of the program that writes it
        : m_isOpen(m_file.open(QIODevice::WriteOnly))
        , m_writer([this](const char *bytes, size_t size) { return write(bytes, qint64(size)); },
                   {{QStringLiteral("pid"), pid}})
    {
        flush();
    }

    QString path() const { return m_file.fileName(); }
    void print(const QString &text) { printAt({}, text); }
    void printAt(const Site &site, const QString &text)
    {
        m_writer.append(
            {.kind = EventKind::Print, .payload = m_writer.intern(text), .site = m_writer.intern(site)});
        flush();
    }
    void end() ///< as a run that has finished
    {
        m_writer.note(
            {{QStringLiteral("outcome"), QJsonObject{{QStringLiteral("kind"), QStringLiteral("finished")}}}});
        flush();
    }

private:
    bool write(const char *bytes, qint64 size) { return m_isOpen && m_file.write(bytes, size) == size; }
    void flush()
    {
        m_writer.flush();
        m_file.flush();
    }

    QTemporaryDir m_folder;
    QFile m_file{m_folder.filePath(QStringLiteral("a.dscope"))};
    bool m_isOpen;
    RecordingWriter m_writer;
};

} // namespace deferscope::test
