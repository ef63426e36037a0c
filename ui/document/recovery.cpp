// SPDX-License-Identifier: GPL-3.0-or-later
#include "recovery.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QUuid>

namespace deferscope::ui {

using namespace Qt::StringLiterals;

Recovery::Recovery(const QString &folder)
    : m_folder(folder)
    , m_id(QUuid::createUuid().toString(QUuid::WithoutBraces))
{
    QDir().mkpath(m_folder);
    m_lock = std::make_unique<QLockFile>(pathOf(m_id) + u".lock"_s);
    m_lock->setStaleLockTime(0); // only its owner's end makes it stale
    m_lock->lock();
}

Recovery::~Recovery() = default;

QString Recovery::pathOf(const QString &id) const { return m_folder + u'/' + id + u".unsaved"_s; }

bool Recovery::keep(const UnsavedWork &work)
{
    const QJsonObject object{{u"text"_s, work.text}, {u"name"_s, work.name}, {u"path"_s, work.path}};
    QSaveFile file(pathOf(m_id));
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(object).toJson()) > 0 && file.commit();
}

void Recovery::forget() { QFile::remove(pathOf(m_id)); }

QStringList Recovery::ids() const
{
    QStringList ids;
    for (const QString &name : QDir(m_folder).entryList({u"*.unsaved"_s}, QDir::Files, QDir::Time))
        ids << name.chopped(8);
    return ids;
}

bool Recovery::isAbandoned(const QString &id) const
{
    if (id == m_id)
        return false;
    QLockFile lock(pathOf(id) + u".lock"_s);
    lock.setStaleLockTime(0);
    return lock.tryLock();
}

int Recovery::abandonedCount() const
{
    int count = 0;
    for (const QString &id : ids())
        count += isAbandoned(id);
    return count;
}

std::optional<UnsavedWork> Recovery::takeAbandoned(const QString &path)
{
    for (const QString &id : ids()) {
        QFile file(pathOf(id));
        if (!isAbandoned(id) || !file.open(QIODevice::ReadOnly))
            continue;
        const QJsonObject object = QJsonDocument::fromJson(file.readAll()).object();
        const UnsavedWork work{object.value(u"text"_s).toString(), object.value(u"name"_s).toString(),
                               object.value(u"path"_s).toString()};
        const bool isWanted = path.isEmpty() || work.path == path;
        if (!isWanted || !object.contains(u"text"_s) || !keep(work))
            continue;
        file.remove();
        return work;
    }
    return {};
}

} // namespace deferscope::ui
