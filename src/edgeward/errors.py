"""What can go wrong, each with the exit code that it ends in.

A finding about a plant is data (`edgeward.finding`); an exception here means that edgeward could
not do its work. Every message says where, what, and how to fix it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of every verb, the most serious first."""

    INTERRUPTED = 130
    NOT_EVALUATED = 3
    INVALID = 2
    STALE = 4
    FINDINGS = 1
    CLEAN = 0


class EdgewardError(Exception):
    """The base of every error that edgeward raises on purpose."""

    exit_code: ExitCode = ExitCode.NOT_EVALUATED


class NotEvaluated(EdgewardError):
    """A rule, an engine or a compile gave no answer; never to be read as a pass."""


class UsageError(EdgewardError):
    """The command line asks for something that cannot be done."""

    exit_code = ExitCode.INVALID


class StaleDecision(EdgewardError):
    """The committed decision is not what deciding again gives."""

    exit_code = ExitCode.STALE


class Denied(EdgewardError):
    """A plant has findings that forbid building anything for it."""

    exit_code = ExitCode.FINDINGS


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a declaration, as `file:line:column path: what, how to fix`.

    `line` and `column` count from 1; 0 where the file as a whole is meant.
    """

    file: str
    line: int
    column: int
    path: str
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" if self.line else self.file
        return f"{place} {self.path}: {self.message}" if self.path else f"{place}: {self.message}"


class InvalidDeclaration(EdgewardError):
    """Declarations that cannot be read or that break their schema: all problems of all files."""

    exit_code = ExitCode.INVALID

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[InvalidDeclaration], tuple[tuple[Problem, ...]]]:
        """What a worker process raises is raised again in the one that waits for it."""
        return InvalidDeclaration, (self.problems,)
