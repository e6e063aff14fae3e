"""The composition root: the only place where the library and the checks meet."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

from sscop.cli import main as cli
from sscop_hooks import load


def main(argv: Sequence[str] | None = None) -> int:
    """The command `sscop`, and `python -I -m sscop_hooks`."""
    gc.disable()  # a short life without reference cycles; collecting costs a hook 3 ms and a large tree a tenth
    return cli(argv, load)


if __name__ == "__main__":
    sys.exit(main())
