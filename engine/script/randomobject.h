// SPDX-License-Identifier: MIT
#pragma once

#include "engine/script/objects.h"

namespace deferscope::script {

/// Python's random.Random: the same numbers for the same seed. Without one the seed is always the same, so
/// that every run of a script prints the same.
class RandomObject final : public ScriptObject
{
public:
    static constexpr ScriptKind Type = ScriptKind::Random;
    explicit RandomObject(Heap &heap);

    QString typeName() const override { return QStringLiteral("Random"); }
    QString repr() const override { return QStringLiteral("<random.Random object at %1>").arg(address()); }
    qint64 size() const override { return 64 + qint64(sizeof m_state); }

    void seed(const std::vector<quint32> &key);
    double unit();           ///< in [0, 1)
    quint64 bits(int count); ///< 1 to 64
    quint64 below(quint64 limit);

    std::optional<double> nextGauss; ///< gauss() makes two numbers at a time

private:
    static constexpr size_t Size = 624;

    quint32 word();

    std::array<quint32, Size> m_state{};
    size_t m_next = Size;
};

} // namespace deferscope::script
