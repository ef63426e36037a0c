// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/places.h"
#include "engine/python/pylinks.h"
#include "engine/recording/recordingwriter.h"

#include <unordered_map>

namespace deferscope::python {

/// The callables that links and timers hold, as a recording tells them: a name, where they were defined, and what
/// Twisted's own are there for.
class Callables
{
public:
    Callables(RecordingWriter &writer, Places &places)
        : m_writer(writer)
        , m_places(places)
    {
    }

    quint32 idOf(const PyLink &link);        ///< of the link's LinkInfo
    Label labelOf(PyObject *callable);       ///< never runs code of the program
    SiteId definitionOf(PyObject *callable); ///< 0: not known, or Twisted's own

    /// The Deferred, a borrowed reference, that a link of Twisted's own serves: whom it fires, or collects for.
    static PyObject *servedBy(const PyLink &link);

private:
    struct Key
    {
        const void *callback;
        const void *errback;
        friend bool operator==(const Key &, const Key &) = default;
    };
    struct Hash
    {
        size_t operator()(const Key &key) const
        {
            return std::hash<const void *>()(key.callback) * 31 + std::hash<const void *>()(key.errback);
        }
    };
    struct Known
    {
        quint32 id = 0;
        PyRef callback; ///< who must be alive, so that the addresses are still theirs
        PyRef errback;
    };

    const Known *find(const Key &key) const;
    LinkInfo describe(const PyLink &link);
    LinkPurpose purposeOf(PyObject *callable);

    RecordingWriter &m_writer;
    Places &m_places;
    std::unordered_map<Key, Known, Hash> m_known;
};

} // namespace deferscope::python
