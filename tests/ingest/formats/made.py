"""Documents written for the tests: a report of tasks as docx, xlsx, PDF, mhtml, zip and text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from html import escape
from typing import Any

TITLE = "某市2021年重点任务落实情况"
Rows = Sequence[Sequence[str]]
Documents = dict[str, bytes]


def text(rows: Rows, title: str = TITLE) -> bytes:
    """Tab-separated rows; a cell has no second paragraph here, so line ends are given up."""
    return "\n".join([title, *("\t".join(cell.replace("\n", "") for cell in row) for row in rows)]).encode()


def page(rows: Rows, title: str = TITLE) -> str:
    body = "".join(
        "<tr>" + "".join(f"<td>{_paragraphs(cell)}</td>" for cell in row) + "</tr>" for row in rows
    )
    return (
        f"<html><head><title>{title}</title></head><body><h1>{title}</h1><table>{body}</table></body></html>"
    )


def docx(rows: Rows, title: str = TITLE) -> bytes:
    import docx as library

    document = library.Document()
    document.add_heading(title, 0)
    table = document.add_table(len(rows), len(rows[0]))
    for row, line in zip(rows, table.rows, strict=True):
        for value, cell in zip(row, line.cells, strict=True):
            first, *rest = value.split("\n")
            cell.paragraphs[0].text = first
            for paragraph in rest:
                cell.add_paragraph(paragraph)
    return _saved(document)


def xlsx(rows: Rows, title: str = TITLE) -> bytes:
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append([title])
    sheet.merge_cells(start_row=1, end_row=1, start_column=1, end_column=len(rows[0]))
    for row in rows:
        sheet.append([int(value) if value.isdecimal() else value for value in row])
    return _saved(book)


def mhtml(parts: Sequence[tuple[str, str]]) -> bytes:
    """A saved page: HTML parts with their addresses, and a style sheet."""
    message = MIMEMultipart("related", type="text/html")
    message["Subject"] = TITLE
    for address, source in parts:
        part = MIMEText(source, "html", "utf-8")
        part["Content-Location"] = address
        message.attach(part)
    style = MIMEText("p { color: red }", "css", "utf-8")
    style["Content-Location"] = "https://www.example.gov.cn/style.css"
    message.attach(style)
    return message.as_bytes()


def archive(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return buffer.getvalue()


def _paragraphs(value: str) -> str:
    return "".join(f"<p>{escape(part)}</p>" for part in value.split("\n"))


def _saved(document: Any) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()
