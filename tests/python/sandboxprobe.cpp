// SPDX-License-Identifier: GPL-3.0-or-later
// The sandbox alone as an extension module, so that it is tried without the rest of the lab.
#include "engine/python/sandboxmodule.h"

using namespace deferscope::python;

PyMODINIT_FUNC PyInit_sandboxprobe()
{
    static PyMethodDef methods[]
        = {{"sandbox", reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(sandbox)),
            METH_VARARGS | METH_KEYWORDS, "Enters the sandbox."},
           {"sandbox_missing", sandboxMissing, METH_NOARGS, "What would be missing."},
           {nullptr, nullptr, 0, nullptr}};
    static PyModuleDef definition{
        PyModuleDef_HEAD_INIT, "sandboxprobe", nullptr, -1, methods, {}, {}, {}, {}};
    return PyModule_Create(&definition);
}
