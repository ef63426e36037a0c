// SPDX-License-Identifier: MIT
#pragma once

#include "engine/deferred/chain.h"
#include "engine/python/pylinks.h"
#include "engine/python/pyref.h"
#include "engine/value/ids.h"

namespace deferscope::python {

/// The Deferred inside a Python object: they live and die together, and every reference to it is one of CPython's,
/// counted by it and seen by its cycle collector.
///
/// Who takes `callbacks` gets a real list; from then on the links are what that list holds, until it is empty and
/// nobody else has it.
class PyCore : public Chain<PyCore, PyValue>
{
public:
    PyObject *object() const; ///< the Python object that it lies in
    static PyCore &of(PyObject *object);
    static bool isDeferred(PyObject *object); ///< of our class or one derived from it

    /// Who it is in the recording with that number; nobody before its first event there. @{
    DeferredId id(quint32 recording) const { return m_recording == recording ? m_id : DeferredId(); }
    void setId(quint32 recording, DeferredId id)
    {
        m_recording = recording;
        m_id = id;
        m_isFiringTold = false;
    }
    /// @}
    bool hasCanceller() const { return bool(m_canceller); }

    // As a Ref wants it.
    void retain() { Py_INCREF(object()); }
    void release() { Py_DECREF(object()); }

    bool append(PyLink link);    ///< false: an exception is set
    bool run();                  ///< drain(); false: an exception is set
    bool start(PyObject *value); ///< fires an unfired one (R22); false: an exception is set
    void tellOfFiring(); ///< once, when it has a result and counts as called
    void tellOfEnd();            ///< what its destruction leaves behind

    PyObject *callbacks();              ///< the list; a new reference, or null with an exception
    void setCallbacks(PyObject *list);
    void setResult(PyObject *value);    ///< null: NO_RESULT again

    int traverse(visitproc visit, void *arg) const;
    void clear();

private:
    friend class Chain<PyCore, PyValue>;
    friend struct DeferredMembers;

    using Taken = PyLink;

    // What Chain asks.
    bool hasLinks() const { return m_list ? PyList_GET_SIZE(m_list.data()) > 0 : !m_links.isEmpty(); }
    Taken take();
    static bool isHandOver(const Taken &link) { return link.isHandOver(); }
    static bool runs(const Taken &link, Side side) { return link.side(side); }
    Left invoke(const Taken &link, Side side);
    static CoreRef fired(const Taken &) { return {}; } // no link of Python's leaves so
    static void endFired(const Taken &, Side) { }
    CoreRef takeWaiter(const Taken &entry);
    static qint32 waiterLink(const Taken &entry) { return entry.waiterLink(); }
    void appendHandOver(PyCore &waiter, qint32 waiterLink, qint32 number);
    bool holdsFailure() const;
    bool holdsDeferred() const { return isDeferred(m_result.object()); }
    PyCore &inner() const { return of(m_result.object()); }
    static void startToDrain() { }
    static void startToWait(const PyCore &) { }
    void markWaiting(PyCore *inner);
    void settle();
    void countAsHandled();
    static bool isTraced();
    static bool isBroken() { return PyErr_Occurred(); }
    void tellOfSide(EventKind kind, Side side, const Taken &link);
    void tellOfMove(EventKind kind, PyCore &inner, qint32 link, qint32 entry);

    Left leaveRaised();
    Taken takeFromList();
    bool dropUnusedList();
    bool isStashed() const;

    DeferredId m_id;
    quint32 m_recording = 0;
    bool m_isFiringTold = false;
    bool m_isUnhandled = false; ///< destruction would report the result (R55)
    PyRef m_canceller;
    PyRef m_debugInfo; ///< Twisted's own DebugInfo: what reports a failure that nobody took
    PyRef m_chainedTo; ///< for display
    PyRef m_list;      ///< `callbacks`, when somebody has asked for it
    PyLinkQueue m_links;
};

} // namespace deferscope::python
