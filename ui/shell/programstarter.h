// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/session.h"
#include "ui/document/scriptdocument.h"
#include "ui/shell/filekeeper.h"

#include <QTemporaryDir>

namespace deferscope::ui {

/// Runs the document as a real program, with all rights and its own reactor, after asking once a file; and
/// offers to when a document has asked for something that the lab has not.
class ProgramStarter final : public QObject
{
    Q_OBJECT

public:
    ProgramStarter(Session &session, const ScriptDocument &document, FileKeeper &files, Settings &settings,
                   MessageBar &messages, QWidget *window);

    void start(); ///< asks first, where it has not been allowed

private:
    void offer();
    bool isAllowed(const QString &path);
    QString pathToRun(); ///< empty: the person would not save it
    QString writeCopy();

    Session &m_session;
    const ScriptDocument &m_document;
    FileKeeper &m_files;
    Settings &m_settings;
    MessageBar &m_messages;
    QWidget *m_window;
    QTemporaryDir m_folder; ///< for what was never saved
};

} // namespace deferscope::ui
