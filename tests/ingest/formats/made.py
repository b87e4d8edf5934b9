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


def odf(kind: str, body: str, styles: str = "") -> bytes:
    """An OpenDocument file: ``kind`` is text or spreadsheet, ``body`` the XML in it."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style", "drawing")
    )
    content = (
        f"<office:document-content {spaces}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    return archive({"mimetype": media_type.encode(), "content.xml": content.encode()})


def odt(rows: Rows, title: str = TITLE) -> bytes:
    heading = f'<text:h text:outline-level="1">{escape(title)}</text:h>'
    return odf("text", f"{heading}<table:table>{_odf_rows(rows)}</table:table>")


def ods(rows: Rows, title: str = TITLE) -> bytes:
    width = len(rows[0])
    spans = f'table:number-columns-spanned="{width}"'
    head = f"<table:table-cell {spans}>{_odf_cell(title)}</table:table-cell>"
    covered = f'<table:covered-table-cell table:number-columns-repeated="{width - 1}"/>'
    body = f"<table:table-row>{head}{covered}</table:table-row>{_odf_rows(rows)}"
    empty = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    return odf("spreadsheet", f'<table:table table:name="落实情况">{body}{empty}</table:table>')


def _odf_rows(rows: Rows) -> str:
    return "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{_odf_cell(value)}</table:table-cell>" for value in row)
        + "</table:table-row>"
        for row in rows
    )


def _odf_cell(value: str) -> str:
    return "".join(f"<text:p>{escape(part)}</text:p>" for part in value.split("\n"))


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
