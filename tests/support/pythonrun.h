// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QProcess>
#include <QString>

namespace deferscope::test {

/// A script that runs under real Python, with real Twisted, while the test goes on.
class PythonRun
{
public:
    PythonRun(const QString &file, const QString &directory);
    ~PythonRun();
    PythonRun(const PythonRun &) = delete;
    PythonRun &operator=(const PythonRun &) = delete;

    QByteArray output(); ///< what it wrote to stdout; waits for its end, but not for ever
    QByteArray errors() const { return m_errors; }

private:
    QProcess m_process;
    QByteArray m_errors;
};

} // namespace deferscope::test
