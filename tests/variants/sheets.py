"""Tables as text: separated values, pipes, and cells whose borders were lost."""

from __future__ import annotations

import csv
import io

from tests.variants.facts import Facts


def _separated(facts: Facts, separator: str, titled: bool = False) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator)
    if titled:
        writer.writerow([facts.title, *[""] * (len(facts.keys) - 1)])
    writer.writerows([facts.header(), *facts.rows(joint="\n")])
    return out.getvalue()


def csv_utf8(facts: Facts) -> bytes:
    return _separated(facts, ",").encode("utf-8-sig")


def csv_gb18030(facts: Facts) -> bytes:
    """As spreadsheets save it, the title in the first row."""
    return _separated(facts, ",", titled=True).encode("gb18030")


def csv_semicolon(facts: Facts) -> bytes:
    return _separated(facts, ";").encode()


def tsv(facts: Facts) -> bytes:
    lines = [facts.header(), *facts.rows()]
    return f"{facts.title}\n\n{chr(10).join(map(chr(9).join, lines))}\n".encode()


def tsv_broken(facts: Facts) -> bytes:
    """Line ends inside the cells, as they come from a word processor."""
    lines = [facts.header(), *facts.rows(joint="\n")]
    return f"{facts.title}\n\n{chr(10).join(map(chr(9).join, lines))}\n".encode()


def pipes(facts: Facts) -> bytes:
    lines = ["| " + " | ".join(cells) + " |" for cells in [facts.header(), *facts.rows(joint="<br>")]]
    lines.insert(1, "|" + " --- |" * len(facts.keys))
    return f"# {facts.title}\n\n{chr(10).join(lines)}\n".encode()


def run_together(facts: Facts) -> bytes:
    """A row a line, nothing between the cells."""
    lines = ["".join(cells) for cells in [facts.header(), *facts.rows(joint="\n")]]
    return _page(facts, lines)


def one_cell_a_line(facts: Facts) -> bytes:
    cells = [cell for row in [facts.header(), *facts.rows()] for cell in row]
    return _page(facts, cells)


def one_cell_a_line_spaced(facts: Facts) -> bytes:
    """Blank lines between the cells."""
    cells = [cell for row in [facts.header(), *facts.rows()] for cell in row]
    return f"{facts.title}\n\n{(chr(10) * 2).join(cells)}\n".encode()


def one_cell_a_line_numbered(facts: Facts) -> bytes:
    """With a column of numbers, whatever the report has."""
    keys = ("seq", *(key for key in facts.keys if key != "seq"))
    return _page(facts, [cell for row in [facts.header(keys=keys), *facts.rows(keys)] for cell in row])


def joined_by_blanks(facts: Facts) -> bytes:
    return _page(facts, [" ".join(cells) for cells in [facts.header(), *facts.rows()]])


def _unnumbered(facts: Facts, joint: str, between: str = "\n") -> bytes:
    """Without the column of numbers; who is in charge before the last column."""
    keys = tuple(key for key in facts.keys if key != "seq")
    header, rows = facts.header(keys=keys), facts.rows(keys)
    lines = [[*header[:-1], "责任单位", header[-1]]]
    lines += [[*cells[:-1], OFFICES[at % len(OFFICES)], cells[-1]] for at, cells in enumerate(rows)]
    return _page(facts, [between.join(joint.join(cells) for cells in lines)])


def unnumbered_lines(facts: Facts) -> bytes:
    return _unnumbered(facts, "\n")


def unnumbered_lines_spaced(facts: Facts) -> bytes:
    return _unnumbered(facts, "\n\n", "\n\n")


def unnumbered_wide(facts: Facts) -> bytes:
    return _unnumbered(facts, "    ")


def unnumbered_blanks(facts: Facts) -> bytes:
    return _unnumbered(facts, " ")


def without_numbers(facts: Facts) -> bytes:
    """One cell a line, the report's own columns without the numbers."""
    keys = tuple(key for key in facts.keys if key != "seq")
    return _page(facts, [cell for row in [facts.header(keys=keys), *facts.rows(keys)] for cell in row])


def lost_numbers(facts: Facts) -> bytes:
    """A number column whose numbers the word processor had counted: only its header word is left."""
    keys = tuple(key for key in facts.keys if key != "seq")
    return _page(
        facts, ["序号", *(cell for row in [facts.header(keys=keys), *facts.rows(keys)] for cell in row)]
    )


def with_units(facts: Facts) -> bytes:
    """A column of units before the last one."""
    rows = [[*cells[:-1], "市科委", cells[-1]] for cells in facts.rows(joint="\n")]
    header = facts.header()
    return _page(facts, ["".join(cells) for cells in [[*header[:-1], "责任单位", header[-1]], *rows]])


def header_over_lines(facts: Facts) -> bytes:
    """The header a word a line, the rows run together."""
    return _page(facts, [*facts.header(), *("".join(cells) for cells in facts.rows(joint="\n"))])


def _page(facts: Facts, lines: list[str]) -> bytes:
    return f"{facts.title}\n发布日期：2022-01-14\n{chr(10).join(lines)}\n".encode()


TEXTS = {
    "csv_utf8": (csv_utf8, ".csv"),
    "csv_gb18030": (csv_gb18030, ".csv"),
    "csv_semicolon": (csv_semicolon, ".csv"),
    "tsv": (tsv, ".txt"),
    "tsv_broken": (tsv_broken, ".txt"),
    "pipes": (pipes, ".md"),
}
OFFICES = ("市科委", "市发展改革委、市财政局", "市教育局", "中关村管委会")
# Forms that no reader could take apart in reports without a column of sources between task and progress.
NEED_SOURCES = {"run_together", "header_over_lines"}
# … and those that need numbers where the rows begin.
NEED_NUMBERS = {"with_units"}
FLATTENED = {
    made.__name__: (made, ".txt")
    for made in (
        run_together,
        one_cell_a_line,
        one_cell_a_line_spaced,
        one_cell_a_line_numbered,
        unnumbered_lines,
        unnumbered_lines_spaced,
        unnumbered_wide,
        unnumbered_blanks,
        without_numbers,
        lost_numbers,
        joined_by_blanks,
        with_units,
        header_over_lines,
    )
}
