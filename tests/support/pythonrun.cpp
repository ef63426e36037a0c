// SPDX-License-Identifier: GPL-3.0-or-later
#include "pythonrun.h"

namespace deferscope::test {

using namespace Qt::StringLiterals;

PythonRun::PythonRun(const QString &file, const QString &directory)
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    environment.insert(u"PYTHONIOENCODING"_s, u"utf-8"_s);
    m_process.setProcessEnvironment(environment);
    m_process.setWorkingDirectory(directory);
    m_process.start(u"/usr/bin/python3"_s, {file}); // Debian's own: it is the one that has Twisted
}

PythonRun::~PythonRun()
{
    m_process.kill();
    m_process.waitForFinished();
}

QByteArray PythonRun::output()
{
    constexpr int Timeout = 60'000;
    if (!m_process.waitForFinished(Timeout) && m_process.state() != QProcess::NotRunning)
        return "no end within a minute";
    m_errors = m_process.readAllStandardError();
    return m_process.readAllStandardOutput();
}

} // namespace deferscope::test
