// SPDX-License-Identifier: GPL-3.0-or-later
#include "filekeeper.h"

#include <QClipboard>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QMenu>
#include <QMessageBox>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int KeepAfter = 150; ///< milliseconds; what a sudden end may cost

} // namespace

FileKeeper::FileKeeper(ScriptDocument &document, Settings &settings, MessageBar &messages,
                       const Actions &actions, QWidget *window)
    : QObject(window)
    , m_document(document)
    , m_settings(settings)
    , m_messages(messages)
    , m_window(window)
    , m_recovery(settings.unsavedFolder())
{
    const auto on = [this](const QAction *action, auto &&slot) {
        connect(action, &QAction::triggered, this, std::forward<decltype(slot)>(slot));
    };
    on(actions.newScript, &FileKeeper::newScript);
    on(actions.open, &FileKeeper::chooseFile);
    on(actions.pasteAsNew, &FileKeeper::pasteAsNew);
    on(actions.save, [this] { save(); });
    on(actions.saveAs, [this] { saveAs(); });
    on(actions.recover, [this] {
        if (!mayLeave() || recover())
            return;
        refuse({tr("No unsaved work was left behind."), {}});
    });
    m_keeping.setSingleShot(true);
    m_keeping.setInterval(KeepAfter);
    connect(&m_keeping, &QTimer::timeout, this, &FileKeeper::keep);
    connect(&document, &ScriptDocument::textChanged, this, [this] {
        if (!m_keeping.isActive())
            m_keeping.start();
    });
    connect(&document, &ScriptDocument::modifiedChanged, &m_keeping, qOverload<>(&QTimer::start));
    connect(&document, &ScriptDocument::changedOutside, this, &FileKeeper::offerReload);
}

void FileKeeper::keep()
{
    if (m_document.isModified())
        m_recovery.keep({m_document.text(), m_document.name(), m_document.path()});
    else
        m_recovery.forget();
}

bool FileKeeper::refuse(const Refusal &refusal)
{
    m_messages.show(refusal,
                    m_document.text().isEmpty() ? QString()
                                                : tr("Nothing was lost: what you had is still open."));
    return false;
}

bool FileKeeper::openFile(const QString &path)
{
    if (isRecording(path))
        return openRecording(path);
    const auto read = readDocument(path);
    if (const auto *refusal = std::get_if<Refusal>(&read))
        return refuse(*refusal);
    if (!mayLeave())
        return false;
    m_messages.hide();
    m_document.adopt(std::get<Document>(read).text, QFileInfo(path).fileName(),
                     QFileInfo(path).absoluteFilePath());
    m_settings.addRecent(m_document.path());
    return true;
}

bool FileKeeper::openRecording(const QString &path)
{
    if (!mayLeave())
        return false;
    m_messages.hide();
    m_document.adoptRecording(QFileInfo(path).absoluteFilePath());
    m_settings.addRecent(m_document.path());
    return true;
}

bool FileKeeper::openText(const QString &text, const QString &file)
{
    if (!mayLeave())
        return false;
    m_messages.hide();
    m_document.adopt(text, file);
    return true;
}

void FileKeeper::newScript()
{
    if (!mayLeave())
        return;
    m_messages.hide();
    m_document.adopt({}, tr("untitled.py"));
}

/// Also when it has an error, which is then marked in it: it was not there before, so nothing can be lost.
void FileKeeper::pasteAsNew()
{
    const QString text = QGuiApplication::clipboard()->text();
    if (text.trimmed().isEmpty()) {
        refuse({tr("There is no text on the clipboard."), {}});
        return;
    }
    if (!mayLeave())
        return;
    m_messages.hide();
    m_document.adoptUnsaved(text, tr("untitled.py"));
}

bool FileKeeper::recover(const QString &path)
{
    const auto work = m_recovery.takeAbandoned(path);
    if (!work)
        return false;
    m_document.adoptUnsaved(work->text, work->name, work->path);
    const int more = m_recovery.abandonedCount();
    m_messages.tell(tr("Unsaved work on %1 was recovered.").arg(work->name),
                    more == 0 ? tr("Save it to keep it.")
                              : tr("Save it to keep it. There is more: File, Recover unsaved work."));
    return true;
}

void FileKeeper::offerRecovery()
{
    if (m_recovery.abandonedCount() == 0)
        return;
    m_messages.tell(tr("Unsaved work from last time is kept."), tr("It is on another script."));
    m_messages.offer(tr("Open it"), [this] {
        if (mayLeave())
            recover();
    });
}

bool FileKeeper::mayClose()
{
    if (!mayLeave())
        return false;
    m_keeping.stop();
    m_recovery.forget();
    return true;
}

bool FileKeeper::mayLeave()
{
    if (!m_document.isModified())
        return true;
    QMessageBox question(QMessageBox::Question, tr("Unsaved changes"),
                         tr("Save the changes to %1?").arg(m_document.name()),
                         QMessageBox::Save | QMessageBox::Discard | QMessageBox::Cancel, m_window);
    question.setDefaultButton(QMessageBox::Save);
    switch (question.exec()) {
    case QMessageBox::Save: return save();
    case QMessageBox::Discard: return true;
    default: return false;
    }
}

bool FileKeeper::save()
{
    const bool hasPlace = !m_document.path().isEmpty() && !m_document.isRecording();
    return hasPlace ? saveTo(m_document.path()) : saveAs();
}

bool FileKeeper::saveAs()
{
    if (m_document.isRecording())
        return refuse({tr("A recording is kept as it is: there is nothing to save."), {}});
    const QString start = m_document.path().isEmpty() ? QDir(m_settings.folder()).filePath(m_document.name())
                                                      : m_document.path();
    QFileDialog dialog(m_window, tr("Save the script"), start, tr("Python scripts (*.py);;All files (*)"));
    dialog.setAcceptMode(QFileDialog::AcceptSave);
    dialog.setDefaultSuffix(u"py"_s);
    dialog.selectFile(QFileInfo(start).fileName());
    return dialog.exec() == QDialog::Accepted && saveTo(dialog.selectedFiles().constFirst());
}

bool FileKeeper::saveTo(const QString &path)
{
    if (const auto problem = m_document.saveTo(path)) {
        m_messages.show({tr("%1 was not saved: %2.").arg(path, *problem), tr("Your changes are still here.")},
                        {});
        return false;
    }
    m_messages.hide();
    m_settings.setFolder(QFileInfo(path).absolutePath());
    m_settings.addRecent(m_document.path());
    return true;
}

void FileKeeper::chooseFile()
{
    const QString path
        = QFileDialog::getOpenFileName(m_window, tr("Open a script or a recording"), m_settings.folder(),
                                       tr("Scripts and recordings (*.py *.dscope);;Python scripts "
                                          "(*.py);;Recordings (*.dscope);;All files (*)"));
    if (path.isEmpty())
        return;
    m_settings.setFolder(QFileInfo(path).absolutePath());
    openFile(path);
}

void FileKeeper::offerReload()
{
    if (!QFileInfo::exists(m_document.path())) {
        m_messages.show({tr("%1 was deleted or moved by another program.").arg(m_document.name()),
                         tr("It is still open here. Save it to write it again.")},
                        {});
        return;
    }
    m_messages.show({tr("%1 was changed by another program.").arg(m_document.name()),
                     tr("Load it to see what is there now; your own changes can be got back with Undo.")},
                    {});
    m_messages.offer(tr("Load it"), [this] {
        if (const auto problem = m_document.reload())
            refuse({tr("%1 was not loaded: %2.").arg(m_document.name(), *problem), {}});
    });
}

void FileKeeper::fillRecent(QMenu &menu)
{
    menu.clear();
    const QStringList recent = m_settings.recent();
    for (const QString &path : recent) {
        QAction *action = menu.addAction(QFileInfo(path).fileName(), this, [this, path] { openFile(path); });
        action->setToolTip(path);
        action->setStatusTip(path);
    }
    if (recent.isEmpty())
        menu.addAction(tr("No file was opened yet"))->setEnabled(false);
}

} // namespace deferscope::ui
