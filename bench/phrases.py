"""Sentences of a report from the vocabulary in words.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any


@dataclass(frozen=True, slots=True)
class Goal:
    """One piece of work: 新建社区服务站30个."""

    verb: str
    noun: str
    counter: str
    target: int

    @property
    def text(self) -> str:
        return f"{self.verb}{self.noun}{self.target}{self.counter}"


@cache
def vocabulary() -> dict[str, Any]:
    return tomllib.loads(files("bench").joinpath("words.toml").read_text("utf-8"))


def goal(random: Random) -> Goal:
    verb, noun, counter, least, most = random.choice(vocabulary()["works"])
    return Goal(verb, noun, counter, random.randint(least, most))


def result(random: Random, wanted: Goal) -> str:
    """What became of the goal.

    >>> result(Random(1), Goal("新建", "社区服务站", "个", 30))
    '全年新建社区服务站28个，完成年度目标的93.3%。'
    """
    reached = max(1, round(wanted.target * random.uniform(0.9, 1.3)))
    share = round(100 * reached / wanted.target, 1)
    return f"全年{wanted.verb}{wanted.noun}{reached}{wanted.counter}，完成年度目标的{share}%。"


def sentence(random: Random) -> str:
    """Any sentence of a progress text, with or without facts in it."""
    return random.choice(_KINDS)(random)


def paragraph(random: Random, characters: int) -> str:
    """Sentences until there are about so many characters."""
    said = ""
    while len(said) < characters:
        said += sentence(random)
    return said


def steps(random: Random, characters: int) -> str:
    """The same as three points, 一是…二是…三是….

    >>> [steps(Random(2), 90).count(mark) for mark in ("一是", "二是", "三是")]
    [1, 1, 1]
    """
    points = []
    for marker in ("一是", "二是", "三是"):
        topic = word(random, "actions") + word(random, "matters")
        points.append(f"{marker}{topic}。{paragraph(random, characters // 3)}")
    return "".join(points)


def word(random: Random, kind: str) -> str:
    found: str = random.choice(vocabulary()[kind])
    return found


def name(random: Random) -> str:
    """A place that few pages share: 金桥水库."""
    syllables: str = vocabulary()["syllables"]
    return random.choice(syllables) + random.choice(syllables) + word(random, "kinds")


def outlook(random: Random) -> str:
    """How the work stands, in one sentence; often not said."""
    return word(random, random.choice(["done", "done", "underway", "late"])) if random.random() < 0.7 else ""


def trouble(random: Random) -> str:
    """What a column of problems says: mostly 无."""
    return "无" if random.random() < 0.7 else f"{word(random, 'causes')}，{word(random, 'lagging')}。"


def _plain(random: Random) -> str:
    pairs = [word(random, "actions") + word(random, "matters") for _ in range(3)]
    head = f"坚持{word(random, 'principles')}，围绕{word(random, 'themes')}"
    return f"{head}，{'，'.join(pairs)}，{word(random, 'effects')}。"


def _money(random: Random) -> str:
    amount, grown = random.uniform(0.2, 30), random.uniform(1, 40)
    return (
        f"累计投入资金{amount:.2f}亿元，同比增长{grown:.1f}%，带动社会投资{random.randint(300, 9000)}万元。"
    )


def _policy(random: Random) -> str:
    head = f"会同{word(random, 'bodies')}印发《{word(random, 'policies')}》"
    return f"{head}（政办发〔2023〕{random.randint(1, 99)}号），明确{random.randint(5, 40)}项措施。"


def _event(random: Random) -> str:
    day = f"{random.randint(1, 12)}月{random.randint(1, 28)}日"
    guests = f"{random.randint(20, 300)}家企业、{random.randint(100, 5000)}余人参加"
    what = word(random, "themes") + word(random, "gatherings")
    return f"{day}，在{name(random)}举办{what}，{guests}。"


def _service(random: Random) -> str:
    where = f"{name(random)}等{random.randint(2, 12)}个点位"
    people, cases = random.uniform(0.5, 60), random.randint(50, 4000)
    return f"在{where}开展服务，惠及群众{people:.1f}万余人次，办结事项{cases}件。"


def _count(random: Random) -> str:
    wanted = goal(random)
    part = f"{word(random, 'districts')}{max(1, wanted.target // 3)}{wanted.counter}"
    return f"截至12月底，累计{wanted.text}，其中{part}。"


_KINDS: tuple[Callable[[Random], str], ...] = (
    _plain,
    _plain,
    _plain,
    _money,
    _policy,
    _event,
    _service,
    _count,
)
