# SPDX-License-Identifier: GPL-3.0-or-later
"""A Scrapy crawl of that site: `spider.py WAY PORT RECORDING` prints as JSON what came out, and the CPU time of it."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "proofs"))

import ways  # noqa: E402

if __name__ == "__main__":
    ways.enter(sys.argv[1], sys.argv[3])

import scrapy  # noqa: E402
from scrapy.crawler import CrawlerProcess  # noqa: E402
from twisted.internet import defer  # noqa: E402

items: list[str] = []


class Collecting:
    """A pipeline: one item in three is taken later."""

    def process_item(self, item, spider):
        if item["number"] % 3:
            return self.take(item)
        later = defer.Deferred()
        later.addCallback(self.take)
        from twisted.internet import reactor

        reactor.callLater(0, later.callback, item)
        return later

    def take(self, item):
        items.append(json.dumps(item, sort_keys=True))
        return item


class Pages(scrapy.Spider):
    name = "pages"
    handle_httpstatus_list = [404]
    custom_settings = {"ITEM_PIPELINES": {Collecting: 1}}

    async def parse(self, response):
        await defer.succeed(None)
        if response.status == 404:
            yield {"number": 0, "missing": response.url.rpartition("/")[2]}
            return
        yield {
            "number": int(response.css("h1::text").get().split()[1]),
            "words": len(response.css("p::text").get("").split()),
            "links": response.css("a::text").getall(),
        }
        for link in response.css("a::attr(href)").getall():
            yield response.follow(link)


def main() -> None:
    process = CrawlerProcess(
        {
            "LOG_LEVEL": "ERROR",
            "CONCURRENT_REQUESTS": 32,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 32,
            "TELNETCONSOLE_ENABLED": False,
        }
    )
    crawler = process.create_crawler(Pages)
    process.crawl(crawler, start_urls=[f"http://127.0.0.1:{sys.argv[2]}/page/0"])
    process.start()
    engine = sys.modules.get("deferscope._engine")
    events = engine.event_count() if engine else 0
    ways.leave()
    cpu = time.process_time()
    stats = crawler.stats.get_stats()
    told = {
        name: stats[name]
        for name in sorted(stats)
        if name in ("item_scraped_count", "response_received_count", "finish_reason") or "status_count" in name
    }
    told["items"] = hashlib.sha256("\n".join(sorted(items)).encode()).hexdigest()
    print(json.dumps({"result": told, "cpu": cpu, "events": events}))


if __name__ == "__main__":
    main()
