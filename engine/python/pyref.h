// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/python.h"
#include "engine/trace/traceevent.h"

#include <utility>

namespace deferscope::python {

/// A counted reference to a Python object, or none.
class PyRef
{
public:
    PyRef() = default; ///< none
    PyRef(const PyRef &other) noexcept
        : m_object(Py_XNewRef(other.m_object))
    {
    }
    PyRef(PyRef &&other) noexcept
        : m_object(other.take())
    {
    }
    PyRef &operator=(PyRef other) noexcept
    {
        std::swap(m_object, other.m_object); // what was here goes last: its end may look at this
        return *this;
    }
    ~PyRef() { Py_XDECREF(m_object); }

    /// Of a reference that is the caller's, or of one more. @{
    static PyRef steal(PyObject *object) noexcept { return PyRef(object); }
    static PyRef share(PyObject *object) noexcept { return PyRef(Py_XNewRef(object)); }
    /// @}

    PyObject *data() const { return m_object; }                        ///< null: none
    explicit operator bool() const { return m_object; }                ///< whether there is one
    PyObject *take() { return std::exchange(m_object, nullptr); }      ///< with the reference
    int traverse(visitproc visit, void *arg) const                     ///< for tp_traverse
    {
        Py_VISIT(m_object);
        return 0;
    }

private:
    explicit PyRef(PyObject *object) noexcept
        : m_object(object)
    {
    }

    PyObject *m_object = nullptr;
};

/// What flows through the chains of a Python program.
///
/// None of the objects is as good as Python's None, which is what a value that was moved from leaves behind. With
/// it goes the id that the recording knows the value by, so that one which passes on unchanged is not described
/// again.
class PyValue
{
public:
    PyValue() = default; ///< None
    explicit PyValue(PyRef object) noexcept
        : m_object(std::move(object))
    {
    }
    PyValue(const PyValue &) = default;
    PyValue(PyValue &&other) noexcept
        : m_object(std::move(other.m_object))
        , m_id(std::exchange(other.m_id, 0))
    {
    }
    PyValue &operator=(PyValue other) noexcept
    {
        m_id = other.m_id;
        m_object = std::move(other.m_object);
        return *this;
    }
    ~PyValue() = default;

    PyObject *object() const { return m_object ? m_object.data() : Py_None; } ///< never null
    const PyRef &ref() const { return m_object; }                             ///< none is None
    ValueId id() const { return m_id; } ///< of the recording; 0: it has not been told yet
    void setId(ValueId id) { m_id = id; }

private:
    PyRef m_object;
    ValueId m_id = 0;
};

} // namespace deferscope::python
