"""The crawler's manners and the order of its components, as Scrapy reads them; no logic lives here."""

import os
from importlib.metadata import version

BOT_NAME = "gongwen"

# Who is asking. GONGWEN_CONTACT is a mail address or page where a site's keeper reaches whoever runs this crawl.
GONGWEN_CONTACT = " ".join(os.environ.get("GONGWEN_CONTACT", "").split())
USER_AGENT = (
    f"Gongwen/{version('gongwen')} ({f'+{GONGWEN_CONTACT}' if GONGWEN_CONTACT else 'no contact configured'})"
)
ROBOTSTXT_USER_AGENT = "Gongwen"

# Where things are. `gongwen crawl` sets these from its options.
GONGWEN_DB = os.environ.get("GONGWEN_DB", "gongwen.db")
GONGWEN_PORTALS = os.environ.get("GONGWEN_PORTALS", "")  # folder of portal files; "" is the packaged one
GONGWEN_ALLOW_PRIVATE = os.environ.get("GONGWEN_ALLOW_PRIVATE", "").split(",")
GONGWEN_LIMIT = 0  # new articles a portal and run; 0 is no limit

# Understanding pages happens in worker processes.
GONGWEN_WORKERS = 0  # 0: one a core, four at most
GONGWEN_DEADLINE = 10.0  # seconds a page may take before its worker is replaced
GONGWEN_WORKER_MEMORY = 2048  # MiB of address space a worker may take
GONGWEN_WORKER_PAGES = 500  # pages until a worker is replaced by a fresh one

# Every portal file is a spider.
SPIDER_LOADER_CLASS = "crawler.spiders.loader.PortalSpiders"
SPIDER_MODULES = ["crawler.spiders"]
ITEM_PIPELINES = {"crawler.keep.Keep": 300}
LOG_FORMATTER = "crawler.logs.QuietFormatter"
LOG_LEVEL = "INFO"

# Manners: one request at a time to a host, a second apart at least, slower where the site is slow.
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS = 4  # a portal's hosts; few, so that a stop waits for few
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
DOWNLOAD_DELAY_JITTER = 0  # jitter would also shorten the delay
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0
COOKIES_ENABLED = False
REFERRER_POLICY = "no-referrer"
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9,en;q=0.3",
}

# Bounds: of a reply, of waiting, of wandering.
DOWNLOAD_MAXSIZE = 8 * 1024 * 1024  # bytes, also after decompression
DOWNLOAD_WARNSIZE = 4 * 1024 * 1024
DOWNLOAD_TIMEOUT = 30  # seconds for the whole reply
DOWNLOAD_FAIL_ON_DATALOSS = True
DNS_TIMEOUT = 10
REDIRECT_MAX_TIMES = 8
METAREFRESH_MAXDELAY = 5
RETRY_TIMES = 2
RETRY_GIVE_UP_LOG_LEVEL = "INFO"  # the report says it
# 429 and 503 say "not now" and are not asked again in the same run; 4xx are answers.
RETRY_HTTP_CODES = [408, 500, 502, 504, 522, 524]
DEPTH_LIMIT = 80  # lists behind lists, then the pages of an article
CLOSESPIDER_PAGECOUNT = 5000  # replies a portal and run
SCRAPER_SLOT_MAX_ACTIVE_SIZE = (
    2 * 1024 * 1024
)  # bytes of pages waiting to be understood; then fetching pauses
MEMUSAGE_LIMIT_MB = 2048
URLLENGTH_LIMIT = 2000

# Doors: only http and https, only to public addresses, nobody listening, nothing borrowed from the environment.
DOWNLOAD_HANDLERS = {
    "http": "crawler.network.PublicHandler",
    "https": "crawler.network.PublicHandler",
    "file": None,
    "data": None,
    "ftp": None,
    "s3": None,
}
TWISTED_DNS_RESOLVER = "crawler.network.PublicResolver"
DOWNLOAD_VERIFY_CERTIFICATES = True  # a portal with a broken chain says so in its file
HTTPPROXY_ENABLED = False  # through a proxy the address could not be checked
REMOTE_CONTROL_ENABLED = False
TELNETCONSOLE_ENABLED = False
DOWNLOADER_MIDDLEWARES = {
    "crawler.patience.Patience": 40,
    # Scrapy's drops a redirect that leaves the site without telling anyone; ours raises, so that it is counted.
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    "crawler.onsite.OnSite": 50,
    # Scrapy's lets everything pass while robots.txt answers 500; ours obeys RFC 9309 and Crawl-delay.
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawler.robots.Robots": 100,
}
JOBDIR = None  # it loses what is pending when the process is killed (docs/operations.md)

FEED_EXPORT_ENCODING = "utf-8"
