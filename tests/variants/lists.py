"""Items with labels, in text and in HTML."""

from __future__ import annotations

from tests.variants.facts import HEADERS, Facts, Task
from tests.variants.grids import page

LABELLED = ("source", "progress", "problems")


def _items(
    facts: Facts, progress: str, number: str = "第{n}项：", after: str = "：", joint: str = "\n\n"
) -> str:
    """Every label of its task on a line, ``after`` between label and value."""
    words = HEADERS | {"progress": progress}
    items = []
    for n, task in enumerate(facts.tasks, 1):
        labels = [f"{words[key]}{after}{task[key]}" for key in LABELLED if key in facts.keys]
        items.append(joint.join([number.format(n=n) + task["content"], *labels]))
    return f"{facts.title}\n\n{(chr(10) * 2).join(items)}\n"


def done(facts: Facts) -> str:
    return _items(facts, "完成情况")


def carried_out(facts: Facts) -> str:
    return _items(facts, "落实情况", number="任务{n}：")


def handled(facts: Facts) -> str:
    return _items(facts, "办理结果", joint="\n")


def labels_on_lines(facts: Facts) -> str:
    return _items(facts, "工作进展", after="：\n")


def _bold(task: Task, n: int, keys: tuple[str, ...], between: str) -> str:
    words = HEADERS | {"progress": "进展情况"}
    labels = [f"<strong>{words[key]}：</strong>{_breaks(task[key])}" for key in LABELLED if key in keys]
    return between.join([f"<strong>第{n}项：</strong>{_breaks(task['content'])}", *labels])


def _breaks(text: str) -> str:
    return text.replace("\n", "<br>　　")


def bold(facts: Facts) -> str:
    """A paragraph an item, a line break before each label, the labels bold."""
    items = [_bold(task, n, facts.keys, "<br>") for n, task in enumerate(facts.tasks, 1)]
    return page(facts.title, "".join(f"<p>　　{item}</p>\n" for item in items))


def bold_paragraphs(facts: Facts) -> str:
    items = [_bold(task, n, facts.keys, "</p>\n<p>　　") for n, task in enumerate(facts.tasks, 1)]
    return page(facts.title, "".join(f"<p>　　{item}</p>\n" for item in items))


TEXTS = {made.__name__: made for made in (done, carried_out, handled, labels_on_lines)}
PAGES = {made.__name__: made for made in (bold, bold_paragraphs)}
