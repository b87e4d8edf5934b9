"""The samples and the records expected of them. Run as a module it rewrites the golden files.

It prints what changes and ends with status 1 when anything did, so that a run that
regenerates is never green; read the difference before you commit it.
"""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import Path
from typing import Any

SAMPLES = Path(__file__).parent.parent / "samples"
ENDING = ".golden.json"
# What names the file or the run rather than what the page says.
_OF_THE_RUN = {"doc_id", "file_name", "source_uri", "sha256", "byte_size", "parser_version", "text", "spans"}
# Places, and what a room's own tests score with a tolerance that a golden file has not.
_OF_THE_TASK = {"task_id", "spans", "metrics", "mentions", "targets", "keywords"}


def samples() -> list[Path]:
    """The sample pages, golden files left out."""
    return sorted(path for path in SAMPLES.iterdir() if path.is_file() and not path.name.endswith(ENDING))


def golden_of(sample: Path) -> Path:
    return sample.with_name(sample.stem + ENDING)


def extraction_of(path: Path) -> Any:
    """What the pipeline makes of a file, nothing stored."""
    from extract.run import extract
    from ingest.read import read_page
    from schema.page import RawDocument

    return extract(read_page(RawDocument(path.name, path.name, path.read_bytes())))


def records(extraction: Any) -> dict[str, Any]:
    """The records as a golden file holds them: empty fields and places left out."""
    dumped = extraction.model_dump(mode="json")
    text = dumped["document"]["text"]
    return {
        "document": _filled(dumped["document"], _OF_THE_RUN),
        "tasks": [_filled(task, _OF_THE_TASK) for task in dumped["tasks"]],
        "issues": [_filled(issue, {"start", "end", "task_id"}) for issue in dumped["issues"]],
        "labels": [[label["kind"], text[label["start"] : label["end"]]] for label in dumped["labels"]],
    }


def render(golden: dict[str, Any]) -> str:
    """One line a field: differences stay readable."""
    document = _block(golden["document"], " ")
    tasks = ",\n".join("  " + _block(task, "  ") for task in golden["tasks"])
    return (
        f'{{\n "document": {document},\n "tasks": [\n{tasks}\n ],\n'
        f' "issues": {_rows(golden["issues"])},\n "labels": {_rows(golden["labels"])}\n}}\n'
    )


def main() -> int:
    """Rewrites what differs; the number of files that did, at most 1 as an exit status."""
    changed = 0
    for sample in samples():
        path = golden_of(sample)
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        new = render(records(extraction_of(sample)))
        if old != new:
            changed += 1
            lines = difflib.unified_diff(
                old.splitlines(True), new.splitlines(True), path.name, path.name, n=1
            )
            sys.stdout.writelines(lines)
            path.write_text(new, encoding="utf-8")
    print(f"{changed} of {len(samples())} golden files changed")
    return int(changed > 0)


def _filled(record: dict[str, Any], left_out: set[str]) -> dict[str, Any]:
    kept = {key: value for key, value in record.items() if key not in left_out}
    return {key: _inner(value) for key, value in kept.items() if value not in (None, "", [], {})}


def _inner(value: Any) -> Any:
    if isinstance(value, list):
        return [_filled(item, set()) if isinstance(item, dict) else item for item in value]
    return value


def _block(record: dict[str, Any], indent: str) -> str:
    fields = [f"{indent} {json.dumps(key)}: {_value(value, indent)}" for key, value in record.items()]
    return "{\n" + ",\n".join(fields) + f"\n{indent}}}"


def _value(value: Any, indent: str) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return _rows(value, indent + " ")
    return json.dumps(value, ensure_ascii=False)


def _rows(rows: list[Any], indent: str = " ") -> str:
    if not rows:
        return "[]"
    inside = ",\n".join(f"{indent} {json.dumps(row, ensure_ascii=False)}" for row in rows)
    return f"[\n{inside}\n{indent}]"


if __name__ == "__main__":
    sys.exit(main())
