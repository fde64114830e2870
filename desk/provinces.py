"""The 34 province-level divisions: code, name, one-character name, and their tile on the map."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Province:
    """`column` and `row` place the tile: about where the province lies, one tile each."""

    code: str
    name: str
    letter: str
    column: int
    row: int


PROVINCES = (
    Province("110000", "北京", "京", 6, 2),
    Province("120000", "天津", "津", 7, 2),
    Province("130000", "河北", "冀", 5, 2),
    Province("140000", "山西", "晋", 4, 2),
    Province("150000", "内蒙古", "蒙", 5, 1),
    Province("210000", "辽宁", "辽", 8, 2),
    Province("220000", "吉林", "吉", 8, 1),
    Province("230000", "黑龙江", "黑", 8, 0),
    Province("310000", "上海", "沪", 7, 4),
    Province("320000", "江苏", "苏", 6, 4),
    Province("330000", "浙江", "浙", 6, 5),
    Province("340000", "安徽", "皖", 5, 4),
    Province("350000", "福建", "闽", 5, 6),
    Province("360000", "江西", "赣", 5, 5),
    Province("370000", "山东", "鲁", 5, 3),
    Province("410000", "河南", "豫", 4, 3),
    Province("420000", "湖北", "鄂", 4, 4),
    Province("430000", "湖南", "湘", 4, 5),
    Province("440000", "广东", "粤", 4, 6),
    Province("450000", "广西", "桂", 3, 6),
    Province("460000", "海南", "琼", 3, 7),
    Province("500000", "重庆", "渝", 3, 4),
    Province("510000", "四川", "川", 2, 4),
    Province("520000", "贵州", "黔", 3, 5),
    Province("530000", "云南", "滇", 2, 5),
    Province("540000", "西藏", "藏", 0, 4),
    Province("610000", "陕西", "陕", 3, 3),
    Province("620000", "甘肃", "甘", 2, 2),
    Province("630000", "青海", "青", 1, 3),
    Province("640000", "宁夏", "宁", 3, 2),
    Province("650000", "新疆", "新", 0, 1),
    Province("710000", "台湾", "台", 7, 6),
    Province("810000", "香港", "港", 5, 7),
    Province("820000", "澳门", "澳", 4, 7),
)
NAMES = {province.code: province.name for province in PROVINCES}


def province_of(code: str) -> str:
    """The province's code of any division code; "CN" and foreign codes stay.

    >>> province_of("320925"), province_of("CN"), province_of("GB")
    ('320000', 'CN', 'GB')
    """
    return f"{code[:2]}0000" if code[:2].isdigit() else code


def place_name(code: str, path: str = "") -> str:
    """The name that a reader knows.

    >>> place_name("320000"), place_name("CN"), place_name("GB", "英国")
    ('江苏', '全国', '英国')
    """
    return "全国" if code == "CN" else NAMES.get(code) or path.partition("/")[0] or code
