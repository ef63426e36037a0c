// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/places.h"
#include "engine/python/pyref.h"
#include "engine/recording/recordingwriter.h"

#include <functional>
#include <unordered_map>

namespace deferscope::python {

/// The values of a Python program as a recording tells them.
///
/// Plain numbers and texts become text by themselves, and lists, tuples, dicts and sets of such to a small depth;
/// of everything else the class is told. No `repr`, `str`, `hash` or `==` of a class of the program is called.
class Descriptions
{
public:
    /// Tells which Deferred an object is, which must be one.
    using DeferredNumber = std::function<DeferredId(PyObject *)>;

    Descriptions(RecordingWriter &writer, Places &places, DeferredNumber numberOf, int depth)
        : m_writer(writer)
        , m_places(places)
        , m_numberOf(std::move(numberOf))
        , m_depth(depth)
    {
    }

    ValueId idOf(PyObject *object); ///< describes it, if need be

private:
    ValueText describe(PyObject *object);
    ValueText describeFailure(PyObject *failure);
    QString brief(PyObject *object, int depth);
    QString briefItems(PyObject *object, int depth);
    QString briefDict(PyObject *object, int depth);
    QString briefException(PyObject *exception, int depth);
    ValueId idOfOpaque(PyTypeObject *type);

    RecordingWriter &m_writer;
    Places &m_places;
    DeferredNumber m_numberOf;
    const int m_depth;
    std::unordered_map<PyTypeObject *, std::pair<PyRef, ValueId>> m_opaque; ///< by class, with a weak reference to it
};

} // namespace deferscope::python
