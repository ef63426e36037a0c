// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings.h"

#include <QAction>
#include <QFileInfo>
#include <QMainWindow>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

namespace {

constexpr int LayoutVersion = 2; ///< of the set of panes: an arrangement of other panes is not restored

} // namespace

bool Settings::isDark(bool otherwise) const { return m_store.value(u"view/dark"_s, otherwise).toBool(); }

void Settings::setDark(bool dark) { m_store.setValue(u"view/dark"_s, dark); }

bool Settings::isMotionReduced(bool otherwise) const
{
    return m_store.value(u"view/reducedMotion"_s, otherwise).toBool();
}

void Settings::setMotionReduced(bool reduced) { m_store.setValue(u"view/reducedMotion"_s, reduced); }

bool Settings::restore(QMainWindow &window) const
{
    window.restoreGeometry(m_store.value(u"window/geometry"_s).toByteArray());
    return window.restoreState(m_store.value(u"window/panes"_s).toByteArray(), LayoutVersion);
}

void Settings::save(const QMainWindow &window)
{
    m_store.setValue(u"window/geometry"_s, window.saveGeometry());
    m_store.setValue(u"window/panes"_s, window.saveState(LayoutVersion));
}

QString Settings::unsavedFolder() const
{
    return QFileInfo(m_store.fileName()).absolutePath() + u"/unsaved"_s;
}

void Settings::setKeys(const QAction &action)
{
    m_store.setValue(u"keys/"_s + action.objectName(),
                     QKeySequence::listToString(action.shortcuts(), QKeySequence::PortableText));
}

void Settings::restoreKeys(QAction &action) const
{
    const QString name = u"keys/"_s + action.objectName();
    if (m_store.contains(name))
        action.setShortcuts(
            QKeySequence::listFromString(m_store.value(name).toString(), QKeySequence::PortableText));
}

QString Settings::folder() const { return m_store.value(u"file/folder"_s).toString(); }

void Settings::setFolder(const QString &folder) { m_store.setValue(u"file/folder"_s, folder); }

QString Settings::python() const { return m_store.value(u"program/python"_s).toString(); }

void Settings::setPython(const QString &program) { m_store.setValue(u"program/python"_s, program); }

bool Settings::isTrusted(const QString &path) const
{
    return m_store.value(u"program/trusted"_s).toStringList().contains(path);
}

void Settings::trust(const QString &path)
{
    if (!isTrusted(path))
        m_store.setValue(u"program/trusted"_s, m_store.value(u"program/trusted"_s).toStringList() << path);
}

QStringList Settings::recent() const
{
    QStringList paths = m_store.value(u"file/recent"_s).toStringList();
    paths.removeIf([](const QString &path) { return !QFileInfo::exists(path); });
    return paths;
}

void Settings::addRecent(const QString &path)
{
    constexpr qsizetype Most = 10;
    QStringList paths = recent();
    paths.removeAll(path);
    paths.prepend(path);
    m_store.setValue(u"file/recent"_s, paths.first(qMin(paths.size(), Most)));
}

} // namespace deferscope::ui
