// SPDX-License-Identifier: MIT
#include "text.h"

#include <QList>

#include <algorithm>

namespace deferscope::script::text {

namespace {

bool hasPairs(const QString &text)
{
    return std::any_of(text.cbegin(), text.cend(), [](QChar unit) { return unit.isHighSurrogate(); });
}

} // namespace

qsizetype length(const QString &text)
{
    return text.size()
        - std::count_if(text.cbegin(), text.cend(), [](QChar unit) { return unit.isHighSurrogate(); });
}

QString at(const QString &text, qsizetype index)
{
    if (!hasPairs(text))
        return text.at(index);
    const char32_t character = text.toUcs4().at(index);
    return QString::fromUcs4(&character, 1);
}

QString slice(const QString &text, qsizetype first, qsizetype step, qsizetype count)
{
    if (!hasPairs(text)) {
        if (step == 1)
            return text.mid(first, count);
        QString result;
        for (qsizetype i = 0; i < count; ++i)
            result += text.at(first + i * step);
        return result;
    }
    const auto characters = text.toUcs4();
    QString result;
    for (qsizetype i = 0; i < count; ++i) {
        const char32_t character = characters.at(first + i * step);
        result += QString::fromUcs4(&character, 1);
    }
    return result;
}

qsizetype toUnits(const QString &text, qsizetype characters)
{
    if (!hasPairs(text))
        return characters;
    qsizetype units = 0;
    while (characters-- > 0 && units < text.size())
        units += text.at(units).isHighSurrogate() ? 2 : 1;
    return units;
}

qsizetype toCharacters(const QString &text, qsizetype units)
{
    return units < 0 ? units : length(text.first(units));
}

} // namespace deferscope::script::text
