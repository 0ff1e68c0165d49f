"""The command line as ``python -m stcsim``."""

import sys

from stcsim.cli import main

# Worker processes import what started them, and must not start it again.
if __name__ == "__main__":
    sys.exit(main())
