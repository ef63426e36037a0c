// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/document/recovery.h"
#include "ui/document/scriptdocument.h"
#include "ui/shell/actions.h"
#include "ui/shell/document.h"
#include "ui/shell/messagebar.h"
#include "ui/shell/settings.h"

#include <QTimer>

class QMenu;

namespace deferscope::ui {

/// Opens, saves and guards the document: asks before anything unsaved would be lost, keeps it where a sudden
/// end cannot take it, and says so when somebody else writes its file.
class FileKeeper final : public QObject
{
    Q_OBJECT

public:
    FileKeeper(ScriptDocument &document, Settings &settings, MessageBar &messages, const Actions &actions,
               QWidget *window);

    bool openFile(const QString &path); ///< false: the message bar says why, and what was open stays open
    bool openText(const QString &text, const QString &file);
    /// Work that an earlier program left unsaved, with a \a path that on this file; false when there is none.
    bool recover(const QString &path = {});
    void offerRecovery(); ///< when there is work on other files
    bool mayClose();
    bool save();
    bool saveAs();
    void fillRecent(QMenu &menu);

private:
    void newScript();
    void pasteAsNew();
    void chooseFile();
    void keep();
    void offerReload();
    bool openRecording(const QString &path);
    bool refuse(const Refusal &refusal);
    bool mayLeave(); ///< asks when something is unsaved
    bool saveTo(const QString &path);

    ScriptDocument &m_document;
    Settings &m_settings;
    MessageBar &m_messages;
    QWidget *m_window;
    Recovery m_recovery;
    QTimer m_keeping; ///< keys come in bursts; one file for a burst is enough
};

} // namespace deferscope::ui
