// SPDX-License-Identifier: MIT
#include "pylinks.h"

#include "engine/python/frames.h"
#include "engine/python/pycore.h"
#include "engine/python/twisted.h"

#include <algorithm>
#include <new>

namespace deferscope::python {

// ---- one link ----

PyLink PyLink::pair(PyObject *callback, PyObject *errback, PyObject *further, Words words)
{
    PyLink link;
    link.m_kind = Kind::Pair;
    link.m_words = words;
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

/// As an error of a call has it.
PyRef nameOf(PyObject *callable)
{
    const KeptError kept;
    return PyRef::steal(_PyObject_FunctionStr(callable));
}

/// A dict of \a keywords, which may be any mapping. None: an exception is set.
PyRef dictOf(PyObject *callable, PyObject *keywords)
{
    if (PyDict_Check(keywords))
        return PyRef::share(keywords);
    PyRef dict = PyRef::steal(PyDict_New());
    if (!dict || PyDict_Update(dict.data(), keywords) == 0)
        return dict;
    const PyRef name = PyErr_ExceptionMatches(PyExc_AttributeError) ? nameOf(callable) : PyRef();
    if (name)
        PyErr_Format(PyExc_TypeError, "%U argument after ** must be a mapping, not %.200s", name.data(),
                     Py_TYPE(keywords)->tp_name);
    return {};
}

/// A tuple of \a arguments, as a call takes them after a star. None: an exception is set.
PyRef tupleOf(PyObject *arguments)
{
    if (Py_TYPE(arguments)->tp_iter || PySequence_Check(arguments))
        return PyRef::steal(PySequence_Tuple(arguments));
    PyErr_Format(PyExc_TypeError, "Value after * must be an iterable, not %.200s", Py_TYPE(arguments)->tp_name);
    return {};
}

PyObject *callWith(PyObject *callable, PyObject *input, PyObject *arguments, PyObject *keywords)
{
    const PyRef further = tupleOf(arguments);
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
    const PyRef dict = dictOf(callable, keywords);
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
        PyObject *callable = side(which);
        PyObject *arguments = m_further ? PyTuple_GET_ITEM(m_further.data(), at) : none.data();
        PyRef keywords = PyRef::share(m_further ? PyTuple_GET_ITEM(m_further.data(), at + 1) : Py_None);
        if (keywords.data() == Py_None)
            keywords = callable && m_words == Words::Empty ? PyRef::steal(PyDict_New())
                                                           : PyRef::share(twisted.noKeywords);
        return keywords ? sideTuple(callable ? callable : empty, arguments, keywords.data()) : PyRef();
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

/// The number of the link in its chain, at 0, or that of the waiter's link, at 1; -1: it is somebody else's entry.
qint32 numberOf(PyObject *item, Py_ssize_t at)
{
    const PyRef numbers = PyRef::steal(PyObject_GetAttrString(item, "numbers"));
    if (!numbers || !PyTuple_Check(numbers.data()) || PyTuple_GET_SIZE(numbers.data()) != 2) {
        PyErr_Clear();
        return -1;
    }
    const long number = PyLong_AsLong(PyTuple_GET_ITEM(numbers.data(), at));
    PyErr_Clear();
    return static_cast<qint32>(number);
}

PyLink numbered(PyLink link, PyObject *item)
{
    link.number = numberOf(item, 0);
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
        if (PyTuple_Check(arguments) && PyTuple_GET_SIZE(arguments) == 1
            && PyCore::isDeferred(PyTuple_GET_ITEM(arguments, 0)))
            return numbered(handOver(PyTuple_GET_ITEM(arguments, 0), numberOf(item, 1)), item);
        PyErr_SetString(PyExc_TypeError, "an entry of Deferred.callbacks goes on with a Deferred");
        return {};
    }
    PyRef further;
    if (!isEmptyFurther(callbackSide) || !isEmptyFurther(errbackSide)) {
        further = PyRef::steal(PyTuple_Pack(4, PyTuple_GET_ITEM(callbackSide, 1), PyTuple_GET_ITEM(callbackSide, 2),
                                            PyTuple_GET_ITEM(errbackSide, 1), PyTuple_GET_ITEM(errbackSide, 2)));
        if (!further)
            return {};
    }
    const bool isCallbackEmpty = callback == twisted.passthru && isEmptyFurther(callbackSide);
    const bool isErrbackEmpty
        = (errback == twisted.failthru || errback == twisted.passthru) && isEmptyFurther(errbackSide);
    return numbered(pair(isCallbackEmpty ? nullptr : callback, isErrbackEmpty ? nullptr : errback, further.data()),
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
