// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <algorithm>
#include <bit>
#include <limits>

namespace deferscope::recording {

/// Small for numbers that lie close to zero on either side.
constexpr quint64 zigzag(qint64 value) { return (quint64(value) << 1) ^ quint64(value >> 63); }
/// What zigzag() was given.
constexpr qint64 unzigzag(quint64 value) { return qint64(value >> 1) ^ -qint64(value & 1); }

/// Numbers and texts one after the other, as a recording has them: LEB128, 64-bit floats, UTF-8.
class ByteWriter
{
public:
    QByteArrayView bytes() const { return QByteArrayView(m_room).first(m_size); } ///< what was written
    qsizetype size() const { return m_size; }                                     ///< in bytes
    void clear() { m_size = 0; }                                                  ///< keeps the room

    void number(quint64 value)
    {
        char *at = roomFor(LongestNumber);
        char *const begin = at;
        while (value >= 0x80) {
            *at++ = char(value | 0x80);
            value >>= 7;
        }
        *at++ = char(value);
        m_size += at - begin;
    }
    void signedNumber(qint64 value) { number(zigzag(value)); }
    void real(double value)
    {
        const auto bits = std::bit_cast<quint64>(value);
        char *at = roomFor(8);
        for (int shift = 0; shift < 64; shift += 8)
            *at++ = char(bits >> shift);
        m_size += 8;
    }
    void raw(QByteArrayView bytes)
    {
        std::copy(bytes.begin(), bytes.end(), roomFor(bytes.size()));
        m_size += bytes.size();
    }
    /// Bytes with their number in front.
    void block(QByteArrayView bytes)
    {
        number(quint64(bytes.size()));
        raw(bytes);
    }
    void text(const QString &text) { block(text.toUtf8()); }
    /// One part of an index or a body: its id, then a block.
    template <typename Id> void section(Id id, QByteArrayView content)
    {
        number(quint64(id));
        block(content);
    }
    /// \a size bytes to be written behind the others; see wrote().
    char *roomFor(qsizetype size)
    {
        if (m_room.size() - m_size < size)
            m_room.resize(std::max(m_size + size, 2 * m_room.size()));
        return m_room.data() + m_size;
    }
    void wrote(qsizetype size) { m_size += size; } ///< so much of it was used
    char *data() { return m_room.data(); }         ///< to write over what was written

private:
    static constexpr qsizetype LongestNumber = 10;

    QByteArray m_room;
    qsizetype m_size = 0;
};

/// Reads what a ByteWriter wrote, and trusts none of it: past the end everything is 0 or empty, and it has
/// failed.
class ByteReader
{
public:
    explicit ByteReader(QByteArrayView bytes)
        : m_at(bytes.data())
        , m_end(bytes.data() + bytes.size())
    {
    }

    bool hasFailed() const { return m_hasFailed; }  ///< something was wanted that is not there
    bool atEnd() const { return m_at == m_end; }    ///< there is nothing left
    qsizetype left() const { return m_end - m_at; } ///< bytes

    quint64 number()
    {
        if (m_at != m_end && quint8(*m_at) < 0x80) [[likely]]
            return quint8(*m_at++);
        return longNumber();
    }
    qint64 signedNumber() { return unzigzag(number()); }
    /// A number of 32 bits; of a larger one the largest, which is nobody's id.
    quint32 id() { return quint32(std::min<quint64>(number(), std::numeric_limits<quint32>::max())); }
    double real()
    {
        quint64 bits = 0;
        const QByteArrayView bytes = raw(8);
        for (qsizetype i = 0; i < bytes.size(); ++i)
            bits |= quint64(quint8(bytes[i])) << (8 * i);
        return std::bit_cast<double>(bits);
    }
    QByteArrayView raw(quint64 size)
    {
        if (size > quint64(left())) {
            fail();
            return {};
        }
        const QByteArrayView bytes(m_at, qsizetype(size));
        m_at += size;
        return bytes;
    }
    QByteArrayView block() { return raw(number()); }
    QByteArrayView rest() { return raw(quint64(left())); }
    QString text() { return QString::fromUtf8(block()); }
    void fail()
    {
        m_hasFailed = true;
        m_at = m_end;
    }

private:
    quint64 longNumber()
    {
        quint64 value = 0;
        for (int shift = 0; shift < 64 && m_at != m_end; shift += 7) {
            const auto byte = quint8(*m_at++);
            value |= quint64(byte & 0x7f) << shift;
            if (byte < 0x80)
                return value;
        }
        fail();
        return 0;
    }

    const char *m_at;
    const char *m_end;
    bool m_hasFailed = false;
};

} // namespace deferscope::recording
