// SPDX-License-Identifier: MIT
#pragma once

#include "engine/value/ids.h"
#include "engine/value/object.h"

namespace deferscope {

/// What rooms below the Deferred itself may know of one: that it is a Deferred, and which.
class DeferredObject : public Object
{
public:
    DeferredObject()
        : Object(Kind::Deferred)
    {
    }

    DeferredId id() const { return m_id; } ///< which one; 0 when no sink gives ids

protected:
    void setId(DeferredId id) { m_id = id; } ///< once, when it is made

private:
    DeferredId m_id;
};

} // namespace deferscope
