// SPDX-License-Identifier: MIT
#include "functions.h"

#include "engine/python/pycore.h"
#include "engine/python/pyref.h"
#include "engine/python/twisted.h"

#include <cstddef>

namespace deferscope::python {

namespace {

struct FunctionObject
{
    PyObject base;
    vectorcallfunc call;
    const char *name; ///< of a function of the class
    Function function;
    PyObject *inner; ///< of one that is wrapped
    PyObject *before;
    PyObject *after;
    PyObject *weakReferences;
};

PyTypeObject *functionType = nullptr;

FunctionObject *of(PyObject *object) { return reinterpret_cast<FunctionObject *>(object); }

PyObject *call(PyObject *callable, PyObject *const *arguments, size_t flags, PyObject *keywords)
{
    const Py_ssize_t count = PyVectorcall_NARGS(flags);
    const FunctionObject *function = of(callable);
    if (count < 1 || !PyCore::isDeferred(arguments[0]))
        return callOriginal(function->name, arguments, count, keywords);
    return function->function(arguments[0], arguments + 1, count - 1, keywords);
}

bool tell(PyObject *whom, PyObject *argument)
{
    if (whom == Py_None)
        return true;
    const PyRef told = PyRef::steal(PyObject_CallOneArg(whom, argument));
    return bool(told);
}

PyObject *callWrapped(PyObject *callable, PyObject *const *arguments, size_t flags, PyObject *keywords)
{
    const FunctionObject *function = of(callable);
    const bool isTold = PyVectorcall_NARGS(flags) > 0;
    if (isTold && !tell(function->before, arguments[0]))
        return nullptr;
    PyRef result = PyRef::steal(PyObject_Vectorcall(function->inner, arguments, flags, keywords));
    const bool went = result && (!isTold || tell(function->after, arguments[0]));
    return went ? result.take() : nullptr;
}

/// The function that it stands for. Borrowed; null: there is none yet.
PyObject *originalOf(PyObject *function)
{
    if (PyObject *inner = of(function)->inner)
        return inner;
    return twisted.original ? PyDict_GetItemString(twisted.original, of(function)->name) : nullptr;
}

PyObject *bind(PyObject *function, PyObject *object, PyObject *)
{
    return object && object != Py_None ? PyMethod_New(function, object) : Py_NewRef(function);
}

/// What it has not itself is that of the function that it stands for.
PyObject *attribute(PyObject *function, PyObject *name)
{
    if (PyObject *own = PyObject_GenericGetAttr(function, name))
        return own;
    PyObject *original = originalOf(function);
    if (!original || !PyErr_ExceptionMatches(PyExc_AttributeError))
        return nullptr;
    PyErr_Clear();
    return PyObject_GetAttr(original, name);
}

PyObject *getOriginal(PyObject *function, void *)
{
    PyObject *original = originalOf(function);
    return Py_NewRef(original ? original : Py_None);
}

/// `__doc__` and `__module__`, which the type has too.
PyObject *getOfOriginal(PyObject *function, void *name)
{
    const PyRef original = PyRef::steal(getOriginal(function, nullptr));
    return PyObject_GetAttrString(original.data(), static_cast<const char *>(name));
}

PyObject *represent(PyObject *function)
{
    const PyRef name = PyRef::steal(PyObject_GetAttrString(function, "__qualname__"));
    return name ? PyUnicode_FromFormat("<function %S at %p>", name.data(), function) : nullptr;
}

void destroy(PyObject *function)
{
    PyTypeObject *type = Py_TYPE(function);
    Py_CLEAR(of(function)->inner);
    Py_CLEAR(of(function)->before);
    Py_CLEAR(of(function)->after);
    if (of(function)->weakReferences)
        PyObject_ClearWeakRefs(function);
    type->tp_free(function);
    Py_DECREF(type);
}

} // namespace

bool makeFunctionType()
{
    static PyMemberDef members[] = {
        {"__vectorcalloffset__", T_PYSSIZET, offsetof(FunctionObject, call), READONLY, nullptr},
        {"__weaklistoffset__", T_PYSSIZET, offsetof(FunctionObject, weakReferences), READONLY, nullptr},
        {nullptr, 0, 0, 0, nullptr}};
    static PyGetSetDef attributes[] = {{"__doc__", getOfOriginal, nullptr, nullptr, const_cast<char *>("__doc__")},
                                       {"__module__", getOfOriginal, nullptr, nullptr, const_cast<char *>("__module__")},
                                       {"__wrapped__", getOriginal, nullptr, nullptr, nullptr},
                                       {nullptr, nullptr, nullptr, nullptr, nullptr}};
    static PyType_Slot slots[] = {{Py_tp_dealloc, reinterpret_cast<void *>(destroy)},
                                  {Py_tp_call, reinterpret_cast<void *>(PyVectorcall_Call)},
                                  {Py_tp_descr_get, reinterpret_cast<void *>(bind)},
                                  {Py_tp_getattro, reinterpret_cast<void *>(attribute)},
                                  {Py_tp_repr, reinterpret_cast<void *>(represent)},
                                  {Py_tp_members, members},
                                  {Py_tp_getset, attributes},
                                  {0, nullptr}};
    static PyType_Spec spec = {"deferscope._engine.function", sizeof(FunctionObject), 0,
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_VECTORCALL | Py_TPFLAGS_METHOD_DESCRIPTOR, slots};
    if (!functionType)
        functionType = reinterpret_cast<PyTypeObject *>(PyType_FromSpec(&spec));
    return functionType;
}

PyObject *makeFunction(const char *name, Function function)
{
    PyObject *made = functionType->tp_alloc(functionType, 0);
    if (made) {
        of(made)->call = call;
        of(made)->name = name;
        of(made)->function = function;
    }
    return made;
}

PyObject *makeWrapped(PyObject *inner, PyObject *before, PyObject *after)
{
    PyObject *made = functionType->tp_alloc(functionType, 0);
    if (made) {
        of(made)->call = callWrapped;
        of(made)->inner = Py_NewRef(inner);
        of(made)->before = Py_NewRef(before);
        of(made)->after = Py_NewRef(after);
    }
    return made;
}

const char *nameOfFunction(PyObject *object)
{
    return Py_TYPE(object) == functionType ? of(object)->name : nullptr;
}

} // namespace deferscope::python
