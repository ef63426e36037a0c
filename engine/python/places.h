// SPDX-License-Identifier: MIT
#pragma once

#include "engine/python/pyref.h"
#include "engine/recording/recordingwriter.h"
#include "engine/value/site.h"

#include <memory>
#include <unordered_map>
#include <vector>

namespace deferscope::python {

/// Where a Python program is: the innermost frame that is not Twisted's own. A place is looked up once for each
/// instruction of a code object.
class Places
{
public:
    explicit Places(RecordingWriter &writer)
        : m_writer(writer)
    {
    }

    SiteId here();                                          ///< of the running program; 0: nowhere that counts
    SiteId at(PyCodeObject *code, int instruction);         ///< \a instruction: in bytes
    SiteId definitionOf(PyCodeObject *code);                ///< its first line; 0: of Twisted's own
    Site definitionSiteOf(PyCodeObject *code);              ///< the same, as a place
    SiteId innermostOf(PyObject *traceback);                ///< where an exception came from
    bool isMachinery(PyCodeObject *code) { return infoOf(code).isMachinery; } ///< Twisted's own, or this package's

    static void setMachinery(PyObject *prefixes, PyObject *placeOf); ///< a tuple of paths; a function of the package

private:
    struct CodeInfo
    {
        PyRef code; ///< so that its address stays its own
        bool isMachinery = false;
        SiteId definition = 0;
        std::vector<SiteId> sites; ///< by instruction; Unknown where nobody has asked
    };
    static constexpr SiteId Unknown = ~SiteId(0);

    CodeInfo &infoOf(PyCodeObject *code);
    static Site lookUp(PyCodeObject *code, int instruction);

    RecordingWriter &m_writer;
    std::unordered_map<PyCodeObject *, std::unique_ptr<CodeInfo>> m_codes;
    PyCodeObject *m_lastCode = nullptr; ///< of two calls at the same place, one look-up
    CodeInfo *m_lastInfo = nullptr;
};

} // namespace deferscope::python
