// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QLockFile>
#include <QString>

#include <memory>
#include <optional>

namespace deferscope::ui {

/// Work that was not saved.
struct UnsavedWork
{
    QString text;
    QString name;
    QString path; ///< where it would have been saved; may be empty
};

/// Keeps unsaved work in a folder, so that it outlives the program's sudden end.
///
/// One file a program that runs, with a lock beside it: what has no living owner was left behind.
class Recovery final
{
public:
    explicit Recovery(const QString &folder);
    ~Recovery(); ///< keeps what is there

    bool keep(const UnsavedWork &work);         ///< instead of what was kept before
    void forget();                              ///< nothing is unsaved any more
    /// The latest one that was left behind, or with a \a path the one of that file; it is this one's now.
    std::optional<UnsavedWork> takeAbandoned(const QString &path = {});
    int abandonedCount() const;

private:
    QString pathOf(const QString &id) const;
    bool isAbandoned(const QString &id) const;
    QStringList ids() const; ///< the latest first

    QString m_folder;
    QString m_id;
    std::unique_ptr<QLockFile> m_lock;
};

} // namespace deferscope::ui
