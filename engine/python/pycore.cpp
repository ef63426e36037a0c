// SPDX-License-Identifier: MIT
#include "pycore.h"

#include "engine/python/deferredtype.h"
#include "engine/python/recorder.h"
#include "engine/python/twisted.h"

namespace deferscope::python {

PyObject *PyCore::object() const { return reinterpret_cast<PyObject *>(PyDeferred::of(this)); }
PyCore &PyCore::of(PyObject *object) { return reinterpret_cast<PyDeferred *>(object)->core(); }
bool PyCore::isDeferred(PyObject *object) { return PyObject_TypeCheck(object, deferredType) != 0; }

bool PyCore::isTraced() { return Recorder::current(); }

// ---- kinds of values ----

bool PyCore::holdsFailure() const
{
    constexpr unsigned long Plain = Py_TPFLAGS_LONG_SUBCLASS | Py_TPFLAGS_LIST_SUBCLASS
        | Py_TPFLAGS_TUPLE_SUBCLASS | Py_TPFLAGS_BYTES_SUBCLASS | Py_TPFLAGS_UNICODE_SUBCLASS
        | Py_TPFLAGS_DICT_SUBCLASS | Py_TPFLAGS_TYPE_SUBCLASS;
    PyTypeObject *type = Py_TYPE(m_result.object());
    return type == twisted.failure || (!(type->tp_flags & Plain) && PyType_IsSubtype(type, twisted.failure));
}

// ---- links ----

bool PyCore::append(PyLink link)
{
    link.number = m_linksAdded++;
    if (Recorder *recorder = Recorder::current())
        recorder->linkAdded(*this, link);
    if (m_list && !dropUnusedList()) {
        const PyRef item = PyRef::steal(link.toTuple());
        if (!item || PyList_Append(m_list.data(), item.data()) < 0)
            return false;
    } else {
        m_links.append(std::move(link));
    }
    return true;
}

bool PyCore::run()
{
    drain();
    return !isBroken();
}

void PyCore::appendHandOver(PyCore &waiter, qint32 waiterLink, qint32 number)
{
    PyLink link = PyLink::handOver(waiter.object(), waiterLink);
    link.number = number;
    if (!m_list || dropUnusedList())
        return m_links.append(std::move(link));
    const PyRef item = PyRef::steal(link.toTuple());
    if (item)
        PyList_Append(m_list.data(), item.data()); // else isBroken()
}

PyLink PyCore::take()
{
    if (m_list)
        return takeFromList();
    PyLink link = m_links.takeFirst();
    m_linksTaken += link ? 1 : 0;
    return link;
}

PyLink PyCore::takeFromList()
{
    PyObject *list = m_list.data();
    if (PyList_GET_SIZE(list) == 0)
        return {};
    const PyRef item = PyRef::share(PyList_GET_ITEM(list, 0));
    if (PyList_SetSlice(list, 0, 1, nullptr) < 0)
        return {};
    PyLink link = PyLink::fromTuple(item.data());
    if (link && link.number < 0) { // somebody else's
        link.number = m_linksAdded++;
        if (Recorder *recorder = Recorder::current())
            recorder->linkAdded(*this, link);
    }
    ++m_linksTaken;
    return link;
}

/// Whether the list was empty and known to nobody else, and is gone.
bool PyCore::dropUnusedList()
{
    if (PyList_GET_SIZE(m_list.data()) > 0 || Py_REFCNT(m_list.data()) > 1)
        return false;
    m_list = {};
    return true;
}

PyObject *PyCore::callbacks()
{
    if (!m_list) {
        PyRef list = PyRef::steal(PyList_New(0));
        if (!list)
            return nullptr;
        while (PyLink link = m_links.takeFirst()) {
            const PyRef item = PyRef::steal(link.toTuple());
            if (!item || PyList_Append(list.data(), item.data()) < 0)
                return nullptr;
        }
        m_list = std::move(list);
    }
    return Py_NewRef(m_list.data());
}

void PyCore::setCallbacks(PyObject *list)
{
    m_links.clear();
    m_list = PyRef::share(list);
}

// ---- firing ----

bool PyCore::start(PyObject *value)
{
    m_called = true;
    if (twisted.dropsCancellers)
        m_canceller = {};
    m_result = PyValue(PyRef::share(value));
    m_hasResult = true;
    tellOfFiring();
    return run();
}

void PyCore::tellOfFiring()
{
    Recorder *recorder = Recorder::current();
    if (!recorder || !m_called || !m_hasResult)
        return;
    recorder->idOf(*this);
    if (std::exchange(m_isFiringTold, true))
        return;
    recorder->record(EventKind::Fire, *this, m_result);
}

void PyCore::setResult(PyObject *value)
{
    m_hasResult = value;
    m_result = PyValue(PyRef::share(value));
    tellOfFiring();
}

// ---- what Chain asks ----

Left PyCore::invoke(const PyLink &link, Side side)
{
    const PyRef input = PyRef::share(m_result.object()); // the side may take the result away (R44)
    PyObject *output = link.call(side, input.data());
    if (!output)
        return leaveRaised();
    if (output != input.data() || m_result.object() != output)
        m_result = PyValue(PyRef::steal(output)); // R39
    else
        Py_DECREF(output); // it passed on unchanged, and the recording knows it
    if (output == object()) [[unlikely]] {
        const PyRef warned = PyRef::steal(PyObject_CallOneArg(twisted.warnOfItself, link.side(side))); // R40
        if (!warned)
            return leaveRaised();
    }
    return Left::Returned;
}

/// R38. Where even the Failure cannot be made, that exception is set.
Left PyCore::leaveRaised()
{
    m_running = false;
    keepRaised();
    if (Recorder *recorder = Recorder::current())
        recorder->keepRaisedAt(raisedTraceback());
    if (PyObject *failure = PyObject_CallOneArg(twisted.failureOfRaised, object()))
        m_result = PyValue(PyRef::steal(failure));
    return Left::Raised;
}

PyCore::CoreRef PyCore::takeWaiter(const PyLink &entry) { return CoreRef(&of(entry.waiter())); }

void PyCore::markWaiting(PyCore *inner)
{
    if (inner || m_chainedTo)
        m_chainedTo = PyRef::share(inner ? inner->object() : nullptr);
}

void PyCore::settle()
{
    if (!holdsFailure()) [[likely]]
        return countAsHandled();
    m_isUnhandled = true;
    if (Recorder *recorder = Recorder::current())
        recorder->record(EventKind::Parked, *this, m_result);
    if (twisted.cleansFailures) {
        const PyRef cleaned = PyRef::steal(PyObject_CallMethod(m_result.object(), "cleanFailure", nullptr));
        if (!cleaned)
            return;
    }
    if (!m_debugInfo)
        m_debugInfo = PyRef::steal(PyObject_CallNoArgs(twisted.debugInfo));
    if (m_debugInfo)
        PyObject_SetAttrString(m_debugInfo.data(), "failResult", m_result.object());
}

void PyCore::countAsHandled()
{
    m_isUnhandled = false;
    if (m_debugInfo)
        PyObject_SetAttrString(m_debugInfo.data(), "failResult", Py_None);
}

// ---- what is told ----

void PyCore::tellOfSide(EventKind kind, Side side, const PyLink &link)
{
    if (Recorder *recorder = Recorder::current())
        recorder->side(kind, *this, m_result, link, side);
}

void PyCore::tellOfMove(EventKind kind, PyCore &inner, qint32 link, qint32 entry)
{
    if (Recorder *recorder = Recorder::current())
        recorder->move(kind, *this, inner, m_result, link, entry);
}

/// Whether Twisted's DebugInfo still has the failure: who awaits a Deferred takes it from there.
bool PyCore::isStashed() const
{
    const PyRef stashed = PyRef::steal(PyObject_GetAttrString(m_debugInfo.data(), "failResult"));
    PyErr_Clear();
    return stashed && stashed.data() != Py_None;
}

void PyCore::tellOfEnd()
{
    Recorder *recorder = Recorder::current();
    if (!recorder || !recorder->knows(*this))
        return;
    if (m_hasResult && holdsFailure()) {
        if (m_isUnhandled && m_debugInfo && isStashed())
            recorder->record(EventKind::Unhandled, *this, m_result);
        else if (m_paused != 0 || hasLinks())
            recorder->record(EventKind::Lost, *this, m_result);
    }
    recorder->record(EventKind::Destroyed, *this);
}

// ---- the collector ----

int PyCore::traverse(visitproc visit, void *arg) const
{
    for (const PyRef *reference : {&m_result.ref(), &m_canceller, &m_debugInfo, &m_chainedTo, &m_list}) {
        if (const int stop = reference->traverse(visit, arg))
            return stop;
    }
    return m_links.traverse(visit, arg);
}

void PyCore::clear()
{
    m_links.clear();
    m_list = {};
    m_chainedTo = {};
    m_canceller = {};
    m_result = {};
    m_debugInfo = {};
}

} // namespace deferscope::python

template class deferscope::Chain<deferscope::python::PyCore, deferscope::python::PyValue>;
