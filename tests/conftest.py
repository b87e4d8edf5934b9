"""What several rooms' tests need."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and their labels beside the checkout; a visible skip without it."""
    folder = Path(__file__).parent.parent.parent / "shared"
    if not (folder / "gold").is_dir():
        pytest.skip("no ../shared: the labelled real documents are not at hand")
    return folder
