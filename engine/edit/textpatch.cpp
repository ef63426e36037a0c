// SPDX-License-Identifier: MIT
#include "textpatch.h"

#include <algorithm>

namespace deferscope::edit {

namespace {

/// How many units the first \a characters of \a text have: those beyond the basic plane have two.
qsizetype unitsOf(QStringView text, int characters)
{
    qsizetype units = 0;
    for (; characters > 0 && units < text.size(); --characters)
        units += text.at(units).isHighSurrogate() && units + 1 < text.size() ? 2 : 1;
    return units;
}

} // namespace

TextPatch::TextPatch(const QString &text)
    : m_text(text)
    , m_lines{0}
{
    for (qsizetype at = text.indexOf(u'\n'); at >= 0; at = text.indexOf(u'\n', at + 1))
        m_lines.append(at + 1);
}

qsizetype TextPatch::startOf(int line) const
{
    return line > lineCount() ? m_text.size() : m_lines.at(std::max(0, line - 1));
}

QString TextPatch::line(int line) const
{
    const qsizetype begin = startOf(line);
    const qsizetype end = m_text.indexOf(u'\n', begin);
    return m_text.sliced(begin, (end < 0 ? m_text.size() : end) - begin);
}

qsizetype TextPatch::offset(const syntax::Position &position) const
{
    return startOf(position.line) + unitsOf(line(position.line), position.column - 1);
}

QString TextPatch::cut(const syntax::Range &range) const
{
    const qsizetype begin = offset(range.begin);
    return m_text.sliced(begin, offset(range.end) - begin);
}

void TextPatch::replace(const syntax::Range &range, const QString &with)
{
    m_replacements.append({offset(range.begin), offset(range.end), with});
}

void TextPatch::insert(const syntax::Position &position, const QString &text)
{
    const qsizetype at = offset(position);
    m_replacements.append({at, at, text});
}

void TextPatch::insertLines(int before, const QStringList &lines)
{
    if (lines.isEmpty())
        return;
    const qsizetype at = startOf(before);
    const bool isBehindOpenLine = at == m_text.size() && !m_text.isEmpty() && !m_text.endsWith(u'\n');
    const QString text = lines.join(u'\n');
    m_replacements.append({at, at, isBehindOpenLine ? u'\n' + text : text + u'\n'});
}

void TextPatch::removeLines(int first, int last)
{
    m_replacements.append({startOf(first), startOf(last + 1), {}});
}

QString TextPatch::result() const
{
    QList<Replacement> ordered = m_replacements;
    // What is inserted where something is removed comes first: it was asked for in front of that.
    std::stable_sort(ordered.begin(), ordered.end(), [](const Replacement &a, const Replacement &b) {
        return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
    });
    QString text;
    qsizetype at = 0;
    for (const Replacement &replacement : std::as_const(ordered)) {
        text += QStringView(m_text).sliced(at, replacement.begin - at);
        text += replacement.with;
        at = replacement.end;
    }
    text += QStringView(m_text).sliced(at);
    return text;
}

} // namespace deferscope::edit
