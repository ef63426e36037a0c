// SPDX-License-Identifier: GPL-3.0-or-later
#include "document.h"

#include "engine/recording/format.h"
#include "engine/syntax/filetext.h"

#include <QCoreApplication>
#include <QFileInfo>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

QString tr(const char *text) { return QCoreApplication::translate("deferscope::ui::Document", text); }

Refusal refusalOf(const syntax::Diagnostic &diagnostic, const QString &file)
{
    const syntax::Position &place = diagnostic.range.begin;
    return {u"%1:%2:%3: %4"_s.arg(file).arg(place.line).arg(place.column).arg(diagnostic.message),
            diagnostic.advice};
}

} // namespace

std::variant<Document, Refusal> readDocument(const QString &path)
{
    const QString name = QFileInfo(path).fileName();
    QFile file(path);
    if (QFileInfo(path).isDir())
        return Refusal{tr("%1 is a folder.").arg(path), tr("Open a Python file, or a recording.")};
    if (!file.open(QIODevice::ReadOnly))
        return Refusal{tr("%1 cannot be read: %2.").arg(path, file.errorString()), {}};
    // One byte more than is allowed tells that a file is too long, without reading all of it.
    const auto decoded = syntax::decode(file.read(syntax::MaximumBytes + 1));
    if (const auto *diagnostic = std::get_if<syntax::Diagnostic>(&decoded))
        return refusalOf(*diagnostic, name);
    return Document{std::get<QString>(decoded), name};
}

bool isRecording(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly)
        && hasRecordingMagic(file.read(RecordingMagicSize));
}

} // namespace deferscope::ui
