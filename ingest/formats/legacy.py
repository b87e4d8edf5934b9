"""Word 97–2003 and WPS documents (.doc, .wps) → Page: converted to docx, then read as such."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from ingest.formats.docx import laid
from ingest.formats.package import Package
from schema.errors import Rejected
from schema.page import Page, RawDocument

MEDIA_TYPE: Final = "application/msword"


def read(raw: RawDocument) -> Page:
    """The document as its conversion to docx reads.

    Raises Rejected (stage ``parse``): ``missing_extra`` without the converter, ``encrypted``,
    ``damaged``; and what reading a docx raises.
    """
    return laid(Package(_converted(raw.data))).page(raw, MEDIA_TYPE, "doc")


def _converted(data: bytes) -> bytes:
    """The docx. The converter reads and writes files, so they stand in a folder of their own for a moment."""
    try:
        from doc2docx import convert  # noqa: PLC0415 - an extra
        from doc2docx.errors import Doc2DocxError, EncryptedDocumentError  # noqa: PLC0415
    except ImportError:
        raise Rejected(
            "parse", "missing_extra", "for .doc and .wps: pip install 'ducha[doc]', or save it as docx"
        ) from None
    with TemporaryDirectory(prefix="ducha-") as folder:
        source = Path(folder, "document.doc")
        source.write_bytes(data)
        try:
            convert(source, source.with_suffix(".docx"))
            return source.with_suffix(".docx").read_bytes()
        except EncryptedDocumentError:
            raise Rejected("parse", "encrypted", "the document is protected by a password") from None
        except (Doc2DocxError, OSError, ValueError, LookupError, ArithmeticError, TypeError) as error:
            raise Rejected("parse", "damaged", f"the document can't be converted: {error}") from None
