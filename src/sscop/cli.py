"""The command line: which command runs, and what is said where one could not.

Exit codes: 0 nothing at the gate's level; 1 something; 2 a usage or configuration error; 3, which outranks all, the
run can't be trusted.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from sscop.arguments import parser
from sscop.commands import RUN, Load
from sscop.output import UNTRUSTED, USAGE, fail


def main(argv: Sequence[str] | None, load: Load) -> int:
    """Run a command; `load(*ids)` gives the checks (all without ids). Returns the exit code; prints no traceback."""
    from sscop.config import ConfigError
    from sscop.repository.git import GitError

    options = parser(RUN).parse_args(argv)
    try:
        return int(options.run(options, load))
    except ConfigError as error:
        return fail(USAGE, str(error))
    except GitError as error:
        return fail(UNTRUSTED, str(error))
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return UNTRUSTED
    except KeyboardInterrupt:
        return fail(130, "interrupted")
    except Exception as error:  # noqa: BLE001 - no traceback reaches a user, and nothing is green that did not run
        if type(error) is LookupError:  # a name that nothing has
            return fail(USAGE, str(error))
        from sscop.assess import origin

        return fail(UNTRUSTED, f"stopped unexpectedly ({origin(error)}); please report it")
