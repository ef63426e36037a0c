// SPDX-License-Identifier: MIT
#include "descriptions.h"

#include "engine/python/frames.h"
#include "engine/python/pycore.h"
#include "engine/python/texts.h"
#include "engine/python/twisted.h"

namespace deferscope::python {

using namespace Qt::StringLiterals;

namespace {

constexpr Py_ssize_t MostItems = 20;
constexpr size_t MostKnown = 65536;

QString limited(QString text)
{
    if (text.size() <= Trace::MaximumText)
        return text;
    text.truncate(Trace::MaximumText);
    if (text.back().isHighSurrogate())
        text.chop(1);
    return text + u'…';
}

QString nameOf(PyTypeObject *type)
{
    const QString name = QString::fromUtf8(type->tp_name);
    return name.section(u'.', -1);
}

/// repr() of an object whose class is CPython's own.
QString reprOf(PyObject *object)
{
    const PyRef text = PyRef::steal(PyObject_Repr(object));
    if (text)
        return textOf(text.data(), Trace::MaximumText + 1);
    PyErr_Clear(); // an int of too many digits
    return u"<%1>"_s.arg(nameOf(Py_TYPE(object)));
}

QString briefText(PyObject *object)
{
    const bool isLong = PyUnicode_GET_LENGTH(object) > Trace::MaximumText;
    return reprOfString(textOf(object, Trace::MaximumText)) + (isLong ? u"…"_s : QString());
}

QString briefBytes(PyObject *object)
{
    const Py_ssize_t length = PyBytes_GET_SIZE(object);
    if (length <= Trace::MaximumText)
        return reprOf(object);
    const PyRef cut = PyRef::steal(PyBytes_FromStringAndSize(PyBytes_AS_STRING(object), Trace::MaximumText));
    return cut ? reprOf(cut.data()) + u'…' : u"<bytes>"_s;
}

bool isWholeNumber(PyTypeObject *type) { return type == &PyLong_Type || type == &PyBool_Type; }

PyObject *exceptionOf(PyObject *failure)
{
    PyObject **attributes = _PyObject_GetDictPtr(failure);
    PyObject *value = attributes && *attributes ? PyDict_GetItemString(*attributes, "value") : nullptr;
    return value && PyExceptionInstance_Check(value) ? value : nullptr;
}

PyObject *argumentsOf(PyObject *exception)
{
    return reinterpret_cast<PyBaseExceptionObject *>(exception)->args;
}

} // namespace

ValueId Descriptions::idOf(PyObject *object)
{
    if (object == Py_None)
        return Trace::noneValue();
    PyTypeObject *type = Py_TYPE(object);
    if (type == &PyLong_Type) {
        int overflow = 0;
        const long number = PyLong_AsLongAndOverflow(object, &overflow);
        if (!overflow && Trace::isSmall(number))
            return Trace::smallInt(number);
    }
    const KeptError kept;
    const bool isSimple = isWholeNumber(type) || type == &PyFloat_Type || type == &PyUnicode_Type
        || type == &PyBytes_Type || type == &PyList_Type || type == &PyTuple_Type || type == &PyDict_Type
        || type == &PySet_Type || type == &PyFrozenSet_Type;
    if (isSimple || PyExceptionInstance_Check(object) || PyCore::isDeferred(object))
        return m_writer.intern(describe(object));
    return idOfOpaque(type);
}

ValueId Descriptions::idOfOpaque(PyTypeObject *type)
{
    const auto known = m_opaque.find(type);
    if (known != m_opaque.end() && PyWeakref_GET_OBJECT(known->second.first.data()) != Py_None)
        return known->second.second;
    PyRef weak = PyRef::steal(PyWeakref_NewRef(reinterpret_cast<PyObject *>(type), nullptr));
    const ValueId id
        = m_writer.intern(ValueText{ValueText::Kind::Value, u"<%1>"_s.arg(nameOf(type)), nameOf(type), {}, 0});
    if (m_opaque.size() > MostKnown)
        m_opaque.clear();
    if (weak)
        m_opaque.insert_or_assign(type, std::pair(std::move(weak), id));
    return id;
}

ValueText Descriptions::describe(PyObject *object)
{
    const QString type = nameOf(Py_TYPE(object));
    if (PyCore::isDeferred(object)) {
        const DeferredId id = m_numberOf(object);
        return {ValueText::Kind::Deferred, u"%1 #%2"_s.arg(type).arg(id.value), type, id, 0};
    }
    if (PyType_IsSubtype(Py_TYPE(object), twisted.failure))
        return describeFailure(object);
    return {ValueText::Kind::Value, limited(brief(object, m_depth)), type, {}, 0};
}

ValueText Descriptions::describeFailure(PyObject *failure)
{
    PyObject *exception = exceptionOf(failure);
    if (!exception)
        return {ValueText::Kind::Failure, u"Failure"_s, u"Failure"_s, {}, 0};
    const QString type = nameOf(Py_TYPE(exception));
    PyObject *arguments = argumentsOf(exception);
    const Py_ssize_t count = arguments && PyTuple_Check(arguments) ? PyTuple_GET_SIZE(arguments) : 0;
    QString message;
    if (count == 1) {
        PyObject *only = PyTuple_GET_ITEM(arguments, 0);
        const bool isKey = PyType_IsSubtype(Py_TYPE(exception), reinterpret_cast<PyTypeObject *>(PyExc_KeyError));
        message = PyUnicode_CheckExact(only) && !isKey ? textOf(only, Trace::MaximumText) : brief(only, 1);
    } else if (count > 1) {
        message = brief(arguments, 2);
    }
    const PyRef traceback = PyRef::steal(PyException_GetTraceback(exception));
    return {ValueText::Kind::Failure, limited(message.isEmpty() ? type : type + u": "_s + message), type, {},
            m_places.innermostOf(traceback.data())};
}

QString Descriptions::brief(PyObject *object, int depth)
{
    PyTypeObject *type = Py_TYPE(object);
    if (object == Py_None || isWholeNumber(type) || type == &PyFloat_Type)
        return reprOf(object);
    if (type == &PyUnicode_Type)
        return briefText(object);
    if (type == &PyBytes_Type)
        return briefBytes(object);
    if (PyCore::isDeferred(object))
        return u"<%1 #%2>"_s.arg(nameOf(type)).arg(m_numberOf(object).value);
    if (type == &PyDict_Type)
        return depth > 0 ? briefDict(object, depth) : u"{…}"_s;
    if (type == &PyList_Type || type == &PyTuple_Type || type == &PySet_Type || type == &PyFrozenSet_Type)
        return briefItems(object, depth);
    if (PyType_IsSubtype(type, twisted.failure))
        return u"<Failure %1>"_s.arg(describeFailure(object).text);
    if (PyExceptionInstance_Check(object))
        return briefException(object, depth);
    return u"<%1>"_s.arg(nameOf(type));
}

QString Descriptions::briefException(PyObject *exception, int depth)
{
    PyObject *arguments = argumentsOf(exception);
    const QString name = nameOf(Py_TYPE(exception));
    if (!arguments || !PyTuple_CheckExact(arguments) || PyTuple_GET_SIZE(arguments) == 0)
        return name + u"()"_s;
    if (PyTuple_GET_SIZE(arguments) == 1)
        return name + u'(' + brief(PyTuple_GET_ITEM(arguments, 0), depth - 1) + u')';
    return name + brief(arguments, depth);
}

QString Descriptions::briefItems(PyObject *object, int depth)
{
    PyTypeObject *type = Py_TYPE(object);
    const bool isSet = type == &PySet_Type || type == &PyFrozenSet_Type;
    const Py_ssize_t count = isSet ? PySet_GET_SIZE(object) : Py_SIZE(object);
    const QString open = type == &PyList_Type ? u"["_s : type == &PyTuple_Type ? u"("_s : u"{"_s;
    const QString close = type == &PyList_Type ? u"]"_s : type == &PyTuple_Type ? u")"_s : u"}"_s;
    if (count == 0)
        return isSet ? nameOf(type) + u"()"_s : open + close;
    if (depth <= 0)
        return open + u'…' + close;
    QStringList items;
    qsizetype room = Trace::MaximumText;
    const auto add = [&](PyObject *item) {
        items.append(brief(item, depth - 1));
        room -= items.constLast().size();
        return items.size() < MostItems && room > 0;
    };
    if (isSet) {
        Py_ssize_t at = 0;
        PyObject *item = nullptr;
        Py_hash_t hash = 0;
        while (_PySet_NextEntry(object, &at, &item, &hash) && add(item)) { }
    } else {
        for (Py_ssize_t i = 0; i < count; ++i) {
            if (!add(type == &PyList_Type ? PyList_GET_ITEM(object, i) : PyTuple_GET_ITEM(object, i)))
                break;
        }
    }
    if (items.size() < count)
        items.append(u"…"_s);
    const QString comma = type == &PyTuple_Type && count == 1 ? u","_s : QString();
    const QString shown = open + items.join(u", "_s) + comma + close;
    return type == &PyFrozenSet_Type ? u"frozenset("_s + shown + u')' : shown;
}

QString Descriptions::briefDict(PyObject *object, int depth)
{
    QStringList items;
    qsizetype room = Trace::MaximumText;
    Py_ssize_t at = 0;
    PyObject *key = nullptr;
    PyObject *value = nullptr;
    while (items.size() < MostItems && room > 0 && PyDict_Next(object, &at, &key, &value)) {
        items.append(brief(key, depth - 1) + u": "_s + brief(value, depth - 1));
        room -= items.constLast().size();
    }
    if (items.size() < PyDict_GET_SIZE(object))
        items.append(u"…"_s);
    return u'{' + items.join(u", "_s) + u'}';
}

} // namespace deferscope::python
