"""Seeds come from the name of what is tested; ``--seed-offset`` shifts those of the whole suite at once."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

import pytest
from hypothesis import settings

# Generated examples are a function of the test alone, and how busy the machine is decides nothing.
settings.register_profile("fixed", derandomize=True, deadline=None)
settings.load_profile("fixed")


def row_seed(row_id: str, offset: int = 0) -> int:
    """Return the seed of a row of evidence: a hash of its id and the suite's offset, in [0, 2**31).

    The offset goes into the hash instead of being added to it: replications count up from a seed, so with
    neighbouring seeds the suite under offset 1 would repeat most runs of the suite under offset 0.
    """
    digest = hashlib.blake2b(f"{offset}:{row_id}".encode(), digest_size=4).digest()
    return int.from_bytes(digest, "little") >> 1


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--seed-offset",
        type=int,
        default=0,
        metavar="N",
        help="take other seeds throughout: verdicts must not depend on it (default: 0)",
    )


def pytest_report_header(config: pytest.Config) -> str:
    return f"seed offset: {config.getoption('--seed-offset')}"


@pytest.fixture(scope="session")
def seed_of(pytestconfig: pytest.Config) -> Callable[[str], int]:
    """Function from the id of a row of evidence to its seed under the suite's offset."""
    offset: int = pytestconfig.getoption("--seed-offset")
    return lambda row_id: row_seed(row_id, offset)
