// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/deferred/engine.h"
#include "engine/trace/trace.h"

#include <QJsonObject>
#include <QStringList>

namespace deferscope::test {

/// What a program in the op language of the oracle corpora did: one JSON text a line, so that two runs
/// compare by eye.
struct OpRun
{
    QStringList events;
    QStringList final; ///< the state of each Deferred
    QStringList
        things; ///< the state of the locks, loops, queues and of the clock; the corpora are without it
    Trace trace;
};

/// Runs the `prog` of \a program on the engine. The op language is told in tests/oracle/op_programs.py.
OpRun runOpProgram(const QJsonObject &program, const EngineOptions &options = {});

/// What \a program says that real Twisted did.
OpRun expectedOpRun(const QJsonObject &program);

/// A program of a corpus and where it stands: `random.jsonl:17 seed 16`.
struct CorpusEntry
{
    QString name;
    QJsonObject program;
};

/// Every program of the `*.jsonl` files in \a directory, in the order of file names and lines.
QList<CorpusEntry> readCorpus(const QString &directory);

/// The directory in the environment variable DEFERSCOPE_CORPUS, or the corpus of the tests.
QString corpusDirectory();

} // namespace deferscope::test
