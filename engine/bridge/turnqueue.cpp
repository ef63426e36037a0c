// SPDX-License-Identifier: MIT
#include "turnqueue.h"

#include <QCoreApplication>
#include <QEvent>
#include <QThread>

namespace deferscope {

namespace {

const auto OwnTurn = static_cast<QEvent::Type>(QEvent::registerEventType());
const auto ForeignTurn = static_cast<QEvent::Type>(QEvent::registerEventType());

} // namespace

TurnQueue::TurnQueue(QObject *parent)
    : QObject(parent)
{
}

void TurnQueue::call(std::function<void()> function)
{
    Q_ASSERT(QThread::currentThread() == thread());
    m_calls.push_back(std::move(function));
    if (m_isPosted)
        return;
    m_isPosted = true;
    QCoreApplication::postEvent(this, new QEvent(OwnTurn));
}

void TurnQueue::callFromThread(std::function<void()> function)
{
    const std::lock_guard lock(m_mutex);
    m_foreign.push_back(std::move(function));
    if (m_foreign.size() == 1)
        QCoreApplication::postEvent(this, new QEvent(ForeignTurn));
}

bool TurnQueue::event(QEvent *event)
{
    if (event->type() == ForeignTurn) {
        std::vector<std::function<void()>> arrived;
        {
            const std::lock_guard lock(m_mutex);
            arrived.swap(m_foreign);
        }
        for (std::function<void()> &function : arrived)
            call(std::move(function));
        return true;
    }
    if (event->type() != OwnTurn)
        return QObject::event(event);
    run();
    return true;
}

/// What is called meanwhile belongs to the next turn.
void TurnQueue::run()
{
    m_isPosted = false;
    m_running.swap(m_calls);
    for (std::function<void()> &function : m_running) {
        try {
            function();
        } catch (...) {
            if (callFailed)
                callFailed(std::current_exception());
        }
        function = nullptr;
    }
    m_running.clear();
}

} // namespace deferscope
