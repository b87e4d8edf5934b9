"""A shown task or document as text: its fields, and the places in the original that state them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

from store.plain import plain

Found = dict[str, Any]
_PARTS: Final = frozenset({"evidence", "tasks", "addresses", "issues", "checks"})


def shown(found: Found) -> str:
    """What ``store.show`` found, for people; the words in evidence stand between 【 and 】."""
    records = found["tasks"] if "tasks" in found else [found["document"]]
    return "\n\n".join("\n".join(_lines(record)) for record in records)


def _lines(record: Found) -> Iterator[str]:
    width = max(len(name) for name in record)
    for name, value in record.items():
        if name not in _PARTS and value not in (None, [], {}, ""):
            yield f"{name:<{width}}  {_value(value, width + 2)}"
    for name in ("addresses", "issues", "checks", "tasks"):
        if record.get(name):
            yield f"\n{name}"
            yield from (f"  {_value(row, 2)}" for row in record[name])
    if record["evidence"]:
        parted = any(place["part"] for place in record["evidence"])
        yield f"\nevidence (text offsets; {'part of the original' if parted else 'source offsets'})"
        yield from (f"  {_place(place)}" for place in record["evidence"])


def _value(value: Any, indent: int) -> str:
    value = plain(value)
    if isinstance(value, dict):
        return "  ".join(f"{name}={item}" for name, item in value.items() if item is not None)
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return ("\n" + " " * indent).join(_value(item, indent) for item in value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return str(value).replace("\n", "\n" + " " * indent)


def _place(place: Found) -> str:
    where = place["part"] or "{source_start}–{source_end}".format_map(place)
    at = f"{place['text_start']}–{place['text_end']}; {where}"
    words = f"{place['before']}【{place['words']}】{place['after']}".replace("\n", "⏎")
    return f"{place['field']}[{place['ordinal']}]  {at}  {words}"
