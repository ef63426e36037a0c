// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/trace/trace.h"

#include <QRandomGenerator>

#include <array>

namespace deferscope::test {

/// What a crawler leaves: pages that are fetched side by side, each by some Deferreds that wait for one
/// another, with a timeout, results of its own, and lines of a log. A hundred events a page.
class CrawlTrace
{
public:
    explicit CrawlTrace(EventIndex events)
    {
        trace.beginTurn(0);
        while (trace.size() < events)
            stepAnyPage();
    }

    Trace trace;

private:
    static constexpr int PagesAtOnce = 16;
    static constexpr int Parts = 12; ///< of a page

    struct Page
    {
        int part = 0;
        DeferredId outer;
        DeferredId inner;
        quint32 timer = 0;
        int number = 0;
    };

    void stepAnyPage()
    {
        trace.beginTurn(trace.timeOf(trace.size()) + 0.0001 + m_random.generateDouble() / 1000);
        trace.append({.kind = EventKind::Turn});
        Page &page = m_pages[m_random.bounded(quint32(PagesAtOnce))];
        if (page.part == 0)
            begin(page);
        else if (page.part % 4 == 3)
            log(page);
        else
            passOn(page);
        page.part = (page.part + 1) % Parts;
        if (page.part == 0)
            end(page);
    }

    SiteId site(int line)
    {
        return trace.intern(
            Site{QStringLiteral("/usr/lib/python3/dist-packages/scrapy/core/engine%1.py").arg(line % 9),
                 line,
                 9,
                 QStringLiteral("_next_%1").arg(line % 31),
                 {},
                 line,
                 40});
    }
    DeferredId make(int line)
    {
        trace.append({.kind = EventKind::New,
                      .deferred = {++m_deferreds},
                      .link = 0,
                      .payload = trace.intern(QStringLiteral("Deferred")),
                      .site = site(line)});
        return {m_deferreds};
    }
    void add(DeferredId deferred, qint32 number, int line)
    {
        const LinkInfo link{LinkPurpose::User,
                            true,
                            line % 2 == 0,
                            false,
                            Label{QStringLiteral("parse_%1").arg(line), trace.site(site(line + 1))},
                            {}};
        trace.append({.kind = EventKind::Add,
                      .deferred = deferred,
                      .link = number,
                      .payload = trace.intern(link),
                      .site = site(line)});
    }
    ValueId value(const QString &text, const QString &type)
    {
        return trace.intern(ValueText{ValueText::Kind::Value, text, type, {}, 0});
    }
    void side(EventKind kind, DeferredId deferred, qint32 link, ValueId value, int line)
    {
        trace.append(
            {.kind = kind, .deferred = deferred, .link = link, .payload = value, .site = site(line)});
    }
    /// A Deferred with links that fires at once, and goes.
    void shortLife(int line, ValueId value, bool isWaited)
    {
        const DeferredId deferred = make(line);
        add(deferred, 0, line + 1);
        side(EventKind::Fire, deferred, -1, value, line + 2);
        side(EventKind::Run, deferred, 0, value, line + 2);
        side(EventKind::Ret, deferred, 0, isWaited ? value : Trace::noneValue(), line + 2);
        trace.append({.kind = EventKind::Destroyed, .deferred = deferred, .site = site(line + 3)});
    }

    void begin(Page &page)
    {
        page.number = ++m_pageCount;
        page.outer = make(10);
        for (qint32 link = 0; link < 4; ++link)
            add(page.outer, link, 20 + 2 * link);
        page.inner = make(30);
        add(page.inner, 0, 32);
        const double now = trace.timeOf(trace.size());
        page.timer = trace.appendTimer(
            {quint32(page.number), now + 180, {QStringLiteral("timedOut"), {}}, page.inner});
        trace.append(
            {.kind = EventKind::Timer, .deferred = page.inner, .payload = page.timer, .site = site(40)});
        side(EventKind::Fire, page.outer, -1, Trace::noneValue(), 42);
        side(EventKind::Run, page.outer, 0, Trace::noneValue(), 42);
        const ValueId returned = trace.intern(
            ValueText{ValueText::Kind::Deferred, QStringLiteral("<Deferred #%1>").arg(page.inner.value),
                      QStringLiteral("Deferred"), page.inner, 0});
        side(EventKind::Ret, page.outer, 0, returned, 42);
        trace.append({.kind = EventKind::Wait,
                      .deferred = page.outer,
                      .other = page.inner,
                      .link = 0,
                      .payload = trace.appendHandOver(returned, 1),
                      .site = site(42)});
    }
    void passOn(Page &page)
    {
        const ValueId url
            = value(QStringLiteral("'http://127.0.0.1:8998/page/%1?q=%2'").arg(page.number).arg(page.part),
                    QStringLiteral("str"));
        shortLife(60 + 6 * page.part, url, true);
        shortLife(200, Trace::smallInt(200 + page.number % 7), false);
    }
    void log(Page &page)
    {
        trace.append(
            {.kind = EventKind::Print,
             .stream = Stream::Err,
             .payload = trace.intern(QStringLiteral("2026-11-26 10:00:%1 [scrapy.core.engine] DEBUG: Crawled "
                                                    "(200) <GET http://127.0.0.1:8998/page/%2>\n")
                                         .arg(page.part)
                                         .arg(page.number)),
             .site = site(90)});
    }
    void end(Page &page)
    {
        const ValueId response = value(QStringLiteral("<HtmlResponse>"), QStringLiteral("HtmlResponse"));
        trace.append({.kind = EventKind::Untimer, .payload = page.timer, .site = site(99)});
        side(EventKind::Fire, page.inner, -1, response, 100);
        side(EventKind::Run, page.inner, 0, response, 100);
        side(EventKind::Ret, page.inner, 0, response, 100);
        trace.append({.kind = EventKind::Resume,
                      .deferred = page.outer,
                      .other = page.inner,
                      .link = 0,
                      .payload = trace.appendHandOver(response, 1),
                      .site = site(100)});
        for (qint32 link = 1; link < 4; ++link) {
            side(EventKind::Run, page.outer, link, response, 100);
            side(EventKind::Ret, page.outer, link, response, 100);
        }
        for (const DeferredId gone : {page.outer, page.inner})
            trace.append({.kind = EventKind::Destroyed, .deferred = gone, .site = site(101)});
    }

    QRandomGenerator m_random{1};
    std::array<Page, PagesAtOnce> m_pages;
    quint32 m_deferreds = 0;
    int m_pageCount = 0;
};

} // namespace deferscope::test
