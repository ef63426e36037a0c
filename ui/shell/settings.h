// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSettings>

class QAction;
class QMainWindow;

namespace deferscope::ui {

/// What the window remembers from one time to the next. What was never set has a default that the caller
/// names.
class Settings final
{
public:
    explicit Settings(QSettings &store)
        : m_store(store)
    {
    }

    bool isDark(bool otherwise) const;
    void setDark(bool dark);
    bool isMotionReduced(bool otherwise) const;
    void setMotionReduced(bool reduced);

    bool
    restore(QMainWindow &window) const; ///< its place and its panes; false when there was nothing to restore
    void save(const QMainWindow &window);
    QString unsavedFolder() const;           ///< where unsaved work is kept: beside the settings
    void setKeys(const QAction &action);     ///< those it has now
    void restoreKeys(QAction &action) const; ///< those set before, if any
    QString folder() const;                  ///< of the script that was opened last
    void setFolder(const QString &folder);
    QString python() const; ///< that runs the programs; empty: the one that is found
    void setPython(const QString &program);
    bool isTrusted(const QString &path) const; ///< may be run as a real program without asking again
    void trust(const QString &path);
    QStringList recent() const; ///< files, the latest first; those that are gone left out
    void addRecent(const QString &path);

private:
    QSettings &m_store;
};

} // namespace deferscope::ui
