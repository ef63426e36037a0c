// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/session/input.h"

#include <QElapsedTimer>
#include <QFileSystemWatcher>
#include <QObject>
#include <QUndoStack>

#include <optional>

namespace deferscope::ui {

/// The script that is being edited: its text, where it is kept, and every change that was made to it.
///
/// A change swaps one whole text for another, so that undoing it gives back what was there byte for byte. All
/// views show text() and none keeps its own.
class ScriptDocument final : public QObject
{
    Q_OBJECT

public:
    explicit ScriptDocument(QObject *parent = nullptr);

    const QString &text() const { return m_content.text; }
    const QList<Input> &inputs() const
    {
        return m_content.inputs;
    }                                              ///< what is done by hand in the run
    const QString &path() const { return m_path; } ///< empty: it was never saved
    const QString &name() const { return m_name; } ///< without folders
    bool isRecording() const { return m_isRecording; } ///< path() is one: there is no text, and nothing to change
    bool isModified() const { return !m_undoStack.isClean(); }
    QUndoStack &undoStack() { return m_undoStack; }

    /// Another document. What could be undone of the one before is gone.
    void adopt(const QString &text, const QString &name, const QString &path = {});
    void adoptRecording(const QString &path);
    void adoptUnsaved(const QString &text, const QString &name, const QString &path = {});

    /// One change, undone and redone by the name \a what. Those in a row with the same \a dragging, which is
    /// not 0, are one: the steps of a drag.
    void edit(const QString &text, const QString &what, int dragging = 0);
    void editInputs(const QList<Input> &inputs, const QString &what);
    void type(const QString &text); ///< what was typed in a row is one change

    /// Writes the whole file or leaves it as it was. What went wrong, or nothing.
    std::optional<QString> saveTo(const QString &path);
    std::optional<QString> reload(); ///< from path(), as a change that can be undone

Q_SIGNALS:
    void adopted();     ///< text(), name() and path() are others
    void textChanged(); ///< or inputs(): by a change, undone and redone ones included
    void modifiedChanged(bool modified);
    void placeChanged();   ///< name() and path()
    void changedOutside(); ///< the file at path() is not what was read or written

private:
    class Change;

    struct Content
    {
        QString text;
        QList<Input> inputs;
        friend bool operator==(const Content &, const Content &) = default;
    };

    void take(const Content &content, const QString &name, const QString &path);
    void swap(const Content &content);
    void watch();
    void unwatch();
    void checkFile();

    Content m_content;
    QString m_path;
    QString m_name;
    QString m_onDisk; ///< what path() held when it was last read or written
    QUndoStack m_undoStack;
    QElapsedTimer m_sinceTyping;
    QFileSystemWatcher m_watcher;
    bool m_isRecording = false;
};

} // namespace deferscope::ui
