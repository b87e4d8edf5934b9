"""Spreadsheets (.xlsx, .xlsm, .xls, .et) → Page, read by calamine; merged cells span their ranges."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator, Sequence
from typing import Final

from ingest.formats.manuscript import Box, Manuscript
from ingest.formats.names import visible
from ingest.formats.package import Package
from schema.errors import Rejected
from schema.page import Page, RawDocument
from schema.text import Text

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
XLS: Final = "application/vnd.ms-excel"

Value = int | float | str | bool | datetime.time | datetime.date | datetime.datetime | datetime.timedelta
Range = tuple[tuple[int, int], tuple[int, int]]

# `<c r="XFD1048576"`: a cell's address, or a row's
_ADDRESS: Final = re.compile(rb'<(?:\w+:)?(?:c|row)\s[^>]*?\br="([A-Z]*+)([0-9]++)"')
MAX_CELLS: Final = 4_000_000
"""calamine lays out the whole rectangle between the outermost cells, filled or not."""
_EMPTY: Final = Text.of("")


def read(raw: RawDocument) -> Page:
    """Each visible sheet in order: its title lines, its table, its closing lines.

    Raises Rejected (stage ``parse``: ``damaged``, ``encrypted``, ``too_many_cells``; stage ``read``:
    ``bomb``, ``empty``). Formulas give the value that was stored with them.
    """
    import python_calamine as calamine  # noqa: PLC0415 - loaded for spreadsheets only

    packed = raw.data.startswith(b"PK")
    if packed:
        _measure(Package(raw.data))
    manuscript = Manuscript()
    try:
        book = calamine.load_workbook(io.BytesIO(raw.data))
        for sheet in book.sheets_metadata:
            if (
                sheet.typ == calamine.SheetTypeEnum.WorkSheet
                and sheet.visible == calamine.SheetVisibleEnum.Visible
            ):
                found = book.get_sheet_by_name(sheet.name)
                values = [[*map(_shown, row)] for row in found.to_python(skip_empty_area=False)]
                lay(values, found.merged_cell_ranges or [], sheet.name, manuscript)
    except calamine.PasswordError:
        raise Rejected("parse", "encrypted", "the workbook is protected by a password") from None
    except (calamine.CalamineError, OSError, ValueError) as error:
        if "password" in str(error).lower():
            raise Rejected("parse", "encrypted", "the workbook is protected by a password") from None
        raise Rejected("parse", "damaged", f"the workbook can't be read: {error}") from None
    return manuscript.page(raw, XLSX if packed else XLS, "xlsx" if packed else "xls")


def _measure(package: Package) -> None:
    """Raises Rejected when the workbook would unpack, or lay out, to more than fits."""
    package.check()
    for part in package.names():
        if not part.startswith("xl/worksheets/") or not part.endswith(".xml"):
            continue
        width = height = 0
        for letters, digits in _ADDRESS.findall(package.read(part) or b""):
            height = max(height, int(digits[:8]))
            width = max(width, _column(letters[:4]))
        if width * height > MAX_CELLS:
            raise Rejected("parse", "too_many_cells", f"a sheet spans {height} rows and {width} columns")


def _column(letters: bytes) -> int:
    """`A` is 1, `AA` 27; nothing is 0."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def lay(values: Sequence[Sequence[str]], ranges: Sequence[Range], name: str, manuscript: Manuscript) -> None:
    """The rows of a sheet, all of one width: single cells before and after the table are lines."""
    sheet = visible(name)
    rows = [
        [
            manuscript.placed(value, _address(sheet, at, column)) if value else _EMPTY
            for column, value in enumerate(row)
        ]
        for at, row in enumerate(values)
    ]
    filled = [index for index, row in enumerate(rows) if any(row)]
    wide = [index for index in filled if sum(map(bool, rows[index])) > 1]
    first, last = (wide[0], _end(rows, wide[-1], ranges)) if wide else (len(rows), len(rows))
    for index in filled:
        if index < first:
            single = next(filter(None, rows[index]))
            merged = any(low[0] == index and high[1] > low[1] for low, high in ranges)
            manuscript.line(single, "heading" if merged else "paragraph", int(merged))
    manuscript.table(_boxes(rows, ranges, first, last))
    for index in filled:
        if index > last:
            for value in filter(None, rows[index]):
                manuscript.line(value)


def _address(sheet: str, row: int, column: int) -> str:
    """A cell's address as formulas write it.

    >>> _address("落实情况", 13, 2), _address("附件 1", 0, 27)
    ('落实情况!C14', "'附件 1'!AB1")
    """
    letters = ""
    column += 1
    while column:
        column, place = divmod(column - 1, 26)
        letters = chr(ord("A") + place) + letters
    quoted = sheet if sheet.isalnum() else "'" + sheet.replace("'", "''") + "'"
    return f"{quoted}!{letters}{row + 1}"


def _end(rows: Sequence[Sequence[Text]], last: int, ranges: Sequence[Range]) -> int:
    """The table's last row: cells that hang below the last full row, or stand indented there, belong."""
    for (top, _), (bottom, _) in ranges:
        if top <= last < bottom:
            last = min(bottom, len(rows) - 1)
    while last + 1 < len(rows) and not rows[last + 1][0] and any(rows[last + 1]):
        last += 1
    return last


def _boxes(
    rows: Sequence[Sequence[Text]], ranges: Sequence[Range], first: int, last: int
) -> Iterator[list[Box]]:
    begun = {low: (high[0] - low[0] + 1, high[1] - low[1] + 1) for low, high in ranges}
    covered = {
        (row, column)
        for (top, left), (bottom, right) in ranges
        for row in range(max(top, first), min(bottom, last) + 1)
        for column in range(left, min(right, len(rows[0]) - 1) + 1)
        if (row, column) != (top, left)
    }
    for index in range(first, min(last + 1, len(rows))):
        yield [
            Box((value,), False, spans[1], spans[0])
            for column, value in enumerate(rows[index])
            if (index, column) not in covered
            for spans in (begun.get((index, column), (1, 1)),)
        ]


def _shown(value: Value) -> str:
    """A cell's value as text: whole numbers without decimals, days without a time.

    >>> [_shown(value) for value in (3.0, 56.4, 0.1 + 0.2, datetime.date(2021, 12, 1), True, " 已完成 ")]
    ['3', '56.4', '0.3', '2021-12-01', 'TRUE', '已完成']
    """
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return f"{value:.15g}" if abs(value) < 1e15 else f"{value:.0f}"
    if isinstance(value, datetime.datetime):
        return str(value.date() if value.time() == datetime.time() else value)
    return str(value).strip()
