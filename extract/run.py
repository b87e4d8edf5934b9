"""extract(page) → Extraction: the one function others call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.audit import coverage, findings, gaps, leftovers, uncovered
from extract.body import Body
from extract.closing import closing
from extract.context import Context
from extract.draft import Reading
from extract.fields.units import first_leads
from extract.furniture import furniture
from extract.issuer import broken, form_of, outside
from extract.layouts.choose import choose
from extract.layouts.form import Form
from extract.metadata import Metadata, read_metadata
from extract.record import records, spans_of
from extract.script import Script, fold
from extract.stated import stated
from extract.verdict import verdict
from extract.version import PARSER_VERSION, version
from schema.issues import Issue, issue
from schema.page import Page
from schema.records import Document, Extraction, Label, Span, Task

__all__ = ["PARSER_VERSION", "extract", "version"]


def extract(
    page: Page, *, report_year: int | None = None, agency: str | None = None, forms: Sequence[Form] = ()
) -> Extraction:
    """All records of a page; ``report_year`` and ``agency`` override what the page says.

    ``forms`` are layout files tried before those of the package. Pure: the same page gives the
    same extraction.
    """
    folded, script = fold(page)
    whole = Body(folded)
    metadata = read_metadata(whole)
    context = Context(
        agency=agency or metadata.value("agency"),
        report_year=report_year or metadata.value("report_year"),
        published_on=metadata.value("published_on"),
        region=metadata.region,
        first_leads=first_leads(folded.text.value),
    )
    whole = replace(whole, title=metadata.value("title"), report_year=context.report_year, whole=whole)
    body = whole.less((*furniture(whole, metadata.labels), *metadata.labels))
    body = body.less(closing(body.lines))
    form = form_of(folded, metadata, body, forms)
    if form:
        body = body.less(outside(form, body))
        body = replace(body, header_words=form.column_words, label_words=form.label_words)
    reading = choose(body, form.scope.layout if form else None)
    refusal = verdict(whole, reading)
    if refusal:
        reading = Reading(reading.layout, 0.0, (), _background(body), (refusal,))
    document = "\x1f".join((metadata.value("title") or "", context.agency or "", str(context.report_year)))
    tasks = records(folded, reading.drafts, context, document)
    if form:
        reading = replace(reading, issues=(*reading.issues, *broken(form, body, reading, tasks)))
    done = _extraction(folded, script, metadata, context, tasks, reading, body.labels)
    return _named(done, form, version(forms))


def _named(done: Extraction, form: Form | None, rules: str) -> Extraction:
    """The extraction with the form it was read by among its flags."""
    flags = (*done.document.flags, *((f"form:{form.name}",) if form else ()))
    document = done.document.model_copy(update={"flags": tuple(sorted(flags)), "parser_version": rules})
    return done.model_copy(update={"document": document})


def _extraction(
    page: Page,
    script: Script | None,
    metadata: Metadata,
    context: Context,
    tasks: tuple[Task, ...],
    reading: Reading,
    masks: tuple[Label, ...],
) -> Extraction:
    labels = (*masks, *reading.labels)
    own = tuple(span for name, found in metadata.found() for span in spans_of(page, name, found.at))
    labels = (*labels, *leftovers(uncovered(page, tasks, labels, own), reading.drafts))
    free = uncovered(page, tasks, labels, own)
    issues = [*page.issues, *metadata.issues, *reading.issues, *gaps(tasks), *findings(page, free)]
    issues += _nothing(tasks, reading)
    document = _document(page, script, metadata, context, own, reading, issues, coverage(page, free))
    return Extraction(
        document=document,
        tasks=tasks,
        issues=tuple(issues),
        checks=stated(page, tasks),
        parts=page.parts,
        labels=tuple(sorted(set(labels), key=lambda label: (label.start, label.end, label.kind))),
    )


def _background(body: Body) -> tuple[Label, ...]:
    return tuple(Label(kind="background", start=line.start, end=line.end) for line in body.lines)


def _nothing(tasks: tuple[Task, ...], reading: Reading) -> list[Issue]:
    """A document without tasks says so, unless its issues say already what it is."""
    said = [found for found in reading.issues if found.code != "layout_expectation"]
    if said or any(task.kind == "task" for task in tasks):
        return []
    return [issue("no_tasks", "no layout fits")]


def _document(
    page: Page,
    script: Script | None,
    metadata: Metadata,
    context: Context,
    own: tuple[Span, ...],
    reading: Reading,
    issues: list[Issue],
    covered: float,
) -> Document:
    raw = page.raw
    fetched = raw.origin.url if raw.origin else None
    return Document(
        doc_id=raw.sha256[:16],
        file_name=raw.name,
        source_uri=raw.uri,
        sha256=raw.sha256,
        byte_size=len(raw.data),
        media_type=page.media_type,
        encoding=page.encoding,
        script=script,
        layout=reading.layout if reading.drafts else None,
        title=metadata.value("title"),
        agency=context.agency,
        region_code=metadata.value("region_code"),
        report_year=context.report_year,
        published_on=context.published_on,
        info_source=metadata.value("info_source"),
        index_no=metadata.value("index_no"),
        doc_no=metadata.value("doc_no"),
        url=fetched or metadata.value("url"),
        text=page.text.value,
        coverage=covered,
        flags=tuple(sorted({found.code for found in issues if found.code != "uncovered_text"})),
        parser_version=PARSER_VERSION,
        spans=tuple(span for span in own if span.field != "url" or not fetched),
    )
