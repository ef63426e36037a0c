// SPDX-License-Identifier: GPL-3.0-or-later
#include "scriptdocument.h"

#include "engine/syntax/filetext.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace deferscope::ui {

namespace {

constexpr int Typing = 1;           ///< the id of changes that were typed
constexpr int FirstDragging = 1000; ///< that of dragging n is n more
constexpr int LongestPause = 1500;  ///< milliseconds between keys of one change
constexpr int UndoLimit = 1000;

std::optional<syntax::FileText> fileOf(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto decoded = syntax::decodeFile(file.read(syntax::MaximumBytes + 1));
    const auto *text = std::get_if<syntax::FileText>(&decoded);
    return text ? std::optional(*text) : std::nullopt;
}

std::optional<QString> contentOf(const QString &path)
{
    const auto file = fileOf(path);
    return file ? std::optional(file->text) : std::nullopt;
}

} // namespace

class ScriptDocument::Change final : public QUndoCommand
{
public:
    Change(ScriptDocument &document, const Content &after, const QString &what, int id)
        : QUndoCommand(what)
        , m_document(document)
        , m_before(document.m_content)
        , m_after(after)
        , m_id(id)
    {
    }

    int id() const override { return m_id; }
    void undo() override { m_document.swap(m_before); }
    void redo() override { m_document.swap(m_after); }
    bool mergeWith(const QUndoCommand *later) override
    {
        m_after = static_cast<const Change *>(later)->m_after;
        setObsolete(m_after == m_before);
        return true;
    }

private:
    ScriptDocument &m_document;
    Content m_before;
    Content m_after;
    int m_id; ///< changes in a row with the same one are merged; -1: never
};

ScriptDocument::ScriptDocument(QObject *parent)
    : QObject(parent)
{
    m_undoStack.setUndoLimit(UndoLimit);
    connect(&m_undoStack, &QUndoStack::cleanChanged, this,
            [this](bool isClean) { Q_EMIT modifiedChanged(!isClean); });
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ScriptDocument::checkFile);
}

void ScriptDocument::adopt(const QString &text, const QString &name, const QString &path)
{
    m_isRecording = false;
    take({text, {}}, name, path);
    watch();
    Q_EMIT adopted();
}

/// It may still be written: that it changes is nothing to tell.
void ScriptDocument::adoptRecording(const QString &path)
{
    m_isRecording = true;
    take({}, QFileInfo(path).fileName(), path);
    unwatch();
    Q_EMIT adopted();
}

void ScriptDocument::take(const Content &content, const QString &name, const QString &path)
{
    m_content = content;
    m_name = name;
    m_path = path;
    m_onDisk = content.text;
    m_undoStack.clear();
    m_undoStack.setClean();
}

void ScriptDocument::adoptUnsaved(const QString &text, const QString &name, const QString &path)
{
    adopt(text, name, path);
    m_undoStack.resetClean();
    if (!path.isEmpty())
        m_onDisk = contentOf(path).value_or(QString());
    Q_EMIT modifiedChanged(true);
}

void ScriptDocument::edit(const QString &text, const QString &what, int dragging)
{
    m_sinceTyping.invalidate();
    if (text != m_content.text)
        m_undoStack.push(
            new Change(*this, {text, m_content.inputs}, what, dragging ? FirstDragging + dragging : -1));
}

void ScriptDocument::type(const QString &text)
{
    if (text == m_content.text)
        return;
    // Two ids in turn: a change after a pause has another one than the one before it.
    const bool isInARow = m_sinceTyping.isValid() && m_sinceTyping.elapsed() < LongestPause;
    const int last = m_undoStack.index() > 0 ? m_undoStack.command(m_undoStack.index() - 1)->id() : 0;
    const int id = isInARow ? last : last == Typing ? Typing + 1 : Typing;
    m_undoStack.push(new Change(*this, {text, m_content.inputs}, tr("typing"),
                                id > Typing + 1 || id < Typing ? Typing : id));
    m_sinceTyping.start();
}

void ScriptDocument::editInputs(const QList<Input> &inputs, const QString &what)
{
    m_sinceTyping.invalidate();
    if (inputs != m_content.inputs)
        m_undoStack.push(new Change(*this, {m_content.text, inputs}, what, -1));
}

void ScriptDocument::swap(const Content &content)
{
    m_content = content;
    Q_EMIT textChanged();
}

std::optional<QString> ScriptDocument::saveTo(const QString &path)
{
    const QString target = QFileInfo(path).isSymLink() ? QFileInfo(path).symLinkTarget() : path;
    const auto old = fileOf(m_path.isEmpty() ? target : m_path); // its lines go on to end as they do
    const auto bytes = syntax::encode(m_content.text, old ? old->format : syntax::TextFormat());
    if (!bytes)
        return tr("the encoding that the first lines name does not have all characters of the text");
    QSaveFile file(target);
    if (!m_path.isEmpty())
        m_watcher.removePath(m_path);
    const bool isWritten
        = file.open(QIODevice::WriteOnly) && file.write(*bytes) == bytes->size() && file.commit();
    if (!isWritten) {
        watch();
        return file.errorString();
    }
    m_path = path;
    m_name = QFileInfo(path).fileName();
    m_onDisk = m_content.text;
    m_undoStack.setClean();
    m_sinceTyping.invalidate();
    watch();
    Q_EMIT placeChanged();
    return {};
}

std::optional<QString> ScriptDocument::reload()
{
    const auto content = contentOf(m_path);
    if (!content)
        return tr("the file cannot be read");
    m_onDisk = *content;
    edit(*content, tr("load the changed file"));
    m_undoStack.setClean();
    return {};
}

void ScriptDocument::unwatch()
{
    if (!m_watcher.files().isEmpty())
        m_watcher.removePaths(m_watcher.files());
}

void ScriptDocument::watch()
{
    unwatch();
    if (!m_path.isEmpty() && QFileInfo::exists(m_path))
        m_watcher.addPath(m_path);
}

/// Many editors replace a file by another one of its name: then it has to be watched anew.
void ScriptDocument::checkFile()
{
    watch();
    const auto content = contentOf(m_path);
    if (content && *content == m_onDisk)
        return;
    m_undoStack.resetClean();
    Q_EMIT changedOutside();
}

} // namespace deferscope::ui
