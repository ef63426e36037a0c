// SPDX-License-Identifier: GPL-3.0-or-later
#include "programstarter.h"

#include <QFile>
#include <QMessageBox>
#include <QPushButton>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

ProgramStarter::ProgramStarter(Session &session, const ScriptDocument &document, FileKeeper &files,
                               Settings &settings, MessageBar &messages, QWidget *window)
    : QObject(window)
    , m_session(session)
    , m_document(document)
    , m_files(files)
    , m_settings(settings)
    , m_messages(messages)
    , m_window(window)
{
    connect(&session, &Session::stateChanged, this, [this](RunState state) {
        if (state == RunState::Ended && m_session.refusal())
            offer();
    });
}

void ProgramStarter::offer()
{
    // `the lab has no network: …`; what to do about it is a button here.
    const QString what = m_session.refusal()->section(u':', 0, 0);
    m_messages.show(
        {what.left(1).toUpper() + what.mid(1) + u'.',
         tr("A real program has it: it runs with all your rights, and is recorded while it does.")},
        {});
    m_messages.offer(tr("Run as a real program"), [this] { start(); });
}

void ProgramStarter::start()
{
    if (m_document.isRecording() || !isAllowed(m_document.path()))
        return;
    const QString path = pathToRun();
    if (path.isEmpty())
        return;
    m_messages.hide();
    m_session.runProgram(path);
}

bool ProgramStarter::isAllowed(const QString &path)
{
    if (!path.isEmpty() && m_settings.isTrusted(path))
        return true;
    QMessageBox question(QMessageBox::Warning, tr("Run as a real program"),
                         tr("Run %1 with all your rights?").arg(m_document.name()), QMessageBox::Cancel,
                         m_window);
    question.setInformativeText(tr("It can then read and write your files and use the network, as if you had "
                                   "started it in a terminal with "
                                   "%1. It is recorded while it runs, and Stop ends it.%2")
                                    .arg(m_session.python().program,
                                         m_document.isModified() && !path.isEmpty()
                                             ? u' ' + tr("Your changes are saved first.")
                                             : QString()));
    const QPushButton *run = question.addButton(tr("Run it"), QMessageBox::AcceptRole);
    question.setDefaultButton(QMessageBox::Cancel);
    question.exec();
    if (question.clickedButton() != run)
        return false;
    if (!path.isEmpty())
        m_settings.trust(path);
    return true;
}

QString ProgramStarter::pathToRun()
{
    if (m_document.path().isEmpty())
        return writeCopy();
    return !m_document.isModified() || m_files.save() ? m_document.path() : QString();
}

QString ProgramStarter::writeCopy()
{
    QFile file(m_folder.filePath(m_document.name()));
    const QByteArray bytes = m_document.text().toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size()) {
        m_messages.show({tr("%1 cannot be written: %2.").arg(file.fileName(), file.errorString()), {}}, {});
        return {};
    }
    return file.fileName();
}

} // namespace deferscope::ui
