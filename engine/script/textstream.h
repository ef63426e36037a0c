// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"
#include "engine/trace/eventkind.h"

namespace deferscope::script {

/// sys.stdout and sys.stderr.
class TextStream final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::TextStream;
    TextStream(Heap &heap, Stream writtenStream)
        : ScriptObject(heap, Type)
        , stream(writtenStream)
    {
    }

    QString typeName() const override { return QStringLiteral("TextIOWrapper"); }
    QString repr() const override
    {
        return QStringLiteral("<_io.TextIOWrapper name='<%1>' mode='w' encoding='utf-8'>")
            .arg(stream == Stream::Out ? QStringLiteral("stdout") : QStringLiteral("stderr"));
    }

    const Stream stream;
};

} // namespace deferscope::script
