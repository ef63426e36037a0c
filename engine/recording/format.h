// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArrayView>

namespace deferscope {

/// What every chunk of a recording begins with, and so every recording. See README.md beside this file.
inline constexpr char RecordingMagic[] = "\x89"
                                         "dscope\n";
inline constexpr qsizetype RecordingMagicSize = 8; ///< bytes

/// Whether what begins so is a recording.
inline bool hasRecordingMagic(QByteArrayView beginning)
{
    return beginning.startsWith(QByteArrayView(RecordingMagic, RecordingMagicSize));
}

namespace recording {

/// What a chunk is about. A reader passes over kinds that it does not know.
enum class ChunkKind : quint8 {
    Start = 1,  ///< what is recorded; the first chunk
    Events = 2, ///< events, and what the tables and notes have gained
    End = 3,    ///< nothing follows
};

/// Parts of a body. A reader passes over those that it does not know.
enum class Section : quint8 {
    Names = 1,     ///< texts that other parts of this chunk refer to
    Places = 2,    ///< places that other parts of this chunk refer to
    Texts = 3,     ///< new entries of the table of texts
    Sites = 4,     ///< … of places
    Values = 5,    ///< … of values
    Links = 6,     ///< … of links
    Timers = 7,    ///< … of timers
    HandOvers = 8, ///< … of hand-overs
    Turns = 9,
    Notes = 10,
    Meta = 11,   ///< Start: the JSON object
    Shapes = 16, ///< of each event: kind, stream, side
    Deferreds = 17,
    Others = 18,
    LinkNumbers = 19,
    Payloads = 20,
    EventSites = 21,
};
inline constexpr int SectionCount = 32; ///< ids from this on are unknown

/// Parts of an index. A reader passes over those that it does not know.
enum class IndexPart : quint8 {
    Steps = 1,   ///< the first event's number in the recording, and how many events
    Times = 2,   ///< seconds, at the beginning and at the end
    Bases = 3,   ///< how many Deferreds and entries of each table there were before
    Touched = 4, ///< the Deferreds that the events speak of, in blocks of 64
};
inline constexpr int IndexPartCount = 8; ///< ids from this on are unknown

// What a chunk may hold at most. A reader takes more for damage.
inline constexpr quint32 MaximumIndex = 1 << 20;     ///< bytes
inline constexpr quint32 MaximumBody = 1 << 24;      ///< bytes, unpacked
inline constexpr qsizetype MaximumEntries = 1 << 16; ///< of each section

// Longer ones are cut by the writer, and a longer note is not written.
inline constexpr qsizetype MaximumText = 1 << 20; ///< characters of an output or a value
inline constexpr qsizetype MaximumName = 1 << 12; ///< characters of any other text
inline constexpr qsizetype MaximumNote = 1 << 20; ///< bytes

} // namespace recording

} // namespace deferscope
