// SPDX-License-Identifier: GPL-3.0-or-later
#include "source.h"

#include "engine/syntax/filetext.h"

#include <QFile>
#include <QFileInfo>
#include <QTextStream>

namespace deferscope::app {

using namespace Qt::StringLiterals;

namespace {

void complain(const QString &message) { QTextStream(stderr) << message << Qt::endl; }

std::optional<QByteArray> readBytes(const QString &path)
{
    QFile file(path);
    if (QFileInfo(path).isDir()) {
        complain(u"deferscope: %1 is a directory"_s.arg(path));
        return std::nullopt;
    }
    const bool opened = path == u"-" ? file.open(stdin, QIODevice::ReadOnly) : file.open(QIODevice::ReadOnly);
    if (!opened) {
        complain(u"deferscope: cannot read %1: %2"_s.arg(path, file.errorString()));
        return std::nullopt;
    }
    return file.read(syntax::MaximumBytes
                     + 1); // one more than is accepted: the rest need not be read to be refused
}

} // namespace

std::optional<script::Program> loadProgram(const QString &path)
{
    const std::optional<QByteArray> bytes = readBytes(path);
    if (!bytes)
        return std::nullopt;
    const QString name = path == u"-" ? u"<stdin>"_s : path;
    const auto text = syntax::decode(*bytes);
    if (const auto *diagnostic = std::get_if<syntax::Diagnostic>(&text)) {
        complain(toText(*diagnostic, name));
        return std::nullopt;
    }
    const auto program = script::Program::compile(std::get<QString>(text), name);
    if (const auto *diagnostic = std::get_if<syntax::Diagnostic>(&program)) {
        complain(toText(*diagnostic, name));
        return std::nullopt;
    }
    return std::get<script::Program>(program);
}

} // namespace deferscope::app
