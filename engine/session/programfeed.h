// SPDX-License-Identifier: MIT
#pragma once

#include "engine/session/filefeed.h"
#include "engine/session/python.h"

#include <QProcess>
#include <QTemporaryDir>

namespace deferscope {

/// A program that runs with its own reactor and all rights, and is recorded while it does.
///
/// Destroying it ends the program. Its standard output and error are this process's.
class ProgramFeed final : public FileFeed
{
    Q_OBJECT

public:
    /// \a arguments: of Python, the program's file first. Run in the folder \a directory.
    ProgramFeed(const Python &python, const QStringList &arguments, const QString &directory);
    ~ProgramFeed() override;

    bool isLive() const override { return !ending(); }
    void stop() override; ///< as Ctrl+C does, and for good when that does not help

protected:
    bool isWriterAlive() const override { return m_process.state() != QProcess::NotRunning; }
    Ending endingWithoutWord() const override;

private:
    explicit ProgramFeed(std::unique_ptr<QTemporaryDir> folder);

    std::unique_ptr<QTemporaryDir> m_folder;
    Python m_python;
    QProcess m_process;
    QTimer m_patience;
    bool m_isStopped = false;
};

} // namespace deferscope
