// SPDX-License-Identifier: MIT
#include "python.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStandardPaths>

namespace deferscope {

using namespace Qt::StringLiterals;

namespace {

constexpr QStringView Debians = u"/usr/bin/python3";

/// Beside the program in the build tree, above its tests, and where it is installed.
QString findPackage()
{
    const QString here = QCoreApplication::applicationDirPath();
    for (const QString &place : {u"/python"_s, u"/../python"_s, u"/../lib/deferscope/python"_s}) {
        if (QFileInfo::exists(here + place + u"/deferscope/__init__.py"_s))
            return QFileInfo(here + place).canonicalFilePath();
    }
    return {};
}

} // namespace

Python Python::find(const QString &program)
{
    if (!program.isEmpty())
        return {program, findPackage()};
    return {QFileInfo::exists(Debians.toString()) ? Debians.toString() : u"python3"_s, findPackage()};
}

QProcessEnvironment Python::environment() const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString before = environment.value(u"PYTHONPATH"_s);
    environment.insert(u"PYTHONPATH"_s, before.isEmpty() ? package : package + u':' + before);
    return environment;
}

QString Python::whyUnusable() const
{
    if (package.isEmpty())
        return u"Nothing can be run: the package for Python that belongs to this program was not found. "
               "Build all of it, or install it anew."_s;
    if (!program.contains(u'/') && QStandardPaths::findExecutable(program).isEmpty())
        return u"Nothing can be run: there is no %1. Install Python and Twisted (on Debian: "
               u"python3-twisted), "
               "or name another Python with --python."_s.arg(program);
    if (program.contains(u'/') && !QFileInfo(program).isExecutable())
        return u"Nothing can be run: %1 is no program. Name another Python with --python."_s.arg(program);
    return {};
}

QString explainFailure(const Python &python, const QString &errors)
{
    if (errors.contains(u"No module named 'twisted"_s))
        return u"Nothing can be run: Twisted is not installed for %1. Install it (on Debian: "
               "python3-twisted), or name another Python with --python."_s.arg(python.program);
    if (errors.contains(u"deferscope._engine"_s))
        return u"Nothing can be run: the extension of this program was not built for %1. Name the Python "
               "that it was built for with --python."_s.arg(python.program);
    return u"Nothing can be run: %1 ended at once. %2"_s
        .arg(python.program, errors.trimmed().section(u'\n', -1))
        .trimmed();
}

} // namespace deferscope
