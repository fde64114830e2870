"""Whole crawls over loopback: what is fetched, kept, refused and reported."""

def test_x(crawled):
    for p in crawled.report["portals"]:
        print(p["name"],p["state"],{k:v for k,v in p.items() if isinstance(v,(int,float)) and v})
        for r in p["reasons"]: print("   !",r)
        for r in p["remarks"]: print("   .",r)
    print(crawled.errors[-3000:], crawled.status)
    assert 0
