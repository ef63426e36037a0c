// SPDX-License-Identifier: MIT
#include "engine/python/bottomcall.h"
#include "engine/python/deferredtype.h"
#include "engine/python/depth.h"
#include "engine/python/frames.h"
#include "engine/python/functions.h"
#include "engine/python/recorder.h"
#include "engine/python/sandboxmodule.h"
#include "engine/python/texts.h"
#include "engine/python/twisted.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace deferscope::python {

namespace {

PyObject *none(bool went = true)
{
    if (!went)
        return nullptr;
    Py_RETURN_NONE;
}

/// An open descriptor, or a file to be made. None: an exception is set.
std::unique_ptr<Output> outputTo(PyObject *target)
{
    if (PyLong_Check(target)) {
        const long descriptor = PyLong_AsLong(target);
        return PyErr_Occurred() ? nullptr : std::make_unique<Output>(static_cast<int>(descriptor));
    }
    PyObject *path = nullptr;
    if (!PyUnicode_FSConverter(target, &path))
        return nullptr;
    const PyRef owned = PyRef::steal(path);
    std::unique_ptr<Output> output = Output::open(PyBytes_AS_STRING(path));
    if (!output)
        PyErr_SetFromErrnoWithFilenameObject(PyExc_OSError, target);
    return output;
}

/// A dict by way of json.dumps(): what JSON cannot say is an error.
bool readObject(PyObject *dict, QJsonObject &object)
{
    const PyRef json = PyRef::steal(PyImport_ImportModule("json"));
    const PyRef text = json ? PyRef::steal(PyObject_CallMethod(json.data(), "dumps", "O", dict)) : PyRef();
    Py_ssize_t size = 0;
    const char *utf8 = text ? PyUnicode_AsUTF8AndSize(text.data(), &size) : nullptr;
    if (!utf8)
        return false;
    object = QJsonDocument::fromJson(QByteArray(utf8, size)).object();
    return true;
}

// ---- the class ----

PyObject *setTwisted(PyObject *, PyObject *names)
{
    if (!PyDict_Check(names)) {
        PyErr_SetString(PyExc_TypeError, "a dict of names is wanted");
        return nullptr;
    }
    return none(takeTwisted(names));
}

PyObject *wrapped(PyObject *, PyObject *arguments)
{
    PyObject *inner = nullptr;
    PyObject *before = nullptr;
    PyObject *after = nullptr;
    const bool isGiven = PyArg_ParseTuple(arguments, "OOO", &inner, &before, &after);
    return isGiven ? makeWrapped(inner, before, after) : nullptr;
}

PyObject *runningFunctions(PyObject *, PyObject *) { return Depth::running(); }

PyObject *setMachinery(PyObject *, PyObject *arguments)
{
    PyObject *prefixes = nullptr;
    PyObject *placeOf = nullptr;
    if (!PyArg_ParseTuple(arguments, "O!O", &PyTuple_Type, &prefixes, &placeOf))
        return nullptr;
    Places::setMachinery(prefixes, placeOf);
    return none();
}

// ---- the recording ----

PyObject *startRecording(PyObject *, PyObject *arguments, PyObject *keywords)
{
    static const char *const words[] = {"target", "meta", "depth", nullptr};
    int depth = 3;
    PyObject *target = nullptr;
    PyObject *meta = nullptr;
    if (!PyArg_ParseTupleAndKeywords(arguments, keywords, "OO!|i", const_cast<char **>(words), &target, &PyDict_Type,
                                     &meta, &depth))
        return nullptr;
    QJsonObject object;
    std::unique_ptr<Output> output = outputTo(target);
    if (!output || !readObject(meta, object))
        return nullptr;
    Recorder::start(std::move(output), object, depth);
    return none();
}

PyObject *stopRecording(PyObject *, PyObject *)
{
    Recorder::stop();
    return none();
}

PyObject *forgetRecording(PyObject *, PyObject *)
{
    Recorder::forget();
    return none();
}

PyObject *isRecording(PyObject *, PyObject *) { return PyBool_FromLong(Recorder::current() != nullptr); }

PyObject *eventCount(PyObject *, PyObject *)
{
    const Recorder *recorder = Recorder::current();
    return PyLong_FromLongLong(recorder ? recorder->size() : 0);
}

PyObject *flush(PyObject *, PyObject *)
{
    if (Recorder *recorder = Recorder::current())
        recorder->flush();
    return none();
}

PyObject *note(PyObject *, PyObject *dict)
{
    QJsonObject object;
    if (!PyDict_Check(dict) || !readObject(dict, object))
        return PyErr_Occurred() ? nullptr : PyErr_Format(PyExc_TypeError, "a dict is wanted");
    if (Recorder *recorder = Recorder::current())
        recorder->note(object);
    return none();
}

PyObject *setEventLimit(PyObject *, PyObject *arguments)
{
    long long events = 0;
    PyObject *function = nullptr;
    if (!PyArg_ParseTuple(arguments, "LO", &events, &function))
        return nullptr;
    if (Recorder *recorder = Recorder::current())
        recorder->setLimit(events, PyRef::share(function));
    return none();
}

PyObject *deferredByNumber(PyObject *, PyObject *number)
{
    const unsigned long wanted = PyLong_AsUnsignedLong(number);
    if (PyErr_Occurred())
        return nullptr;
    const Recorder *recorder = Recorder::current();
    PyObject *found = recorder ? recorder->deferred(static_cast<quint32>(wanted)) : nullptr;
    return Py_NewRef(found ? found : Py_None);
}

// ---- what the reactor and the program tell ----

PyObject *turn(PyObject *, PyObject *seconds)
{
    const double time = PyFloat_AsDouble(seconds);
    if (Recorder *recorder = Recorder::current(); recorder && !PyErr_Occurred())
        recorder->turn(time);
    return none(!PyErr_Occurred());
}

PyObject *endTurn(PyObject *, PyObject *)
{
    if (Recorder *recorder = Recorder::current())
        recorder->endTurn();
    return none();
}

PyObject *timer(PyObject *, PyObject *arguments)
{
    unsigned int number = 0;
    double delay = 0;
    PyObject *function = nullptr;
    if (!PyArg_ParseTuple(arguments, "IdO", &number, &delay, &function))
        return nullptr;
    if (Recorder *recorder = Recorder::current())
        recorder->timer(number, delay, function);
    return none();
}

template <void (Recorder::*Tell)(quint32)> PyObject *ofTimer(PyObject *, PyObject *number)
{
    const unsigned long timer = PyLong_AsUnsignedLong(number);
    if (Recorder *recorder = Recorder::current(); recorder && !PyErr_Occurred())
        (recorder->*Tell)(static_cast<quint32>(timer));
    return none(!PyErr_Occurred());
}

PyObject *output(PyObject *, PyObject *arguments)
{
    int stream = 0;
    PyObject *text = nullptr;
    if (!PyArg_ParseTuple(arguments, "iU", &stream, &text))
        return nullptr;
    if (Recorder *recorder = Recorder::current())
        recorder->output(stream == 0 ? Stream::Out : Stream::Err, textOf(text, PY_SSIZE_T_MAX));
    return none();
}

PyObject *slept(PyObject *, PyObject *seconds)
{
    const double time = PyFloat_AsDouble(seconds);
    if (Recorder *recorder = Recorder::current(); recorder && !PyErr_Occurred())
        recorder->slept(time);
    return none(!PyErr_Occurred());
}

template <EventKind Kind> PyObject *ended(PyObject *, PyObject *why)
{
    if (Recorder *recorder = Recorder::current())
        recorder->ended(Kind, textOf(why));
    return none();
}

PyCFunction asFunction(PyCFunctionWithKeywords function)
{
    return reinterpret_cast<PyCFunction>(reinterpret_cast<void (*)()>(function));
}

PyMethodDef functions[] = {
    {"set_twisted", setTwisted, METH_O, "Takes what the class needs of the installed Twisted: a dict of names."},
    {"set_machinery", setMachinery, METH_VARARGS,
     "Takes the paths whose frames are passed over, and the function that tells a place of (code, instruction)."},
    {"reraise", reraise, METH_NOARGS, "Raises what a callback has raised again, on its way into a Failure."},
    {"wrapped", wrapped, METH_VARARGS,
     "wrapped(inner, before, after): a function as inner without a frame, which calls the others with its first "
     "argument."},
    {"running_functions", runningFunctions, METH_NOARGS,
     "The calls of the class's functions that run, innermost first: pairs of the calling frame and the name."},
    {"start_recording", asFunction(startRecording),
     METH_VARARGS | METH_KEYWORDS, "start_recording(target, meta, depth=3): records into an open descriptor or a file."},
    {"stop_recording", stopRecording, METH_NOARGS, "Ends the recording and writes what is left of it."},
    {"forget_recording", forgetRecording, METH_NOARGS, "Records no more, and writes nothing: after a fork."},
    {"is_recording", isRecording, METH_NOARGS, "Whether anything is recorded."},
    {"event_count", eventCount, METH_NOARGS, "How many events were recorded."},
    {"flush", flush, METH_NOARGS, "Writes what was recorded up to here."},
    {"note", note, METH_O, "Puts a JSON object into the recording."},
    {"set_event_limit", setEventLimit, METH_VARARGS, "set_event_limit(events, function): calls it once, then."},
    {"deferred_by_number", deferredByNumber, METH_O, "The Deferred of that id in the recording, or None."},
    {"turn", turn, METH_O, "What follows happens at this time, in seconds."},
    {"end_turn", endTurn, METH_NOARGS, "What follows happens later, whenever that is."},
    {"timer", timer, METH_VARARGS, "timer(number, delay, function): a call was scheduled, in so many seconds from this turn on."},
    {"tick", ofTimer<&Recorder::timerRuns>, METH_O, "That scheduled call runs."},
    {"untimer", ofTimer<&Recorder::timerCancelled>, METH_O, "That scheduled call was cancelled."},
    {"output", output, METH_VARARGS, "output(stream, text): the program has printed; 0 stdout, 1 stderr."},
    {"slept", slept, METH_O, "The program slept so many seconds, and the reactor stood still."},
    {"stop", ended<EventKind::Stop>, METH_O, "The reactor has stopped, or the program has ended, and why."},
    {"limit", ended<EventKind::Limit>, METH_O, "A budget was reached, and which."},
    {"call_at_bottom", callAtBottom, METH_VARARGS,
     "call_at_bottom(function, *arguments): calls it as if nothing else ran in this thread."},
    {"sandbox", asFunction(sandbox), METH_VARARGS | METH_KEYWORDS,
     "sandbox(read, keep_fds, environment, ...): gives up what a document must not have; what is missing of that."},
    {"sandbox_missing", sandboxMissing, METH_NOARGS, "What sandbox() would find missing here."},
    {nullptr, nullptr, 0, nullptr}};

/// Only the first interpreter of a process may have the class: there is one of it, and one recording.
int fill(PyObject *module)
{
    if (PyInterpreterState_Get() != PyInterpreterState_Main()) {
        PyErr_SetString(PyExc_ImportError, "deferscope runs in the main interpreter only");
        return -1;
    }
    return makeDeferredType(module) ? 0 : -1;
}

PyModuleDef_Slot stages[] = {{Py_mod_exec, reinterpret_cast<void *>(fill)}, {0, nullptr}};

PyModuleDef definition = {PyModuleDef_HEAD_INIT,
                          "deferscope._engine",
                          "Twisted's class Deferred on Deferscope's engine, and what records it.",
                          0,
                          functions,
                          stages,
                          nullptr,
                          nullptr,
                          nullptr};

} // namespace

} // namespace deferscope::python

PyMODINIT_FUNC PyInit__engine();

PyMODINIT_FUNC PyInit__engine() { return PyModuleDef_Init(&deferscope::python::definition); }
