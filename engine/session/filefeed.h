// SPDX-License-Identifier: MIT
#pragma once

#include "engine/session/feed.h"

#include <QFile>
#include <QTimer>

namespace deferscope {

/// A recording in a file. One that is still being written is followed.
class FileFeed : public Feed
{
    Q_OBJECT

public:
    explicit FileFeed(const QString &path);

    bool isReadable() const { return m_file.isOpen(); }
    QString whyUnreadable() const { return m_file.errorString(); }
    bool isLive() const override { return m_isLive && !ending(); }
    void stop() override; ///< of following it; what was read stays

protected:
    virtual bool isWriterAlive() const;       ///< whether more may come
    virtual Ending endingWithoutWord() const; ///< of a writer that is gone and did not say how it ended
    void readOn();                            ///< soon, without holding up the window

private:
    void readSome();

    QFile m_file;
    QTimer m_next; ///< reads the next piece, or looks whether there is more
    bool m_isLive = false;
    bool m_wasAlive = true;
};

} // namespace deferscope
