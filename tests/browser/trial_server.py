"""Serve the pages that are made to be tried, as `stcsim dashboard` serves its own."""

from __future__ import annotations

import sys

from stcsim.cli.stopping import stopping
from stcsim.dashboard import serve


def ready(url: str) -> None:
    sys.stdout.write(f"{url}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve.SETTINGS["SOLARA_APP"] = "tests.browser.trial"
    with stopping():
        serve.serve(0, None, ready=ready)
