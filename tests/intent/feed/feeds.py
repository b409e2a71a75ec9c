"""Feeds of one site, in every form, with the same two articles."""

import json

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0"><channel><title>The Navigator</title><link>https://x.org/</link>
<item><title>A ship of two hulls</title><link>https://x.org/ship</link></item>
<item><title>The tree of all trees</title><link>https://x.org/tree</link></item>
</channel></rss>"""
OLD_RSS = """<?xml version="1.0"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN"
  "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="0.91"><channel><title>The Navigator</title>
<item><title>A ship of two hulls</title><link>https://x.org/ship</link></item>
<item><title>The tree of all trees</title><link>https://x.org/tree</link></item>
</channel></rss>"""
RDF = """<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://x.org/"><title>The Navigator</title></channel>
<item rdf:about="https://x.org/ship"><title>A ship of two hulls</title>
<link>https://x.org/ship</link></item>
<item rdf:about="https://x.org/tree"><title>The tree of all trees</title>
<link>https://x.org/tree</link></item>
</rdf:RDF>"""
ATOM = """<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Navigator</title>
<entry><title>A ship of two hulls</title><link href="/ship"/></entry>
<entry><title type="html">The tree of &lt;em&gt;all&lt;/em&gt; trees</title>
<link rel="replies" href="/comments"/><link rel="alternate" href="https://x.org/tree"/></entry>
</feed>"""
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [
            {"id": "1", "title": "A ship of two hulls", "url": "https://x.org/ship"},
            {"id": "2", "title": "The tree of all trees", "url": "/tree"},
        ],
    }
)
SITEMAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc>https://x.org/a-ship-of-two-hulls</loc><image:image>
<image:loc>https://x.org/hulls.png</image:loc></image:image></url>
<url><lastmod>2026-11-01</lastmod><loc> https://x.org/trees/the_tree.html </loc></url>
</urlset>"""
NEWS_SITEMAP = """<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
  xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://x.org/ship</loc><news:news><news:publication><news:name>Navigator</news:name>
</news:publication><news:title>A ship of two hulls</news:title></news:news></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://x.org/old.xml</loc></sitemap>
<sitemap><loc>https://x.org/new.xml.gz</loc></sitemap></sitemapindex>"""
PAGE = """<!doctype html><html><head><title>The Navigator</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body></body></html>"""
