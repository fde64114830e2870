"""The sample portals: small sites with real HTTP behaviour that the demo and the tests crawl on loopback."""
