"""The fetching process with names and public addresses that the test makes up.

``DUCHA_DOUBLE`` is JSON: ``names`` (host → the addresses it resolves to, one after the other),
``port`` (of the site that stands for every public address) and ``log`` (a file that takes every
connection that is really made).
"""

from __future__ import annotations

import json
import os
import socket
import sys
from pathlib import Path
from typing import Any

from twisted.internet.asyncioreactor import AsyncioSelectorReactor
from twisted.internet.posixbase import PosixReactorBase

from ingest.fetch.crawl import main

GIVEN = json.loads(os.environ.get("DUCHA_DOUBLE", "{}"))


def resolve(name: str) -> str:
    """The next address of the name; the last one stays."""
    addresses = GIVEN["names"].get(name)
    if not addresses:
        return REAL(name)
    return str(addresses.pop(0) if len(addresses) > 1 else addresses[0])


def connect(self: Any, host: str, port: int, *args: Any, **options: Any) -> Any:
    """Notes the connection, and makes it to the site instead."""
    with Path(GIVEN["log"]).open("a", encoding="utf-8") as log:
        log.write(f"{host}\n")
    return PosixReactorBase.connectTCP(self, "127.0.0.1", GIVEN["port"], *args, **options)


REAL = socket.gethostbyname

if __name__ == "__main__":
    socket.gethostbyname = resolve
    AsyncioSelectorReactor.connectTCP = connect
    sys.exit(main())
