// SPDX-License-Identifier: MIT
#pragma once

#include "engine/syntax/diagnostic.h"

#include <QList>
#include <QString>

namespace deferscope::edit {

/// Replacements in one text, collected in any order and made together. They must not overlap; of two
/// insertions at one place the first asked for comes first.
class TextPatch
{
public:
    explicit TextPatch(const QString &text);

    const QString &original() const { return m_text; }
    qsizetype offset(const syntax::Position &position) const; ///< of a character of the original
    QString cut(const syntax::Range &range) const;
    QString line(int line) const; ///< from 1, without its end; empty beyond the last
    int lineCount() const { return int(m_lines.size()); }

    void replace(const syntax::Range &range, const QString &with);
    void insert(const syntax::Position &position, const QString &text);
    void insertLines(int before,
                     const QStringList &lines); ///< above line \a before; beyond the last: at the end
    void removeLines(int first, int last);      ///< with their ends

    QString result() const;

private:
    struct Replacement
    {
        qsizetype begin;
        qsizetype end;
        QString with;
    };

    qsizetype startOf(int line) const;

    QString m_text;
    QList<qsizetype> m_lines; ///< where each begins
    QList<Replacement> m_replacements;
};

} // namespace deferscope::edit
