// SPDX-License-Identifier: MIT
#pragma once

#include "engine/recording/recordingreader.h"

#include <QFile>
#include <QObject>
#include <QTimer>

#include <memory>

namespace deferscope {

/// Reads a recording from a file, a slice each time that the event loop comes round, and goes on while it
/// grows.
class FileFollower final : public QObject
{
    Q_OBJECT

public:
    explicit FileFollower(QObject *parent = nullptr);

    void open(const QString &path); ///< emits failed() when it cannot be read or is no recording
    void close();                   ///< reads no more; what was read stays

    const RecordingReader &reader() const { return *m_reader; } ///< what was read so far
    qint64 position() const { return m_position; }              ///< bytes read

Q_SIGNALS:
    void grew(deferscope::EventIndex first, deferscope::EventIndex last); ///< [first, last) are new
    void caughtUp();                     ///< all that is there was read; it may grow
    void ended();                        ///< the recorder has said that nothing follows
    void failed(const QString &problem); ///< a sentence; nothing more is read

private:
    void readOn();
    void fail(const QString &problem);

    QFile m_file;
    QTimer m_next; ///< reads the next slice, or looks whether there is more
    std::unique_ptr<RecordingReader> m_reader;
    qint64 m_position = 0;
};

} // namespace deferscope
