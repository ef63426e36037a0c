// SPDX-License-Identifier: GPL-3.0-or-later
#include "opprogram.h"

#include "opmachine.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

#include <limits>

namespace deferscope::test {

using namespace Qt::StringLiterals;

namespace {

QStringList linesOf(const QJsonArray &arrays)
{
    QStringList lines;
    for (const QJsonValue &array : arrays)
        lines.append(opLine(array.toArray()));
    return lines;
}

void readFile(const QString &path, QList<CorpusEntry> &entries)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        qFatal("cannot read %s", qPrintable(path));
    const QString fileName = QFileInfo(path).fileName();
    for (int number = 1; !file.atEnd(); ++number) {
        const QByteArray text = file.readLine().trimmed();
        if (text.isEmpty())
            continue;
        QJsonParseError error;
        const QJsonObject program = QJsonDocument::fromJson(text, &error).object();
        if (error.error != QJsonParseError::NoError)
            qFatal("%s:%d: %s", qPrintable(path), number, qPrintable(error.errorString()));
        const QString name = program.contains(u"name"_s) ? program[u"name"_s].toString()
                                                         : u"seed %1"_s.arg(program[u"seed"_s].toInt());
        entries.append({u"%1:%2 %3"_s.arg(fileName).arg(number).arg(name), program});
    }
}

} // namespace

OpRun runOpProgram(const QJsonObject &program, const EngineOptions &options)
{
    constexpr int NoLimit = std::numeric_limits<int>::max();
    OpMachine machine(program[u"limit"_s].toInt(NoLimit), options);
    machine.performAll(program[u"prog"_s].toArray());
    return machine.takeRun();
}

OpRun expectedOpRun(const QJsonObject &program)
{
    return {linesOf(program[u"events"_s].toArray()),
            linesOf(program[u"final"_s].toArray()),
            linesOf(program[u"things"_s].toArray()),
            {}};
}

QList<CorpusEntry> readCorpus(const QString &directory)
{
    QList<CorpusEntry> entries;
    const QFileInfoList files = QDir(directory).entryInfoList({u"*.jsonl"_s}, QDir::Files, QDir::Name);
    for (const QFileInfo &file : files)
        readFile(file.filePath(), entries);
    return entries;
}

QString corpusDirectory()
{
    const QString fromEnvironment = qEnvironmentVariable("DEFERSCOPE_CORPUS");
    return fromEnvironment.isEmpty() ? QStringLiteral(DEFERSCOPE_TEST_DATA "/oracle") : fromEnvironment;
}

} // namespace deferscope::test
