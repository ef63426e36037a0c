// SPDX-License-Identifier: MIT
#include "callables.h"

#include "engine/python/functions.h"
#include "engine/python/pycore.h"
#include "engine/python/texts.h"

#include <array>
#include <utility>

namespace deferscope::python {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t MostKnown = 65536;

PyTypeObject *partialType()
{
    static PyTypeObject *type = [] {
        const PyRef module = PyRef::steal(PyImport_ImportModule("functools"));
        PyObject *found = module ? PyObject_GetAttrString(module.data(), "partial") : nullptr;
        PyErr_Clear();
        return reinterpret_cast<PyTypeObject *>(found);
    }();
    return type;
}

/// The function inside a method or a partial; the callable itself, if it is neither. Borrowed, like \a callable.
PyObject *innerOf(PyObject *callable)
{
    for (int i = 0; i < 8; ++i) {
        if (PyMethod_Check(callable)) {
            callable = PyMethod_GET_FUNCTION(callable);
        } else if (Py_TYPE(callable) == partialType()) {
            PyObject *function = PyObject_GetAttrString(callable, "func"); // a member of the partial, which keeps it
            if (!function)
                break;
            Py_DECREF(function);
            callable = function;
        } else {
            break;
        }
    }
    return callable;
}

/// What callables that are told alike have in common: their code, or their class. Borrowed.
PyObject *identityOf(PyObject *callable)
{
    if (!callable)
        return nullptr;
    callable = innerOf(callable);
    if (PyFunction_Check(callable))
        return PyFunction_GET_CODE(callable);
    if (nameOfFunction(callable))
        return callable;
    if (PyCFunction_Check(callable)) {
        PyObject *self = PyCFunction_GET_SELF(callable); // a function that was not made by a class is there for ever
        return self ? reinterpret_cast<PyObject *>(Py_TYPE(self)) : nullptr;
    }
    return PyType_Check(callable) ? callable : reinterpret_cast<PyObject *>(Py_TYPE(callable));
}

/// The Deferred whose callback() or errback() this is. Borrowed; null: it is something else.
PyObject *firedBy(PyObject *callable)
{
    if (!callable || !PyMethod_Check(callable) || !PyCore::isDeferred(PyMethod_GET_SELF(callable)))
        return nullptr;
    const char *name = nameOfFunction(PyMethod_GET_FUNCTION(callable));
    const bool fires = name && (qstrcmp(name, "callback") == 0 || qstrcmp(name, "errback") == 0);
    return fires ? PyMethod_GET_SELF(callable) : nullptr;
}

const void *keyOf(PyObject *callable)
{
    PyObject *inner = callable ? innerOf(callable) : nullptr;
    if (inner && PyCFunction_Check(inner))
        return reinterpret_cast<PyCFunctionObject *>(inner)->m_ml; // of one function for all objects
    return identityOf(callable);
}

/// Keeps code, which holds nothing of the program's. Of a class it only tells whether it is still there.
PyRef keptOf(PyObject *identity)
{
    if (!identity || !PyType_Check(identity))
        return PyRef::share(identity);
    return PyRef::steal(PyWeakref_NewRef(identity, nullptr));
}

bool isAlive(const PyRef &kept)
{
    return !kept || !PyWeakref_Check(kept.data()) || PyWeakref_GET_OBJECT(kept.data()) != Py_None;
}

QString lastOf(PyObject *text, const QString &separator)
{
    return textOf(text).section(separator, -1);
}

/// The Deferred of a coroutine, from the status that Twisted keeps of it. Borrowed: the status keeps it.
PyObject *deferredOfStatus(PyObject *status)
{
    PyObject **attributes = status ? _PyObject_GetDictPtr(status) : nullptr;
    PyObject *deferred = attributes && *attributes ? PyDict_GetItemString(*attributes, "deferred") : nullptr;
    return deferred && PyCore::isDeferred(deferred) ? deferred : nullptr;
}

/// Looks through what a function of Twisted's own closes over, and the arguments of the link.
PyObject *deferredOfCoroutine(const PyLink &link, PyObject *function)
{
    PyObject *cells = PyFunction_GET_CLOSURE(function);
    for (Py_ssize_t i = 0; cells && i < PyTuple_GET_SIZE(cells); ++i) {
        if (PyObject *found = deferredOfStatus(PyCell_GET(PyTuple_GET_ITEM(cells, i))))
            return found;
    }
    PyObject *arguments = link.further() ? PyTuple_GET_ITEM(link.further(), 0) : nullptr;
    for (Py_ssize_t i = 0; arguments && PyTuple_Check(arguments) && i < PyTuple_GET_SIZE(arguments); ++i) {
        if (PyObject *found = deferredOfStatus(PyTuple_GET_ITEM(arguments, i)))
            return found;
    }
    return nullptr;
}

} // namespace

LinkPurpose Callables::purposeOf(PyObject *callable)
{
    if (firedBy(callable))
        return LinkPurpose::Chain;
    PyObject *code = identityOf(callable);
    if (!code || !PyCode_Check(code) || !m_places.isMachinery(reinterpret_cast<PyCodeObject *>(code)))
        return LinkPurpose::User;
    static constexpr std::array<std::pair<const char *, LinkPurpose>, 9> Purposes{{
        {"_cbDeferred", LinkPurpose::Collect},
        {"_parseDeferredListResult", LinkPurpose::Unwrap},
        {"gotResult", LinkPurpose::Await},
        {"_gotResultInlineCallbacks", LinkPurpose::Await},
        {"gotResultInlineCallbacks", LinkPurpose::Await},
        {"convertCancelled", LinkPurpose::Translate},
        {"cancelTimeout", LinkPurpose::Disarm},
        {"_handleCancelInlineCallbacks", LinkPurpose::Redirect},
        {"handleCancel", LinkPurpose::Redirect},
    }};
    PyObject *name = reinterpret_cast<PyCodeObject *>(code)->co_name;
    for (const auto &[known, purpose] : Purposes) {
        if (PyUnicode_CompareWithASCIIString(name, known) == 0)
            return purpose;
    }
    return LinkPurpose::User;
}

PyObject *Callables::servedBy(const PyLink &link)
{
    PyObject *callable = link.side(Side::Callback) ? link.side(Side::Callback) : link.side(Side::Errback);
    if (!callable)
        return nullptr;
    if (PyObject *fired = firedBy(callable))
        return fired;
    if (PyMethod_Check(callable)) {
        PyObject *self = PyMethod_GET_SELF(callable);
        return PyCore::isDeferred(self) ? self : nullptr;
    }
    return PyFunction_Check(callable) ? deferredOfCoroutine(link, callable) : nullptr;
}

Label Callables::labelOf(PyObject *callable)
{
    const bool isMethod = PyMethod_Check(callable);
    PyObject *inner = innerOf(callable);
    if (const char *name = nameOfFunction(inner))
        return {u"Deferred."_s + QString::fromLatin1(name), {}};
    if (PyFunction_Check(inner)) {
        PyObject *qualified = reinterpret_cast<PyFunctionObject *>(inner)->func_qualname;
        const QString name = isMethod ? lastOf(qualified, u"<locals>."_s) : lastOf(qualified, u"."_s);
        return {name, m_places.definitionSiteOf(reinterpret_cast<PyCodeObject *>(PyFunction_GET_CODE(inner)))};
    }
    if (PyCFunction_Check(inner))
        return {QString::fromUtf8(reinterpret_cast<PyCFunctionObject *>(inner)->m_ml->ml_name), {}};
    PyTypeObject *type = PyType_Check(inner) ? reinterpret_cast<PyTypeObject *>(inner) : Py_TYPE(inner);
    return {QString::fromUtf8(type->tp_name).section(u'.', -1), {}};
}

SiteId Callables::definitionOf(PyObject *callable)
{
    PyObject *code = callable ? identityOf(callable) : nullptr;
    return code && PyCode_Check(code) ? m_places.definitionOf(reinterpret_cast<PyCodeObject *>(code)) : 0;
}

LinkInfo Callables::describe(const PyLink &link)
{
    PyObject *callback = link.side(Side::Callback);
    PyObject *errback = link.side(Side::Errback);
    LinkInfo info;
    info.hasCallback = callback;
    info.hasErrback = errback;
    info.isBoth = callback && callback == errback;
    info.purpose = purposeOf(callback ? callback : errback);
    info.callback = callback ? labelOf(callback) : Label();
    info.errback = errback ? labelOf(errback) : Label();
    return info;
}

const Callables::Known *Callables::find(const Key &key) const
{
    const auto found = m_known.find(key);
    const bool isKnown = found != m_known.end() && isAlive(found->second.callback) && isAlive(found->second.errback);
    return isKnown ? &found->second : nullptr;
}

quint32 Callables::idOf(const PyLink &link)
{
    PyObject *callback = link.side(Side::Callback);
    PyObject *errback = link.side(Side::Errback);
    const Key key{keyOf(callback), keyOf(errback)};
    if (const Known *known = find(key))
        return known->id;
    const quint32 id = m_writer.intern(describe(link));
    Known known{id, keptOf(identityOf(callback)), keptOf(identityOf(errback))};
    if (m_known.size() > MostKnown)
        m_known.clear();
    m_known.insert_or_assign(key, std::move(known));
    return id;
}

} // namespace deferscope::python
