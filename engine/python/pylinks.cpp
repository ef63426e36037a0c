// SPDX-License-Identifier: MIT
#include "pylinks.h"

#include "engine/python/twisted.h"

#include <algorithm>
#include <new>

namespace deferscope::python {

// ---- one link ----

PyLink PyLink::pair(PyObject *callback, PyObject *errback, PyObject *further)
{
    PyLink link;
    link.m_kind = Kind::Pair;
    link.m_first = PyRef::share(callback);
    link.m_second = PyRef::share(errback);
    link.m_further = PyRef::share(further);
    return link;
}

PyLink PyLink::handOver(PyObject *waiter, qint32 waiterLink)
{
    PyLink link;
    link.m_kind = Kind::HandOver;
    link.m_waiterLink = waiterLink;
    link.m_first = PyRef::share(waiter);
    return link;
}

namespace {

/// A dict of \a keywords, which may be any mapping. None: an exception is set.
PyRef dictOf(PyObject *keywords)
{
    if (PyDict_Check(keywords))
        return PyRef::share(keywords);
    PyRef dict = PyRef::steal(PyDict_New());
    if (dict && PyDict_Update(dict.data(), keywords) < 0)
        return {};
    return dict;
}

PyObject *callWith(PyObject *callable, PyObject *input, PyObject *arguments, PyObject *keywords)
{
    const PyRef further = PyRef::steal(PySequence_Tuple(arguments));
    if (!further)
        return nullptr;
    const Py_ssize_t count = PyTuple_GET_SIZE(further.data());
    const PyRef all = PyRef::steal(PyTuple_New(count + 1));
    if (!all)
        return nullptr;
    PyTuple_SET_ITEM(all.data(), 0, Py_NewRef(input));
    for (Py_ssize_t i = 0; i < count; ++i)
        PyTuple_SET_ITEM(all.data(), i + 1, Py_NewRef(PyTuple_GET_ITEM(further.data(), i)));
    if (keywords == Py_None)
        return PyObject_Call(callable, all.data(), nullptr);
    const PyRef dict = dictOf(keywords);
    return dict ? PyObject_Call(callable, all.data(), dict.data()) : nullptr;
}

} // namespace

PyObject *PyLink::call(deferscope::Side side, PyObject *input) const
{
    PyObject *callable = this->side(side);
    if (!m_further)
        return PyObject_CallOneArg(callable, input);
    const Py_ssize_t at = side == Side::Callback ? 0 : 2;
    return callWith(callable, input, PyTuple_GET_ITEM(m_further.data(), at),
                    PyTuple_GET_ITEM(m_further.data(), at + 1));
}

int PyLink::traverse(visitproc visit, void *arg) const
{
    if (const int stop = m_first.traverse(visit, arg))
        return stop;
    if (const int stop = m_second.traverse(visit, arg))
        return stop;
    return m_further.traverse(visit, arg);
}

// ---- as Twisted's own code sees it ----

namespace {

PyRef sideTuple(PyObject *callable, PyObject *arguments, PyObject *keywords)
{
    return PyRef::steal(PyTuple_Pack(3, callable, arguments, keywords));
}

PyRef remember(const PyRef &first, const PyRef &second, qint32 number, qint32 waiterLink)
{
    if (!first || !second)
        return {};
    const PyRef sides = PyRef::steal(PyTuple_Pack(2, first.data(), second.data()));
    PyRef link = sides ? PyRef::steal(PyObject_CallOneArg(twisted.linkTuple, sides.data())) : PyRef();
    const PyRef numbers = PyRef::steal(Py_BuildValue("(ii)", number, waiterLink));
    if (!link || !numbers || PyObject_SetAttrString(link.data(), "numbers", numbers.data()) < 0)
        return {};
    return link;
}

} // namespace

PyObject *PyLink::toTuple() const
{
    const PyRef none = PyRef::steal(PyTuple_New(0));
    if (!none)
        return nullptr;
    if (isHandOver()) {
        const PyRef arguments = PyRef::steal(PyTuple_Pack(1, waiter()));
        const PyRef both
            = arguments ? sideTuple(twisted.continueMark, arguments.data(), twisted.noKeywords) : PyRef();
        return remember(both, both, number, m_waiterLink).take();
    }
    const auto sideOf = [&](deferscope::Side which, PyObject *empty, Py_ssize_t at) {
        PyObject *arguments = m_further ? PyTuple_GET_ITEM(m_further.data(), at) : none.data();
        PyObject *keywords = m_further ? PyTuple_GET_ITEM(m_further.data(), at + 1) : Py_None;
        PyObject *callable = side(which);
        return sideTuple(callable ? callable : empty, arguments,
                         keywords == Py_None ? twisted.noKeywords : keywords);
    };
    return remember(sideOf(Side::Callback, twisted.passthru, 0), sideOf(Side::Errback, twisted.failthru, 2),
                    number, -1)
        .take();
}

namespace {

bool isSide(PyObject *side) { return PyTuple_Check(side) && PyTuple_GET_SIZE(side) == 3; }

bool isEmptyFurther(PyObject *side)
{
    PyObject *arguments = PyTuple_GET_ITEM(side, 1);
    const Py_ssize_t keywords = PyMapping_Size(PyTuple_GET_ITEM(side, 2));
    if (keywords < 0)
        PyErr_Clear();
    return PyTuple_Check(arguments) && PyTuple_GET_SIZE(arguments) == 0 && keywords == 0;
}

PyLink numbered(PyLink link, PyObject *item)
{
    if (PyObject *numbers = PyObject_GetAttrString(item, "numbers")) {
        link.number = static_cast<qint32>(PyLong_AsLong(PyTuple_GET_ITEM(numbers, 0)));
        Py_DECREF(numbers);
    } else {
        PyErr_Clear();
    }
    return link;
}

qint32 waiterLinkOf(PyObject *item)
{
    PyObject *numbers = PyObject_GetAttrString(item, "numbers");
    if (!numbers) {
        PyErr_Clear();
        return -1;
    }
    const auto link = static_cast<qint32>(PyLong_AsLong(PyTuple_GET_ITEM(numbers, 1)));
    Py_DECREF(numbers);
    return link;
}

} // namespace

PyLink PyLink::fromTuple(PyObject *item)
{
    if (!PyTuple_Check(item) || PyTuple_GET_SIZE(item) != 2 || !isSide(PyTuple_GET_ITEM(item, 0))
        || !isSide(PyTuple_GET_ITEM(item, 1))) {
        PyErr_SetString(PyExc_TypeError, "an entry of Deferred.callbacks is a pair of (callable, args, kwargs)");
        return {};
    }
    PyObject *callbackSide = PyTuple_GET_ITEM(item, 0);
    PyObject *errbackSide = PyTuple_GET_ITEM(item, 1);
    PyObject *callback = PyTuple_GET_ITEM(callbackSide, 0);
    PyObject *errback = PyTuple_GET_ITEM(errbackSide, 0);
    if (callback == twisted.continueMark) {
        PyObject *arguments = PyTuple_GET_ITEM(callbackSide, 1);
        return numbered(handOver(PyTuple_GET_ITEM(arguments, 0), waiterLinkOf(item)), item);
    }
    PyRef further;
    if (!isEmptyFurther(callbackSide) || !isEmptyFurther(errbackSide)) {
        further = PyRef::steal(PyTuple_Pack(4, PyTuple_GET_ITEM(callbackSide, 1), PyTuple_GET_ITEM(callbackSide, 2),
                                            PyTuple_GET_ITEM(errbackSide, 1), PyTuple_GET_ITEM(errbackSide, 2)));
        if (!further)
            return {};
    }
    return numbered(pair(callback == twisted.passthru ? nullptr : callback,
                         errback == twisted.failthru || errback == twisted.passthru ? nullptr : errback,
                         further.data()),
                    item);
}

// ---- the queue ----

void PyLinkQueue::grow()
{
    const quint32 count = m_tail - m_head;
    if (m_head >= count && m_head > 0) { // the front half is free again
        std::move(links() + m_head, links() + m_tail, links());
    } else {
        m_capacity *= 2;
        auto *larger = new PyLink[m_capacity];
        std::move(links() + m_head, links() + m_tail, larger);
        delete[] std::exchange(m_outside, larger);
    }
    m_head = 0;
    m_tail = count;
}

void PyLinkQueue::append(PyLink link)
{
    if (m_tail == m_capacity)
        grow();
    links()[m_tail++] = std::move(link);
}

PyLink PyLinkQueue::takeFirst()
{
    if (isEmpty())
        return {};
    PyLink link = std::move(links()[m_head++]);
    if (isEmpty())
        m_head = m_tail = 0;
    return link;
}

void PyLinkQueue::clear()
{
    while (!isEmpty())
        takeFirst().end();
    delete[] std::exchange(m_outside, nullptr);
    m_capacity = Inside;
    m_head = m_tail = 0;
}

int PyLinkQueue::traverse(visitproc visit, void *arg) const
{
    for (quint32 i = m_head; i < m_tail; ++i) {
        if (const int stop = links()[i].traverse(visit, arg))
            return stop;
    }
    return 0;
}

} // namespace deferscope::python
