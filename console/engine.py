"""``--engine``, ``--cluster`` and ``--staging`` as the store takes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from console.options import Engine
from schema.errors import UsageError

if TYPE_CHECKING:
    from store.cluster import Cluster


def chosen(engine: Engine, cluster: str | None, staging: str | None) -> Cluster | None:
    """The cluster asked for; None to work on this machine.

    Raises UsageError for options of a cluster without ``--engine dask``.
    """
    if engine is Engine.DASK:
        from store.cluster import Cluster

        return Cluster(cluster, staging)
    if cluster or staging:
        raise UsageError("--cluster and --staging are for --engine dask")
    return None
