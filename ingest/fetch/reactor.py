"""The event loop of a fetch: no connection to an address that is not public.

The check stands where the connection is made, and sees the address that will be connected to:
a name that resolves to another address the second time, a redirect and a host written as
``2130706433`` or ``0x7f.1`` come past it like everything else.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar

from twisted.internet.asyncioreactor import AsyncioSelectorReactor
from twisted.internet.main import installReactor

from ingest.fetch.address import is_public
from ingest.fetch.refusal import PrivateAddress


class GuardedReactor(AsyncioSelectorReactor):
    """Connects to public addresses, and to others when ``allow_private`` is set."""

    allow_private: ClassVar[bool] = False

    def connectTCP(self, host: Any, *args: Any, **options: Any) -> Any:  # noqa: N802
        """The connection. Raises PrivateAddress before a packet is sent to an address that isn't public."""
        if not self.allow_private and not is_public(str(host)):
            raise PrivateAddress(f"{host} is not a public address")
        return super().connectTCP(host, *args, **options)


def install() -> None:
    """Makes this the reactor of the process; Scrapy calls it by its name."""
    loop = asyncio.SelectorEventLoop()
    asyncio.set_event_loop(loop)
    installReactor(GuardedReactor(loop))  # type: ignore[no-untyped-call]
