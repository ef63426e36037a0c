// SPDX-License-Identifier: MIT
#pragma once

#include "parser_p.h"

namespace deferscope::syntax {

/// Takes an f-string apart. Refuses as Python 3.11 does, so without nested quotes of the same kind,
/// backslashes and comments in its fields.
class FormattedReader
{
public:
    /// The literal begins at \a position, which is the offset \a offset.
    FormattedReader(const Parser &parser, const StringBody &body, Position position, qsizetype offset);

    QList<FormattedString::Piece> read();

private:
    QList<FormattedString::Piece> pieces(int depth);
    std::shared_ptr<const FormattedString::Field> field(int depth);
    QStringView escape();
    void skipExpression();
    bool skipQuoted();
    void close(QChar bracket, QList<QChar> &open);
    bool endsExpression() const;
    void expectMore() const;

    QChar peek(qsizetype ahead = 0) const { return m_at + ahead < m_end ? m_text.at(m_at + ahead) : QChar(); }
    bool atEnd() const { return m_at >= m_end; }
    Position positionOf(qsizetype offset);

    const Parser &m_parser;
    QStringView m_text;
    StringBody m_body;
    qsizetype m_at;
    qsizetype m_end;
    Position m_position; ///< of the offset m_counted
    qsizetype m_counted;
};

} // namespace deferscope::syntax
