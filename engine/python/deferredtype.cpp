// SPDX-License-Identifier: MIT
#include "deferredtype.h"

#include "engine/python/depth.h"
#include "engine/python/functions.h"
#include "engine/python/recorder.h"
#include "engine/python/twisted.h"

#include <array>
#include <new>
#include <utility>

namespace deferscope::python {

PyTypeObject *deferredType = nullptr;

namespace {

PyCore &coreOf(PyObject *object) { return PyCore::of(object); }

/// What was last found out about a class; true until the class or one of its bases changes.
class TypeFact
{
public:
    template <typename Ask> bool of(PyTypeObject *type, Ask ask)
    {
        const unsigned int version = type->tp_version_tag;
        if (type != m_type || version != m_version || !(type->tp_flags & Py_TPFLAGS_VALID_VERSION_TAG)) {
            m_holds = ask(type);
            m_type = type;
            m_version = type->tp_version_tag; // the look-up has given it one
        }
        return m_holds;
    }

private:
    PyTypeObject *m_type = nullptr;
    unsigned int m_version = 0;
    bool m_holds = false;
};

struct Names
{
    PyObject *debug = PyUnicode_InternFromString("debug");
    PyObject *run = PyUnicode_InternFromString("_runCallbacks");
    /// What an add method or a firing calls through the object: a class may have its own.
    std::array<PyObject *, 4> inner{
        PyUnicode_InternFromString("addCallbacks"), PyUnicode_InternFromString("_startRunCallbacks"),
        PyUnicode_InternFromString("_runCallbacks"), PyUnicode_InternFromString("errback")};
};

const Names &names()
{
    static const Names names;
    return names;
}

/// Whether the class has the functions that ours calls in its own methods as they are here.
bool isPlain(PyTypeObject *type)
{
    if (type == deferredType)
        return true;
    static TypeFact fact;
    return fact.of(type, [](PyTypeObject *asked) {
        for (PyObject *name : names().inner) {
            if (_PyType_Lookup(asked, name) != _PyType_Lookup(deferredType, name))
                return false;
        }
        return true;
    });
}

/// An exception that something else than a callback has raised leaves with its error set.
PyObject *noneUnlessBroken(bool went)
{
    if (!went)
        return nullptr;
    Py_RETURN_NONE;
}

} // namespace

bool isDebugging(PyObject *object)
{
    static TypeFact fact;
    PyObject *attributes = reinterpret_cast<PyDeferred *>(object)->attributes;
    PyObject *own = attributes ? PyDict_GetItem(attributes, names().debug) : nullptr;
    if (own)
        return PyObject_IsTrue(own) == 1;
    return fact.of(Py_TYPE(object), [](PyTypeObject *asked) {
        PyObject *found = _PyType_Lookup(asked, names().debug);
        return found && PyObject_IsTrue(found) == 1;
    });
}

// ---- life ----

namespace {

PyObject *make(PyTypeObject *type, PyObject *, PyObject *)
{
    PyObject *self = type->tp_alloc(type, 0);
    if (self)
        new (reinterpret_cast<PyDeferred *>(self)->room) PyCore;
    return self;
}

int initialize(PyObject *self, PyObject *arguments, PyObject *keywords);

PyObject *makeByCall(PyObject *type, PyObject *const *arguments, size_t flags, PyObject *keywords);

int traverse(PyObject *self, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(self));
    Py_VISIT(reinterpret_cast<PyDeferred *>(self)->attributes);
    return coreOf(self).traverse(visit, arg);
}

int clear(PyObject *self)
{
    Py_CLEAR(reinterpret_cast<PyDeferred *>(self)->attributes);
    coreOf(self).clear();
    return 0;
}

void destroy(PyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);
    PyObject_GC_UnTrack(self);
    Py_TRASHCAN_BEGIN(self, destroy)
    auto *deferred = reinterpret_cast<PyDeferred *>(self);
    if (deferred->weakReferences)
        PyObject_ClearWeakRefs(self);
    deferred->core().tellOfEnd();
    clear(self);
    deferred->core().~PyCore();
    type->tp_free(self);
    Py_DECREF(type);
    Py_TRASHCAN_END
}

} // namespace

/// What the class's functions and attributes may touch of a core.
struct DeferredMembers
{
    // ---- making ----

    static int begin(PyObject *self, PyObject *canceller)
    {
        PyCore &core = coreOf(self);
        core.m_canceller = PyRef::share(canceller == Py_None ? nullptr : canceller);
        if (Recorder *recorder = Recorder::current())
            recorder->idOf(core);
        return 0;
    }

    // ---- adding ----

    /// Further arguments as a link has them: null when there are none.
    static PyRef further(PyObject *callbackArguments, PyObject *callbackKeywords, PyObject *errbackArguments,
                         PyObject *errbackKeywords)
    {
        return PyRef::steal(
            PyTuple_Pack(4, callbackArguments, callbackKeywords, errbackArguments, errbackKeywords));
    }

    /// Appends a link, and runs it if the Deferred has fired (R10).
    static PyObject *addLink(PyObject *self, Depth &&depth, PyLink link)
    {
        PyCore &core = coreOf(self);
        if (depth.isExceeded() || !core.append(std::move(link)))
            return nullptr;
        return core.m_called && !run(self, depth) ? nullptr : Py_NewRef(self);
    }

    /// One that counts as called and has no result is what only odd programs make: a matter for Twisted's own
    /// functions, with their errors.
    static bool isOdd(PyObject *self) { return coreOf(self).m_called && !coreOf(self).m_hasResult; }

    static bool run(PyObject *self, Depth &depth)
    {
        if (isPlain(Py_TYPE(self))) [[likely]]
            return coreOf(self).run();
        depth.handOn();
        const PyRef done = PyRef::steal(PyObject_CallMethodNoArgs(self, names().run));
        return bool(done);
    }

    static PyObject *addCallbacks(PyObject *self, PyObject *const *arguments, Py_ssize_t count,
                                  PyObject *keywords)
    {
        enum { Callback, Errback, CallbackArguments, CallbackKeywords, ErrbackArguments, ErrbackKeywords, Count };
        static const char *const Words[Count] = {"callback",        "errback",      "callbackArgs",
                                                 "callbackKeywords", "errbackArgs", "errbackKeywords"};
        PyObject *given[Count] = {};
        bool isKnown = count <= Count;
        for (Py_ssize_t i = 0; i < count && isKnown; ++i)
            given[i] = arguments[i];
        for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
            int at = 0;
            while (at < Count && PyUnicode_CompareWithASCIIString(PyTuple_GET_ITEM(keywords, i), Words[at]) != 0)
                ++at;
            isKnown = isKnown && at < Count && !given[at];
            if (isKnown)
                given[at] = arguments[count + i];
        }
        if (given[Errback] == Py_None || given[Errback] == twisted.failthru)
            given[Errback] = nullptr;
        if (given[Callback] == twisted.passthru)
            return isKnown && !isOdd(self) && (!given[Errback] || PyCallable_Check(given[Errback]))
                ? addPair(self, nullptr, given[Errback], given + CallbackArguments)
                : original("addCallbacks", self, arguments, count, keywords);
        if (!isKnown || isOdd(self) || !given[Callback] || !PyCallable_Check(given[Callback])
            || (given[Errback] && !PyCallable_Check(given[Errback])))
            return original("addCallbacks", self, arguments, count, keywords);
        return addPair(self, given[Callback], given[Errback], given + CallbackArguments);
    }

    static bool isEmpty(PyObject *arguments, PyObject *keywords)
    {
        return (!arguments || arguments == Py_None || (PyTuple_Check(arguments) && PyTuple_GET_SIZE(arguments) == 0))
            && (!keywords || keywords == Py_None || keywords == twisted.noKeywords
                || (PyDict_Check(keywords) && PyDict_GET_SIZE(keywords) == 0));
    }

    /// \a extra: the four that addCallbacks() takes, null where they were not given.
    static PyObject *addPair(PyObject *self, PyObject *callback, PyObject *errback, PyObject *const *extra)
    {
        if (!callback && !isEmpty(extra[0], extra[1]))
            callback = twisted.passthru; // which refuses them
        if (!errback && !isEmpty(extra[2], extra[3]))
            errback = twisted.failthru;
        PyRef all;
        if (extra[0] || extra[1] || extra[2] || extra[3]) {
            const PyRef none = PyRef::steal(PyTuple_New(0));
            const PyRef empty = PyRef::steal(PyDict_New());
            if (!none || !empty)
                return nullptr;
            const auto arguments = [&none](PyObject *some) { return some && some != Py_None ? some : none.data(); };
            const auto words = [&empty](PyObject *some) {
                return !some ? Py_None : some == Py_None ? empty.data() : some;
            };
            all = further(arguments(extra[0]), words(extra[1]), arguments(extra[2]), words(extra[3]));
            if (!all)
                return nullptr;
        }
        return addLink(self, Depth("addCallbacks", 2), PyLink::pair(callback, errback, all.data()));
    }

    /// Whether \a keywords has a name that the function itself takes: that is an error.
    static bool hasOwnWord(PyObject *keywords, const char *own)
    {
        for (Py_ssize_t i = 0; i < PyTuple_GET_SIZE(keywords); ++i) {
            PyObject *word = PyTuple_GET_ITEM(keywords, i);
            if (PyUnicode_CompareWithASCIIString(word, own) == 0
                || PyUnicode_CompareWithASCIIString(word, "self") == 0)
                return true;
        }
        return false;
    }

    /// The arguments after the function, for the sides that have it. None: an exception is set.
    static PyRef furtherOfOne(PyObject *const *arguments, Py_ssize_t count, PyObject *keywords, bool hasCallback,
                              bool hasErrback)
    {
        const PyRef none = PyRef::steal(PyTuple_New(0));
        const PyRef positional = PyRef::steal(PyTuple_New(count - 1));
        const PyRef named = PyRef::steal(PyDict_New());
        if (!none || !positional || !named)
            return {};
        for (Py_ssize_t i = 1; i < count; ++i)
            PyTuple_SET_ITEM(positional.data(), i - 1, Py_NewRef(arguments[i]));
        for (Py_ssize_t i = 0; keywords && i < PyTuple_GET_SIZE(keywords); ++i) {
            if (PyDict_SetItem(named.data(), PyTuple_GET_ITEM(keywords, i), arguments[count + i]) < 0)
                return {};
        }
        return further(hasCallback ? positional.data() : none.data(), hasCallback ? named.data() : Py_None,
                       hasErrback ? positional.data() : none.data(), hasErrback ? named.data() : Py_None);
    }

    /// addCallback(), addErrback() and addBoth(): \a hasCallback and \a hasErrback say which.
    static PyObject *addOne(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords,
                            bool hasCallback, bool hasErrback, const char *name)
    {
        if (count < 1 || !PyCallable_Check(arguments[0]) || !isPlain(Py_TYPE(self)) || isOdd(self)
            || (keywords && hasOwnWord(keywords, hasCallback ? "callback" : "errback")))
            return original(name, self, arguments, count, keywords);
        PyObject *function = arguments[0];
        PyRef all;
        if (count > 1 || keywords) {
            all = furtherOfOne(arguments, count, keywords, hasCallback, hasErrback);
            if (!all)
                return nullptr;
        }
        return addLink(self, Depth(name, 3),
                       PyLink::pair(hasCallback ? function : nullptr, hasErrback ? function : nullptr, all.data(),
                                    PyLink::Words::Empty));
    }
    static PyObject *addCallback(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        return addOne(self, arguments, count, keywords, true, false, "addCallback");
    }
    static PyObject *addErrback(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        return addOne(self, arguments, count, keywords, false, true, "addErrback");
    }
    static PyObject *addBoth(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        return addOne(self, arguments, count, keywords, true, true, "addBoth");
    }

    /// What is not the plain case is Twisted's own function on this object: its errors, texts and frames are so
    /// those of the installed version.
    static PyObject *original(const char *name, PyObject *self, PyObject *const *arguments, Py_ssize_t count,
                              PyObject *keywords)
    {
        const Py_ssize_t words = keywords ? PyTuple_GET_SIZE(keywords) : 0;
        QVarLengthArray<PyObject *, 8> all;
        all.append(self);
        all.append(arguments, count + words);
        return callOriginal(name, all.constData(), count + 1, keywords);
    }
    static PyObject *original(const char *name, PyObject *self) { return callOriginal(name, &self, 1, nullptr); }

    // ---- firing ----

    static PyObject *callback(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        if (count != 1 || keywords || !isPlain(Py_TYPE(self)) || coreOf(self).m_called || isDebugging(self)
            || (twisted.isStrict && PyCore::isDeferred(arguments[0])))
            return original("callback", self, arguments, count, keywords);
        const Depth depth("callback", 3);
        return noneUnlessBroken(!depth.isExceeded() && coreOf(self).start(arguments[0]));
    }

    static PyObject *errback(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        if (count != 1 || keywords || !isPlain(Py_TYPE(self)) || coreOf(self).m_called || isDebugging(self)
            || !PyObject_TypeCheck(arguments[0], twisted.failure))
            return original("errback", self, arguments, count, keywords);
        const Depth depth("errback", 3);
        return noneUnlessBroken(!depth.isExceeded() && coreOf(self).start(arguments[0]));
    }

    static PyObject *startRunCallbacks(PyObject *self, PyObject *const *arguments, Py_ssize_t count,
                                       PyObject *keywords)
    {
        if (count != 1 || keywords)
            return original("_startRunCallbacks", self, arguments, count, keywords);
        PyCore &core = coreOf(self);
        if (core.m_called) {
            if (Recorder *recorder = Recorder::current()) {
                PyValue value(PyRef::share(arguments[0]));
                recorder->record(core.m_swallowOne ? EventKind::Swallowed : EventKind::Refire, core, value);
            }
        } else if (!isDebugging(self) && isPlain(Py_TYPE(self))) {
            const Depth depth("_startRunCallbacks", 2);
            return noneUnlessBroken(!depth.isExceeded() && core.start(arguments[0]));
        }
        return original("_startRunCallbacks", self, arguments, 1, nullptr);
    }

    static PyObject *runCallbacks(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        if (count > 0 || keywords || !coreOf(self).m_hasResult)
            return original("_runCallbacks", self, arguments, count, keywords);
        const Depth depth("_runCallbacks", 1);
        return noneUnlessBroken(!depth.isExceeded() && coreOf(self).run());
    }

    static PyObject *pause(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        if (count > 0 || keywords)
            return original("pause", self, arguments, count, keywords);
        PyCore &core = coreOf(self);
        ++core.m_paused;
        if (Recorder *recorder = Recorder::current())
            recorder->count(EventKind::Pause, core, core.m_paused);
        Py_RETURN_NONE;
    }

    static PyObject *unpause(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        if (count > 0 || keywords || isOdd(self))
            return original("unpause", self, arguments, count, keywords);
        PyCore &core = coreOf(self);
        --core.m_paused;
        if (Recorder *recorder = Recorder::current())
            recorder->count(EventKind::Unpause, core, core.m_paused);
        if (core.m_paused != 0 || !core.m_called) // R32
            Py_RETURN_NONE;
        Depth depth("unpause", 2);
        return noneUnlessBroken(!depth.isExceeded() && run(self, depth)); // R61
    }

    static PyObject *cancel(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        if (count > 0 || keywords)
            return original("cancel", self, arguments, count, keywords);
        PyCore &core = coreOf(self);
        if (Recorder *recorder = Recorder::current()) {
            if (core.m_called && core.m_hasResult && core.holdsDeferred())
                recorder->cancel(core, &core.inner());
            else
                recorder->cancel(core, nullptr);
            if (!core.m_called && core.m_canceller)
                recorder->record(EventKind::Canceller, core);
        }
        return original("cancel", self);
    }

    static PyObject *continuation(PyObject *self, PyObject *const *arguments, Py_ssize_t count, PyObject *keywords)
    {
        if (count > 0 || keywords)
            return original("_continuation", self, arguments, count, keywords);
        return PyLink::handOver(self, -1).toTuple();
    }

    // ---- attributes ----

    static PyObject *getCalled(PyObject *self, void *) { return PyBool_FromLong(coreOf(self).m_called); }
    static PyObject *getPaused(PyObject *self, void *) { return PyLong_FromLong(coreOf(self).m_paused); }
    static PyObject *getRunning(PyObject *self, void *) { return PyBool_FromLong(coreOf(self).m_running); }
    static PyObject *getSuppress(PyObject *self, void *) { return PyBool_FromLong(coreOf(self).m_swallowOne); }
    static PyObject *getCallbacks(PyObject *self, void *) { return coreOf(self).callbacks(); }
    static PyObject *getResult(PyObject *self, void *)
    {
        const PyCore &core = coreOf(self);
        return core.m_hasResult ? Py_NewRef(core.m_result.object()) : noResult(self);
    }
    static PyObject *noResult(PyObject *self)
    {
        return PyErr_Format(PyExc_AttributeError, "'%s' object has no attribute 'result'", Py_TYPE(self)->tp_name);
    }
    template <PyRef PyCore::*Member> static PyObject *getReference(PyObject *self, void *)
    {
        PyObject *referred = (coreOf(self).*Member).data();
        return Py_NewRef(referred ? referred : Py_None);
    }

    template <typename Set> static int setTruth(PyObject *value, Set set)
    {
        const int truth = value ? PyObject_IsTrue(value) : 0;
        if (truth >= 0)
            set(truth == 1);
        return truth < 0 ? -1 : 0;
    }
    static int setCalled(PyObject *self, PyObject *value, void *)
    {
        return setTruth(value, [self](bool isCalled) {
            coreOf(self).m_called = isCalled;
            coreOf(self).tellOfFiring();
        });
    }
    static int setRunning(PyObject *self, PyObject *value, void *)
    {
        return setTruth(value, [self](bool isRunning) { coreOf(self).m_running = isRunning; });
    }
    static int setSuppress(PyObject *self, PyObject *value, void *)
    {
        return setTruth(value, [self](bool swallows) { coreOf(self).m_swallowOne = swallows; });
    }
    static int setPaused(PyObject *self, PyObject *value, void *)
    {
        const long count = value ? PyLong_AsLong(value) : 0;
        if (count == -1 && PyErr_Occurred())
            return -1;
        coreOf(self).m_paused = static_cast<qint32>(count);
        return 0;
    }
    static int setResult(PyObject *self, PyObject *value, void *)
    {
        if (!value && !coreOf(self).m_hasResult) {
            noResult(self);
            return -1;
        }
        coreOf(self).setResult(value);
        return 0;
    }
    static int setCallbacks(PyObject *self, PyObject *value, void *)
    {
        if (!value || !PyList_Check(value)) {
            PyErr_SetString(PyExc_TypeError, "Deferred.callbacks is a list");
            return -1;
        }
        coreOf(self).setCallbacks(value);
        return 0;
    }
    template <PyRef PyCore::*Member> static int setReference(PyObject *self, PyObject *value, void *name)
    {
        // What showState() has put there must not keep alive what is here no more.
        PyObject *attributes = reinterpret_cast<PyDeferred *>(self)->attributes;
        if (attributes && PyDict_GetItemString(attributes, static_cast<const char *>(name))
            && PyDict_DelItemString(attributes, static_cast<const char *>(name)) < 0)
            return -1;
        coreOf(self).*Member = PyRef::share(value == Py_None ? nullptr : value);
        return 0;
    }

    /// `__dict__`. It has what Twisted's own class keeps there, as it is now, beside what the program has put there.
    static PyObject *getDict(PyObject *self, void *context)
    {
        PyRef dict = PyRef::steal(PyObject_GenericGetDict(self, context));
        return dict && showState(self, dict.data()) ? dict.take() : nullptr;
    }

    static bool showState(PyObject *self, PyObject *dict)
    {
        const PyCore &core = coreOf(self);
        const std::pair<const char *, bool> state[] = {{"callbacks", true},
                                                       {"_canceller", true},
                                                       {"called", core.m_called},
                                                       {"result", core.m_hasResult},
                                                       {"_chainedTo", core.m_called || core.m_chainedTo},
                                                       {"_runningCallbacks", core.m_linksTaken > 0},
                                                       {"paused", core.m_paused != 0},
                                                       {"_debugInfo", bool(core.m_debugInfo)},
                                                       {"_suppressAlreadyCalled", core.m_swallowOne}};
        PyRef others;
        if (!PyDict_GetItemString(dict, "callbacks")) { // for the first time: it comes first
            others = PyRef::steal(PyDict_Copy(dict));
            if (!others)
                return false;
            PyDict_Clear(dict);
        }
        for (const auto &[name, isShown] : state) {
            const PyRef value = isShown ? PyRef::steal(PyObject_GetAttrString(self, name)) : PyRef();
            if (isShown ? !value || PyDict_SetItemString(dict, name, value.data()) < 0
                        : PyDict_GetItemString(dict, name) && PyDict_DelItemString(dict, name) < 0)
                return false;
        }
        return !others || PyDict_Update(dict, others.data()) == 0;
    }

    static bool addFunctions(PyTypeObject *type);
    static PyGetSetDef attributes[];
};

PyGetSetDef DeferredMembers::attributes[] = {
    {"called", getCalled, setCalled, nullptr, nullptr},
    {"paused", getPaused, setPaused, nullptr, nullptr},
    {"result", getResult, setResult, nullptr, nullptr},
    {"callbacks", getCallbacks, setCallbacks, nullptr, nullptr},
    {"_runningCallbacks", getRunning, setRunning, nullptr, nullptr},
    {"_suppressAlreadyCalled", getSuppress, setSuppress, nullptr, nullptr},
    {"_canceller", getReference<&PyCore::m_canceller>, setReference<&PyCore::m_canceller>, nullptr, const_cast<char *>("_canceller")},
    {"_debugInfo", getReference<&PyCore::m_debugInfo>, setReference<&PyCore::m_debugInfo>, nullptr, const_cast<char *>("_debugInfo")},
    {"_chainedTo", getReference<&PyCore::m_chainedTo>, setReference<&PyCore::m_chainedTo>, nullptr, const_cast<char *>("_chainedTo")},
    {"__dict__", getDict, PyObject_GenericSetDict, nullptr, nullptr},
    {nullptr, nullptr, nullptr, nullptr, nullptr}};

namespace {

int initialize(PyObject *self, PyObject *arguments, PyObject *keywords)
{
    const bool isPlainCall = !keywords && PyTuple_GET_SIZE(arguments) <= 1;
    if (isPlainCall && !isDebugging(self))
        return DeferredMembers::begin(self, PyTuple_GET_SIZE(arguments) ? PyTuple_GET_ITEM(arguments, 0) : Py_None);
    PyObject *function = PyDict_GetItemString(twisted.original, "__init__");
    const PyRef bound = PyRef::steal(PyMethod_New(function, self));
    const PyRef done = bound ? PyRef::steal(PyObject_Call(bound.data(), arguments, keywords)) : PyRef();
    if (done)
        if (Recorder *recorder = Recorder::current())
            recorder->idOf(coreOf(self));
    return done ? 0 : -1;
}

/// The class called by itself; a derived one comes by __new__ and __init__.
PyObject *makeByCall(PyObject *callable, PyObject *const *arguments, size_t flags, PyObject *keywords)
{
    auto *type = reinterpret_cast<PyTypeObject *>(callable);
    const Py_ssize_t count = PyVectorcall_NARGS(flags);
    PyObject *self = make(type, nullptr, nullptr);
    if (!self)
        return nullptr;
    if (count <= 1 && !keywords && !isDebugging(self)) {
        DeferredMembers::begin(self, count ? arguments[0] : Py_None);
        return self;
    }
    const PyRef owned = PyRef::steal(self);
    const PyRef made = PyRef::steal(DeferredMembers::original("__init__", self, arguments, count, keywords));
    if (!made)
        return nullptr;
    if (Recorder *recorder = Recorder::current())
        recorder->idOf(coreOf(self));
    return Py_NewRef(self);
}

} // namespace

bool DeferredMembers::addFunctions(PyTypeObject *type)
{
    static constexpr std::pair<const char *, Function> Functions[] = {
        {"addCallbacks", addCallbacks},
        {"addCallback", addCallback},
        {"addErrback", addErrback},
        {"addBoth", addBoth},
        {"callback", callback},
        {"errback", errback},
        {"pause", pause},
        {"unpause", unpause},
        {"cancel", cancel},
        {"_startRunCallbacks", startRunCallbacks},
        {"_runCallbacks", runCallbacks},
        {"_continuation", continuation},
    };
    for (const auto &[name, function] : Functions) {
        const PyRef made = PyRef::steal(makeFunction(name, function));
        if (!made || PyObject_SetAttrString(reinterpret_cast<PyObject *>(type), name, made.data()) < 0)
            return false;
    }
    return true;
}

bool makeDeferredType(PyObject *module)
{
    static PyMethodDef methods[] = {
        {"__class_getitem__", Py_GenericAlias, METH_O | METH_CLASS, nullptr},
        {nullptr, nullptr, 0, nullptr}};
    static PyMemberDef members[] = {
        {"__weaklistoffset__", T_PYSSIZET, offsetof(PyDeferred, weakReferences), READONLY, nullptr},
        {"__dictoffset__", T_PYSSIZET, offsetof(PyDeferred, attributes), READONLY, nullptr},
        {nullptr, 0, 0, 0, nullptr}};
    static PyType_Slot slots[] = {
        {Py_tp_new, reinterpret_cast<void *>(make)},
        {Py_tp_init, reinterpret_cast<void *>(initialize)},
        {Py_tp_dealloc, reinterpret_cast<void *>(destroy)},
        {Py_tp_traverse, reinterpret_cast<void *>(traverse)},
        {Py_tp_clear, reinterpret_cast<void *>(clear)},
        {Py_tp_methods, methods},
        {Py_tp_members, members},
        {Py_tp_getset, DeferredMembers::attributes},
        {0, nullptr}};
    static PyType_Spec spec = {"twisted.internet.defer.Deferred", sizeof(PyDeferred), 0,
                               Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE | Py_TPFLAGS_HAVE_GC, slots};
    if (!deferredType) {
        deferredType = reinterpret_cast<PyTypeObject *>(PyType_FromModuleAndSpec(module, &spec, nullptr));
        if (!deferredType || !makeFunctionType() || !DeferredMembers::addFunctions(deferredType))
            return false;
        deferredType->tp_vectorcall = makeByCall;
        deferredType->tp_name = "Deferred"; // as in the errors of Python's that name it
    }
    return PyModule_AddObjectRef(module, "Deferred", reinterpret_cast<PyObject *>(deferredType)) == 0;
}

} // namespace deferscope::python
