// SPDX-License-Identifier: MIT
#include "places.h"

#include "engine/python/frames.h"
#include "engine/python/texts.h"

namespace deferscope::python {

namespace {

PyObject *machineryPrefixes = nullptr;
PyObject *placeFunction = nullptr;

bool startsWithMachinery(PyObject *file)
{
    const bool isText = file && PyUnicode_Check(file);
    for (Py_ssize_t i = 0; isText && machineryPrefixes && i < PyTuple_GET_SIZE(machineryPrefixes); ++i) {
        PyObject *prefix = PyTuple_GET_ITEM(machineryPrefixes, i);
        if (PyUnicode_Tailmatch(file, prefix, 0, PY_SSIZE_T_MAX, -1) == 1)
            return true;
    }
    return false;
}

int number(PyObject *tuple, Py_ssize_t at)
{
    PyObject *item = PyTuple_GET_ITEM(tuple, at);
    return PyLong_Check(item) ? static_cast<int>(PyLong_AsLong(item)) : 0;
}

} // namespace

void Places::setMachinery(PyObject *prefixes, PyObject *placeOf)
{
    Py_XSETREF(machineryPrefixes, Py_NewRef(prefixes));
    Py_XSETREF(placeFunction, Py_NewRef(placeOf));
}

Places::CodeInfo &Places::infoOf(PyCodeObject *code)
{
    if (code == m_lastCode)
        return *m_lastInfo;
    std::unique_ptr<CodeInfo> &info = m_codes[code];
    if (!info) {
        info = std::make_unique<CodeInfo>();
        info->code = PyRef::share(reinterpret_cast<PyObject *>(code));
        info->isMachinery = startsWithMachinery(code->co_filename);
        info->definition = Unknown;
    }
    m_lastCode = code;
    m_lastInfo = info.get();
    return *info;
}

SiteId Places::here()
{
    SiteId found = 0;
    forEachFrame([this, &found](PyCodeObject *code, int instruction) {
        if (infoOf(code).isMachinery)
            return true;
        found = at(code, instruction);
        return false;
    });
    return found;
}

SiteId Places::at(PyCodeObject *code, int instruction)
{
    std::vector<SiteId> &sites = infoOf(code).sites;
    const auto index = static_cast<size_t>(instruction < 0 ? 0 : instruction / 2);
    if (index >= sites.size())
        sites.resize(index + 1, Unknown);
    if (sites[index] == Unknown)
        sites[index] = m_writer.intern(lookUp(code, instruction));
    return sites[index];
}

SiteId Places::definitionOf(PyCodeObject *code)
{
    CodeInfo &info = infoOf(code);
    if (info.definition == Unknown)
        info.definition = m_writer.intern(definitionSiteOf(code));
    return info.definition;
}

SiteId Places::innermostOf(PyObject *traceback)
{
    SiteId found = 0;
    PyObject *at = traceback;
    while (at && PyTraceBack_Check(at)) {
        const auto *entry = reinterpret_cast<PyTracebackObject *>(at);
        const PyRef code = PyRef::steal(reinterpret_cast<PyObject *>(PyFrame_GetCode(entry->tb_frame)));
        auto *object = reinterpret_cast<PyCodeObject *>(code.data());
        if (!isMachinery(object))
            found = this->at(object, entry->tb_lasti);
        at = reinterpret_cast<PyObject *>(entry->tb_next);
    }
    return found;
}

Site Places::definitionSiteOf(PyCodeObject *code)
{
    return infoOf(code).isMachinery ? Site() : lookUp(code, -1);
}

/// Asks the package's Python, which knows the tables of this version's code objects. \a instruction -1: the first
/// line.
Site Places::lookUp(PyCodeObject *code, int instruction)
{
    if (!placeFunction)
        return {};
    const KeptError kept;
    const PyRef place = PyRef::steal(PyObject_CallFunction(placeFunction, "Oi", code, instruction));
    if (!place || !PyTuple_Check(place.data()) || PyTuple_GET_SIZE(place.data()) != 7) {
        PyErr_Clear();
        return {};
    }
    PyObject *fields = place.data();
    return Site{textOf(PyTuple_GET_ITEM(fields, 0)), number(fields, 1), number(fields, 2),
                textOf(PyTuple_GET_ITEM(fields, 5)), textOf(PyTuple_GET_ITEM(fields, 6)),
                number(fields, 3), number(fields, 4)};
}

} // namespace deferscope::python
