"""Hand-made extractions for the tests of the store; every span is true."""

from __future__ import annotations

import datetime as dt
import hashlib

from schema.issues import issue
from schema.page import RawDocument
from schema.records import (
    Check,
    Document,
    Extraction,
    Label,
    Mention,
    Metric,
    Part,
    Source,
    Span,
    Step,
    Task,
    Unit,
)

NOW = dt.datetime(2026, 1, 2, 3, 4, 5)


def raw_of(text: str, uri: str = "报告/一.txt") -> RawDocument:
    return RawDocument(uri, uri.rsplit("/", 1)[-1], text.encode())


def report(tasks: int = 3, year: int = 2021, word: str = "平台") -> str:
    """A page of lines: title, then content and progress a task."""
    lines = [f"某市{year}年重点任务落实情况"]
    for number in range(1, tasks + 1):
        lines += [f"第{number}项:建设{word}{number}个", f"市科委已建成{number}个{word},任务完成。"]
    return "\n".join(lines)


def extract(
    raw: RawDocument, year: int = 2021, version: str = "1", agency: str | None = "市科委"
) -> Extraction:
    """Reads a page that ``report`` wrote: the stand-in for the real rules."""
    text = raw.data.decode()
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    tasks = tuple(_task(lines, starts, n) for n in range(1, (len(lines) - 1) // 2 + 1))
    issues = () if tasks else (issue("no_tasks", raw.name),)
    document = Document(
        doc_id=raw.sha256[:16],
        file_name=raw.name,
        source_uri=raw.uri,
        sha256=raw.sha256,
        byte_size=len(raw.data),
        media_type="text/plain",
        encoding="utf-8",
        script="Hans",
        layout="labelled_list",
        title=lines[0],
        agency=agency,
        report_year=year,
        published_on=dt.date(year + 1, 1, 14),
        info_source=None,
        text=text,
        coverage=1.0,
        parser_version=version,
        spans=(_span("title", 0, 0, len(lines[0])),),
    )
    check = Check(rule="total", ok=True, stated="3", computed="3", evidence="共3项")
    label = Label(kind="title", start=0, end=len(lines[0]))
    part = Part(name="page 1", start=0, end=len(text))
    return Extraction(
        document=document, tasks=tasks, issues=issues, labels=(label,), checks=(check,), parts=(part,)
    )


def _task(lines: list[str], starts: list[int], number: int) -> Task:
    label, content = lines[number * 2 - 1].split(":", 1)
    progress = lines[number * 2]
    at, then = starts[number * 2 - 1], starts[number * 2]
    begin = at + len(label) + 1
    name = hashlib.sha256(content.encode()).hexdigest()[:16]
    return Task(
        task_id=name,
        ordinal=number,
        label=label,
        seq=str(number),
        section=("重点任务",),
        title=content,
        content=content,
        progress=progress,
        status="completed",
        status_evidence="完成",
        rule="labelled_list",
        confidence=0.9,
        keywords=("建设",),
        extra={"备注": "无"},
        sources=(Source(name="市政府工作报告", item_no="2", raw="市政府工作报告第2项"),),
        steps=(Step(field="progress", marker="1.", text=progress[5:]),),
        units=(Unit(unit="市科委", role="lead", raw=progress[:3]),),
        metrics=(
            Metric(
                field="progress", kind="count", value=number, unit="个", base_value=number, raw=f"{number}个"
            ),
        ),
        mentions=(Mention(field="progress", type="organization", text=progress[:3]),),
        spans=(
            _span("label", 0, at, at + len(label)),
            _span("content", 0, begin, begin + len(content)),
            _span("progress", 0, then, then + len(progress)),
            _span("units", 1, then, then + 3),
        ),
    )


def _span(field: str, ordinal: int, start: int, end: int) -> Span:
    return Span(
        field=field, ordinal=ordinal, text_start=start, text_end=end, source_start=start, source_end=end
    )
