"""The sentences of a digest: each is computed, none says more than its numbers."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from archive.article import Verdict
from desk.counts import by_spread
from desk.issue import Entry, Fact, RegionRow, Remark, Source, Tally, TopicRow, Totals
from desk.provinces import NAMES, PROVINCES

KEY_POINTS = 5
TRENDS = 2  # of them about changes
NAMED = 3  # names that one sentence lists
SHOWN_STEPS = 8
PAST = 7  # weeks before the issue's own that a digest looks at
UNUSABLE: dict[Verdict, str] = {
    "mirror": "镜像或机器改写", "farm": "内容农场", "spam": "垃圾页", "not-an-article": "不是文章的页面",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Leftover:
    """What the week brought and the digest does not count as news."""

    verdicts: tuple[tuple[Verdict, int], ...] = ()
    vague: int = 0  # dated to a month or a year only

    @property
    def count(self) -> int:
        return sum(count for _, count in self.verdicts)


@dataclass(frozen=True, slots=True)
class Grounds:
    """What the key points rest on; `known` counts the weeks before this one that the archive holds."""

    totals: Totals
    before: Totals | None
    topics: tuple[TopicRow, ...]
    stories: tuple[Entry, ...]
    laws: tuple[Tally, ...]
    known: int


def key_points(grounds: Grounds) -> tuple[Fact, ...]:
    """At most five facts; a week without stories has one."""
    stories, topics = grounds.stories, grounds.topics
    if not stories:
        return (Fact("本周没有收到可计入的稿件；来源是否正常，见“更正与数据质量”。"),)
    found = (
        volume(grounds.totals, grounds.before),
        *(trend(row, stories) for row in remarkable(topics)[:TRENDS]),
        busiest(topics, stories),
        most_carried(stories),
        provinces(stories),
        first_named(grounds),
    )
    return tuple(fact for fact in found if fact)[:KEY_POINTS]


def volume(totals: Totals, before: Totals | None) -> Fact:
    share = round(100 * totals.reprints / totals.articles)
    past = f"；上周为 {before.articles} 篇、{before.stories} 篇" if before else ""
    return Fact(f"收稿 {totals.articles} 篇，去重后 {totals.stories} 篇，转载占 {share}%{past}。")


def remarkable(topics: Iterable[TopicRow]) -> list[TopicRow]:
    """The topics of which a change may be claimed, the greatest first."""
    changed = (row for row in topics if row.trend in {"up", "down"})
    return sorted(changed, key=lambda row: -abs(row.deviation))


def trend(row: TopicRow, stories: Sequence[Entry]) -> Fact:
    direction = "高于" if row.deviation > 0 else "低于"
    text = (
        f"“{row.name}”{row.weeks[-1]} 篇，{direction}近五周中位数 {row.usual:g} 篇（{row.deviation:+.1f}σ）。"
    )
    return Fact(text, about(row.topic, stories), row.topic)


def busiest(topics: Sequence[TopicRow], stories: Sequence[Entry]) -> Fact | None:
    ranked = sorted((row for row in topics if row.weeks[-1]), key=lambda row: -row.weeks[-1])
    if not ranked:
        return None
    names = "、".join(f"“{row.name}”{row.weeks[-1]} 篇" for row in ranked[:NAMED])
    return Fact(f"稿件最多的话题：{names}。", about(ranked[0].topic, stories), ranked[0].topic)


def about(topic: str, stories: Iterable[Entry]) -> tuple[Entry, ...]:
    """The stories of a topic that most sources carried."""
    return by_spread(entry for entry in stories if entry.topic == topic)[:NAMED]


def most_carried(stories: Sequence[Entry]) -> Fact | None:
    chief = by_spread(stories)[0]
    if not chief.copies:
        return None
    seen = f"见于 {len(chief.sources)} 家来源、共 {1 + len(chief.copies)} 篇"
    return Fact(f"传播最广：《{chief.title}》，{seen}。", (chief,))


def provinces(stories: Sequence[Entry]) -> Fact | None:
    counts = Counter(code for entry in stories for code in dict.fromkeys(codes(entry)))
    if not counts:
        return None
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    names = "、".join(f"{NAMES[code]} {count} 篇" for code, count in ranked[:NAMED])
    return Fact(f"涉及 {len(counts)} 个省级地区（共 {len(PROVINCES)} 个），最多的是{names}。")


def codes(entry: Entry) -> tuple[str, ...]:
    return tuple(code for place in entry.places if (code := f"{place.code[:2]}0000") in NAMES)


def first_named(grounds: Grounds) -> Fact | None:
    new = [law.name for law in grounds.laws if law.first]
    if not new:
        return None
    weeks = min(grounds.known, PAST)
    cited = tuple(entry for entry in grounds.stories if new[0] in entry.laws)[:NAMED]
    return Fact(f"此前 {weeks} 周存档中未见被引的法规政策：{'、'.join(new[:NAMED])}。", cited)


def remarks(
    stories: Sequence[Entry], regions: Sequence[RegionRow], sources: Sequence[Source], left: Leftover
) -> tuple[Remark, ...]:
    """The rows of the data quality table, each with its numbers, also when they are zero."""
    return (
        health(sources),
        silent(regions),
        mended(stories),
        excluded(left),
        dates(stories, left),
        tags(stories),
        doubts(stories),
        Remark("上期更正", "本期没有修订以往各期；以后收到的本周稿件，重新生成本期即计入。"),
    )


def health(sources: Sequence[Source]) -> Remark:
    if not sources:
        return Remark("来源", "没有采集记录，无法判断来源是否正常。", "bad")
    broken = [f"{source.title}（{source.problem}）" for source in sources if source.problem]
    if not broken:
        return Remark("来源", f"{len(sources)} 个来源全部正常。", "good")
    return Remark("来源异常", f"{len(sources)} 个来源中 {len(broken)} 个：{'；'.join(broken)}。", "bad")


def silent(regions: Sequence[RegionRow]) -> Remark:
    heard = {row.code for row in regions if row.now}
    names = [province.name for province in PROVINCES if province.code not in heard]
    return Remark("无稿地区", "、".join(names) + "。" if names else "没有：各省级地区均有稿。")


def mended(stories: Sequence[Entry]) -> Remark:
    steps = Counter(step for entry in stories for step in entry.mended)
    if not steps:
        return Remark("文本修复", "本周稿件未作改动。")
    ranked = sorted(steps.items(), key=lambda item: (-item[1], item[0]))[:SHOWN_STEPS]
    count = sum(bool(entry.mended) for entry in stories)
    return Remark(
        "文本修复",
        f"{count} 篇有改动，逐字可查：" + " · ".join(f"{step} {n} 篇" for step, n in ranked) + "。",
    )


def excluded(left: Leftover) -> Remark:
    if not left.verdicts:
        return Remark("未计入", "没有镜像、农场或垃圾稿件。", "good")
    kinds = " · ".join(f"{UNUSABLE[verdict]} {count} 篇" for verdict, count in left.verdicts)
    return Remark("未计入", f"{kinds}；不计篇数，不入摘要。", "bad")


def dates(stories: Sequence[Entry], left: Leftover) -> Remark:
    undated = sum(not entry.dated for entry in stories)
    return Remark("日期存疑", f"{undated} 篇只有首见时间，以＊标出；{left.vague} 篇只知年月，未列入。")


def tags(stories: Sequence[Entry]) -> Remark:
    topicless = sum(not entry.topic for entry in stories)
    placeless = sum(not entry.places for entry in stories)
    return Remark("标签", f"话题未定 {topicless} 篇，地区未定 {placeless} 篇。")


def doubts(stories: Sequence[Entry]) -> Remark:
    count = sum(bool(entry.doubts) for entry in stories)
    return Remark("编者留意", f"{count} 篇带有存疑标记，用 gongwen show 查看。")
