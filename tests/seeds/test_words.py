"""The word lists are whole: ids, codes, weights and names hold together."""

import re

import pytest

from seeds.gazetteer import gazetteer, level_of
from seeds.taxonomy import taxonomy
from seeds.words import aliases, groups, lexicon, read


def test_there_are_fourteen_topics_with_ids_that_say_their_parent() -> None:
    topics = taxonomy().topics
    assert len(topics) == 14
    assert all(sub.id.startswith(f"{topic.id}.") for topic in topics for sub in topic.subs)


def test_every_subtopic_has_its_own_id_two_names_and_a_definition() -> None:
    subs = taxonomy().subtopics
    assert len({sub.id for sub in subs}) == len(subs) == 71
    assert all(sub.zh and sub.en and sub.about for sub in subs)


def test_the_ids_of_the_first_taxonomy_are_all_there() -> None:
    known = {sub.id for sub in taxonomy().subtopics}
    assert {
        "rights.wages",
        "newform.algorithm",
        "reform.treatment",
        "governance.audit",
        "world.hkmotw",
    } <= known


def test_cues_weigh_one_to_eight_and_counter_cues_take_away() -> None:
    cues = [cue for sub in taxonomy().subtopics for cue in sub.cues]
    assert all(1 <= cue.weight <= 8 or cue.weight < 0 for cue in cues)
    assert all(len(word) > 1 for cue in cues for word in cue.words)


def test_no_cue_speaks_for_and_against_one_subtopic() -> None:
    for sub in taxonomy().subtopics:
        speaking = {cue.words for cue in sub.cues if cue.weight > 0 and not cue.title_only}
        against = {cue.words for cue in sub.cues if cue.weight < 0}
        assert not speaking & against, sub.id


@pytest.mark.parametrize(
    ("code", "path"),
    [
        ("320925", "江苏省/盐城市/建湖县"),
        ("110105", "北京市/朝阳区"),
        ("469002", "海南省/琼海市"),
        ("710000", "台湾省"),
        ("810000", "香港特别行政区"),
        ("820000", "澳门特别行政区"),
        ("660000", "新疆生产建设兵团"),
        ("659001", "新疆维吾尔自治区/石河子市"),
    ],
)
def test_a_code_has_a_path(code: str, path: str) -> None:
    assert gazetteer().path(code) == path


def test_the_register_has_every_level() -> None:
    levels = [level_of(code) for code in gazetteer().official]
    assert (levels.count(1), levels.count(2), levels.count(3)) == (35, 333, 2845)  # 34 and the corps


def test_every_name_leads_to_a_division_of_today() -> None:
    known = gazetteer()
    lost = {
        place.name for places in known.named.values() for place in places if place.code not in known.official
    }
    assert lost <= {"雄安新区", "雄安"} - set(known.official)


def test_a_name_that_ended_says_when() -> None:
    ended = next(place for place in gazetteer().named["湾里区"] if place.until)
    assert (ended.until, ended.code) == (2018, "360112")


@pytest.mark.parametrize("name", ["unions", "companies", "laws", "campaigns"])
def test_a_form_has_one_canonical_name(name: str) -> None:
    lines = [line.split() for line in read(name)]
    forms = [form for line in lines for form in line]
    assert len(forms) == len(set(forms))
    assert set(aliases(name)) == set(forms)


def test_the_traps_have_their_groups() -> None:
    assert {"media", "words", "after", "before", "ordinary", "national", "nationwide", "hongkong"} <= set(
        groups("traps")
    )


def test_the_lexicon_holds_words_once() -> None:
    words = lexicon()
    assert len(words) == len(set(words))
    assert all(re.fullmatch(r"[\u4e00-\u9fff]{2,12}", word) for word in words)
