// SPDX-License-Identifier: MIT
#pragma once

// Qt's `slots` is a word of Python's structures.
#pragma push_macro("slots")
#undef slots
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <frameobject.h>
#include <structmember.h>
#pragma pop_macro("slots")
