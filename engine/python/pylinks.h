// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/pyref.h"
#include "engine/trace/eventkind.h"

#include <cstddef>

namespace deferscope::python {

/// One entry of a chain: a pair of callables with their further arguments, or the hand-over of the result to a
/// Deferred that waits (R2).
class PyLink
{
public:
    qint32 number = -1; ///< in its chain, from 0; -1: it has none yet

    PyLink() = default; ///< none
    /// Whether a side without keywords has none or an empty dict: to be seen in Deferred.callbacks only.
    enum class Words : quint8 { None, Empty };

    /// A pair; null sides pass the result by. \a further is null or a tuple of the callback's arguments and
    /// keywords, and the errback's.
    static PyLink pair(PyObject *callback, PyObject *errback, PyObject *further, Words words = Words::None);
    static PyLink handOver(PyObject *waiter, qint32 waiterLink);

    explicit operator bool() const { return m_kind != Kind::None; }
    bool isHandOver() const { return m_kind == Kind::HandOver; }
    PyObject *side(Side side) const { return (side == Side::Callback ? m_first : m_second).data(); }
    PyObject *further() const { return m_further.data(); }
    PyObject *waiter() const { return m_first.data(); }
    qint32 waiterLink() const { return m_waiterLink; }
    /// Calls a side with \a input in front of its arguments; a new reference, or null with an exception.
    PyObject *call(Side side, PyObject *input) const;
    void end() { *this = {}; }

    int traverse(visitproc visit, void *arg) const;

    /// As `Deferred.callbacks` holds it: a tuple of two tuples of callable, arguments and keywords. @{
    PyObject *toTuple() const;               ///< a new reference, or null with an exception
    static PyLink fromTuple(PyObject *item); ///< none, with an exception, if it is no such thing
    /// @}

private:
    enum class Kind : quint8 { None, Pair, HandOver };

    Kind m_kind = Kind::None;
    Words m_words = Words::None;
    qint32 m_waiterLink = -1;
    PyRef m_first;  ///< callback; waiter
    PyRef m_second; ///< errback
    PyRef m_further;
};

/// The links that a Deferred has left, in order.
class PyLinkQueue
{
public:
    PyLinkQueue() = default;
    PyLinkQueue(const PyLinkQueue &) = delete;
    PyLinkQueue &operator=(const PyLinkQueue &) = delete;
    ~PyLinkQueue() { clear(); }

    bool isEmpty() const { return m_head == m_tail; }
    void append(PyLink link);
    PyLink takeFirst(); ///< none, when it is empty
    void clear();       ///< each link is in the queue or gone, never between, whatever its end runs
    int traverse(visitproc visit, void *arg) const;

private:
    static constexpr quint32 Inside = 2;

    PyLink *links() { return m_outside ? m_outside : m_inside; }
    const PyLink *links() const { return m_outside ? m_outside : m_inside; }
    void grow();

    PyLink m_inside[Inside];
    PyLink *m_outside = nullptr;
    quint32 m_capacity = Inside;
    quint32 m_head = 0;
    quint32 m_tail = 0;
};

} // namespace deferscope::python
