// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/replay/snapshot.h"
#include "ui/layout/plan.h"

#include <QPainterPath>

#include <optional>

namespace deferscope::ui {

/// How a box of a row looks, which is what has become of it.
enum class BoxLook : quint8 {
    Ahead,     ///< not reached
    Running,   ///< called, and has not returned
    Ran,       ///< returned, on the same rail
    Raised,    ///< ended with a failure: notched towards the errback rail
    Recovered, ///< an errback that ended with a value: notched towards the callback rail
    Skipped,   ///< the other side of the pair was taken
    Ghost,     ///< nobody stands here; a result would pass by
    Passed     ///< nobody stands here, and the result has passed by
};

/// Which rails a row takes up.
enum class RowShape : quint8 {
    Pair,     ///< a box on each rail
    Both,     ///< one function on both rails: addBoth()
    HandOver, ///< gives the result to the Deferred that waits
    Await,    ///< a place of a coroutine's body, above its links
    Machinery ///< what Twisted adds: a list's entry, a timeout's
};

struct BoxLayout
{
    QRectF frame;
    QString text;
    QPointF textAt; ///< its left end, at half its height
    BoxLook look = BoxLook::Ahead;
    Side side = Side::Callback; ///< which rail's colour it has

    friend bool operator==(const BoxLayout &, const BoxLayout &) = default;
};

/// A small text in a place that was measured for it.
struct NoteLayout
{
    QRectF frame;
    QString text;

    friend bool operator==(const NoteLayout &, const NoteLayout &) = default;
};

struct RowLayout
{
    int link = -1;
    RowShape shape = RowShape::Pair;
    LinkPurpose purpose = LinkPurpose::User;
    QList<BoxLayout> boxes; ///< of a Pair callback and errback; otherwise one on both rails
    DeferredId serves;      ///< HandOver and Machinery: whom it gives the result; Await: who gives its own
    NoteLayout tag;         ///< "will receive None"; empty for most
    QString toolTip;
    QRectF changed; ///< what of it the event of this step changed; empty when nothing
    bool isGone = false;

    QRectF frame() const;
    friend bool operator==(const RowLayout &, const RowLayout &) = default;
};

/// A stretch of rail that the result has travelled.
struct TrackLayout
{
    QPointF from;
    QPointF to;
    Side fromSide = Side::Callback;
    Side toSide = Side::Callback; ///< another than fromSide: it changed rails here

    friend bool operator==(const TrackLayout &, const TrackLayout &) = default;
};

enum class BadgeLook : quint8 { Plain, Running, Waiting, Failure, Trouble };

struct BadgeLayout
{
    QRectF frame;
    QString text;
    BadgeLook look = BadgeLook::Plain;

    friend bool operator==(const BadgeLayout &, const BadgeLayout &) = default;
};

/// The one current result of a chain.
struct TokenLayout
{
    DeferredId chain;
    QRectF frame;
    QString text;
    QString toolTip;
    ValueText::Kind kind = ValueText::Kind::Value;
    bool isLeftBehind = false; ///< the None that a hand-over leaves
    bool isChanged = false;    ///< by the event of this step
    bool isGone = false;

    friend bool operator==(const TokenLayout &, const TokenLayout &) = default;
};

struct ChainLayout
{
    DeferredId id;
    QRectF frame;
    QRectF header;
    QString name;   ///< `delayed`; the class when the program gave it no name
    QString number; ///< `#1`
    bool isNamed = true;
    NoteLayout annotation;   ///< above the header: who fired it, and when
    bool isTimed = false;    ///< the annotation tells a time
    bool isExpected = false; ///< … which is still to come
    QList<BadgeLayout> badges;
    qreal callbackRail = 0; ///< x
    qreal errbackRail = 0;
    qreal railTop = 0;    ///< below the header, and below what a coroutine awaits
    qreal railBottom = 0; ///< below the last link that there is at this step
    QList<TrackLayout> tracks;
    QList<RowLayout> awaits; ///< of a coroutine: its body, place by place; `link` counts them
    QList<RowLayout> rows;
    std::optional<TokenLayout> token;
    bool isGone = false;
    bool isChanged = false; ///< its header
    QString description;    ///< all of it in words, for those who do not see it

    friend bool operator==(const ChainLayout &, const ChainLayout &) = default;
};

enum class WireLook : quint8 {
    WaitsFor, ///< double: from who waits to the hand-over it waits for
    Never,    ///< the same, in a circle: it cannot finish
    Feeds,    ///< a list's or chainDeferred()'s entry to whom it serves, still to come
    Moved     ///< dotted: the way that a result took
};

struct WireLayout
{
    WireLook look = WireLook::WaitsFor;
    DeferredId waiter;
    int waiterLink = -1;
    DeferredId inner;
    int entry = -1;
    QPainterPath path; ///< ends at the arrow head
    NoteLayout label;
    bool isChanged = false;

    friend bool operator==(const WireLayout &, const WireLayout &) = default;
};

/// Everything that the railway shows of one step: rectangles, paths, texts and what they mean, in scene
/// coordinates.
///
/// Pure: the same trace, step and metrics give the same layout, so tests compare it and the canvas can diff
/// two layouts to find what moves. A place is the plan's, which knows the whole run; a thing is there once
/// its event has happened.
struct RailwayLayout
{
    EventIndex step = 0;
    QRectF bounds;
    QRectF focus; ///< what the event of this step changed; empty when it changed nothing here
    QList<ChainLayout> chains;
    QList<WireLayout> wires;

    const ChainLayout *find(DeferredId id) const;
    friend bool operator==(const RailwayLayout &, const RailwayLayout &) = default;
};

/// A layout, and the snapshot it was made from.
struct LaidOut
{
    Snapshot snapshot;
    RailwayLayout layout;
};

/// With \a before, made from the same trace, plan and metrics, what has not changed since is taken from
/// there; the layout is the same without.
RailwayLayout layOut(const Trace &trace, const Snapshot &snapshot, const RailwayPlan &plan,
                     const LayoutMetrics &metrics, const LaidOut *before = nullptr);

} // namespace deferscope::ui
