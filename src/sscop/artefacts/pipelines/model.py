"""One model of a pipeline, whichever system runs it: what starts it, its jobs, their steps, what their failing does.

Nothing is judged here: an event or a tolerance is a fact of the notation; whether it is enough is a check's affair.
"""

from __future__ import annotations

from enum import Enum

from sscop.artefacts.nodes import Entries, Text
from sscop.artefacts.shell import Script
from sscop.lazy import NamedTuple


class System(str, Enum):
    """The systems whose pipelines are read."""

    GITHUB = "GitHub Actions"
    GITLAB = "GitLab CI"
    AZURE = "Azure Pipelines"
    CIRCLECI = "CircleCI"


class Event(str, Enum):
    """What starts a pipeline."""

    PULL_REQUEST = "pull request"
    """A pull or merge request, a merge queue or train."""
    PUSH = "push"
    """A push to a branch."""
    TAG = "tag"
    """A push of a tag."""
    RELEASE = "release"
    """A release that is published on the platform."""
    SCHEDULE = "schedule"
    MANUAL = "manual"
    CALL = "call"
    """Another pipeline: a reusable workflow, a template. `pipelines` gives its jobs to its callers too."""
    OTHER = "other"


class Trigger(NamedTuple):
    """One event that starts a pipeline, and what it is restricted to: globs, empty where it is not restricted.

    `targets` are branches (or tags, of a TAG): those that a pull request goes into, or that a push goes to.
    """

    event: Event
    line: int
    targets: tuple[str, ...] = ()
    except_targets: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    except_paths: tuple[str, ...] = ()
    types: tuple[str, ...] = ()


def trigger(event: Event, line: int) -> Trigger:
    """A trigger of a system whose pushes to other branches are told as its pull requests: a push is to the default."""
    return Trigger(event, line, ("the default branch",) if event is Event.PUSH else ())


class Step(NamedTuple):
    """One step: `uses` names an action, orb command or task; `scripts` are shell texts.

    `tolerance` says in the notation's own words why the step's failing does not fail the job (`continue-on-error:
    true`), "" where it does. `condition` is the text of its `if`, None where it has none.
    """

    path: str
    line: int
    name: str
    uses: Text | None
    inputs: Entries
    scripts: tuple[Script, ...]
    folder: str
    env: Entries
    condition: Text | None
    tolerance: str
    node: Entries
    pipefail: bool = False
    """Whether a pipe fails with any of its commands (`pytest | tee log` does not, without it)."""
    action: str = ""
    """The folder of the composite action that the step is in."""
    via: tuple[tuple[str, int], ...] = ()
    """The places that call it, outermost first, where it stands in a composite action or a template."""
    errexit: bool = True
    """Whether the shell stops at the first command that fails (Azure's goes on, and its last command decides)."""


class Job(NamedTuple):
    """One job. `path` differs from the pipeline's where the job is a called workflow's or a template's.

    `permissions` is None where the job and the pipeline say nothing. `conditions` are the `if` of the job and of the
    jobs that call it. `environment` is the deployment environment's name.
    """

    id: str
    path: str
    line: int
    needs: tuple[str, ...]
    conditions: tuple[Text, ...]
    tolerance: str
    steps: tuple[Step, ...]
    images: tuple[Text, ...]
    environment: str
    permissions: Entries | Text | None
    calls: Text | None
    """The called workflow where its jobs are not to be read here (another repository's)."""
    events: frozenset[Event] | None
    """The events that it runs at, where the job itself says so (GitLab's rules); None for all of the pipeline's."""
    via: tuple[tuple[str, int], ...]
    node: Entries
    paths: tuple[str, ...] = ()
    """Globs of which one must have changed for the job to run, where it says so itself (GitLab's `changes`)."""


class Pipeline(NamedTuple):
    """A pipeline: what one file starts. `jobs` holds those of called workflows of this repository too, in place.

    `branch` is the branch that is checked out: one more name that the default branch may have.
    """

    path: str
    system: System
    name: str
    triggers: tuple[Trigger, ...]
    jobs: tuple[Job, ...]
    node: Entries
    branch: str = ""

    def trigger(self, event: Event) -> Trigger | None:
        """The first trigger of an event."""
        return next((one for one in self.triggers if one.event is event), None)

    def before(self, job: Job) -> tuple[Job, ...]:
        """The jobs that a job waits for, and those that they wait for."""
        by_id = {one.id: one for one in self.jobs}
        waiting, found = list(job.needs), dict[str, Job]()
        while waiting:
            name = waiting.pop()
            if name in by_id and name not in found:
                found[name] = by_id[name]
                waiting += by_id[name].needs
        return tuple(found.values())
