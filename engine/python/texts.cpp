// SPDX-License-Identifier: MIT
#include "texts.h"

#include <algorithm>

namespace deferscope::python {

QString textOf(PyObject *object, Py_ssize_t most)
{
    if (!object || !PyUnicode_Check(object))
        return {};
#if PY_VERSION_HEX < 0x030C0000
    if (PyUnicode_READY(object) < 0) {
        PyErr_Clear();
        return {};
    }
#endif
    const Py_ssize_t length = std::min(PyUnicode_GET_LENGTH(object), most);
    const void *data = PyUnicode_DATA(object);
    switch (PyUnicode_KIND(object)) {
    case PyUnicode_1BYTE_KIND: return QString::fromLatin1(static_cast<const char *>(data), length);
    case PyUnicode_2BYTE_KIND: return QString(static_cast<const QChar *>(data), length);
    default: return QString::fromUcs4(static_cast<const char32_t *>(data), length);
    }
}

} // namespace deferscope::python
