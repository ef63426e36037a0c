// SPDX-License-Identifier: MIT
#include "sandboxmodule.h"

#include "engine/python/pyref.h"
#include "engine/python/sandbox.h"

#include <array>

namespace deferscope::python {

namespace {

/// Bytes of a text or a path; empty, with an exception set: it is neither.
std::string readText(PyObject *text)
{
    PyObject *bytes = nullptr;
    if (!PyUnicode_FSConverter(text, &bytes))
        return {};
    const PyRef owned = PyRef::steal(bytes);
    return {PyBytes_AS_STRING(bytes), std::size_t(PyBytes_GET_SIZE(bytes))};
}

int readDescriptor(PyObject *number) { return int(PyLong_AsLong(number)); }

/// Appends what \a read makes of each element; false: an exception is set.
template <typename T, typename Read> bool readEach(PyObject *elements, std::vector<T> &into, Read read)
{
    const PyRef iterator = PyRef::steal(PyObject_GetIter(elements));
    if (!iterator)
        return false;
    while (const PyRef element = PyRef::steal(PyIter_Next(iterator.data())))
        into.push_back(read(element.data()));
    return !PyErr_Occurred();
}

bool readEnvironment(PyObject *dict, std::vector<std::pair<std::string, std::string>> &into)
{
    PyObject *name = nullptr;
    PyObject *value = nullptr;
    Py_ssize_t position = 0;
    while (PyDict_Next(dict, &position, &name, &value)) {
        into.emplace_back(readText(name), std::string());
        if (PyErr_Occurred())
            return false;
        into.back().second = readText(value);
    }
    return !PyErr_Occurred();
}

/// os.environ has read the environment when Python began, and writes it when it changes.
bool replaceEnviron(PyObject *environment)
{
    const PyRef os = PyRef::steal(PyImport_ImportModule("os"));
    const PyRef environ = os ? PyRef::steal(PyObject_GetAttrString(os.data(), "environ")) : PyRef();
    const PyRef cleared
        = environ ? PyRef::steal(PyObject_CallMethod(environ.data(), "clear", nullptr)) : PyRef();
    const PyRef updated
        = cleared ? PyRef::steal(PyObject_CallMethod(environ.data(), "update", "O", environment)) : PyRef();
    return bool(updated);
}

PyObject *listOf(const std::vector<std::string> &sentences)
{
    PyRef list = PyRef::steal(PyList_New(0));
    for (const std::string &sentence : sentences) {
        const PyRef text = PyRef::steal(PyUnicode_FromString(sentence.c_str()));
        if (!list || !text || PyList_Append(list.data(), text.data()) != 0)
            return nullptr;
    }
    return list.take();
}

PyObject *raiseMissing(const std::vector<std::string> &missing)
{
    std::string text = "There is no whole sandbox for this program";
    for (const std::string &sentence : missing)
        text += "; " + sentence;
    PyErr_SetString(PyExc_OSError, text.c_str());
    return nullptr;
}

/// What Python gave, read; false: an exception is set.
bool readOptions(PyObject *arguments, PyObject *keywords, SandboxOptions &options, PyObject *&environment)
{
    static constexpr std::array words{"read",
                                      "keep_fds",
                                      "environment",
                                      "memory",
                                      "cpu",
                                      "file_size",
                                      "open_files",
                                      "threads",
                                      "end_with_parent",
                                      "require",
                                      static_cast<const char *>(nullptr)};
    PyObject *readable = nullptr;
    PyObject *descriptors = nullptr;
    int endsWithParent = options.endsWithParent;
    int isRequired = options.isRequired;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "OOO!|$kkkkkpp", const_cast<char **>(words.data()),
                                     &readable, &descriptors, &PyDict_Type, &environment, &options.memory,
                                     &options.cpuSeconds, &options.fileSize, &options.openFiles,
                                     &options.threads, &endsWithParent, &isRequired))
        return false;
    options.endsWithParent = endsWithParent;
    options.isRequired = isRequired;
    return readEach(readable, options.readable, readText)
        && readEach(descriptors, options.descriptors, readDescriptor)
        && readEnvironment(environment, options.environment);
}

} // namespace

PyObject *sandbox(PyObject *, PyObject *arguments, PyObject *keywords)
{
    SandboxOptions options;
    PyObject *environment = nullptr;
    if (!readOptions(arguments, keywords, options, environment))
        return nullptr;
    const SandboxReport report = enterSandbox(options);
    if (!report.isEntered)
        return raiseMissing(report.missing);
    return replaceEnviron(environment) ? listOf(report.missing) : nullptr;
}

PyObject *sandboxMissing(PyObject *, PyObject *) { return listOf(missingFromSandbox()); }

} // namespace deferscope::python
