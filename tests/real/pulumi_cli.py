"""A place for the real Pulumi CLI to work in: a repository, a backend and a cloud of its own.

Nothing of the machine is used but the programs: home, state, cloud file and configuration are in
one folder, and the network is cut to loopback where the machine permits that.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tests.real.needs import needs
from tests.standin.cloud import Cloud

ROOT = Path(__file__).resolve().parents[2]
TODAY = "2026-11-30"
PLANT = "wind-blade-drone"
"""The plant of the long scenarios: landing bucket, key, thing, registry, training role, budget."""
RESOURCES = 39
"""What the cloud itself holds of that plant."""

SECRETS = {
    "PULUMI_CONFIG_PASSPHRASE": "canary-of-the-passphrase",
    "AWS_SECRET_ACCESS_KEY": "canary-of-the-access-key",
    "AWS_SESSION_TOKEN": "canary-of-the-session",
}
"""What every command here is given by its environment, and nothing may show."""

_ENGINE = ("pulumi", "pulumi-language-python", "pulumi-language-python-exec")
_LOOPBACK_ONLY = ("unshare", "--net", "sh", "-c", 'ip link set lo up && exec "$@"', "sh")
_PROVIDER = f"""#!/bin/sh
PYTHONPATH='{ROOT}' exec '{sys.executable}' -m tests.standin.provider "$@"
"""

Answer = subprocess.CompletedProcess[str]


@dataclass(frozen=True, slots=True)
class Workplace:
    """Everything under `folder`; a copy of the folder is a workplace too."""

    folder: Path

    @property
    def repository(self) -> Path:
        return self.folder / "repository"

    def site(self, plant: str) -> Path:
        return self.repository / "sites" / plant

    def edit(self, plant: str, old: str, new: str) -> None:
        """Change a plant's declaration; `old` has to be there."""
        file = self.site(plant) / "site.yaml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def run_program(self, source: str) -> None:
        """Put a program of a test in the place of the plant's."""
        (self.repository / "stacks" / "__main__.py").write_text(source, encoding="utf-8")

    def cloud(self) -> dict[str, Any]:
        """What exists in the cloud, by `type|id`."""
        with self._cloud.open() as made:
            return made

    @contextmanager
    def changed_cloud(self) -> Iterator[dict[str, Any]]:
        """The same, to be changed behind the engine's back."""
        with self._cloud.open(write=True) as made:
            yield made

    @property
    def _cloud(self) -> Cloud:
        return Cloud(self.folder / "cloud.json")

    def edgeward(self, *arguments: str, **extra: str) -> Answer:
        command = [sys.executable, "-m", "edgeward.cli.main", *arguments, "--now", TODAY]
        return _run(command, self.repository, self._environment(extra))

    def init(self, plant: str) -> None:
        self.pulumi("stack", "init", plant)

    def pulumi(
        self, *arguments: str, code: int | None = 0, online: bool = False, **extra: str
    ) -> Answer:
        """One command of the CLI, which has to end with `code` (None: with any)."""
        command = [*([] if online else _cut_off()), *_pulumi(arguments)]
        done = _run(command, self.repository, self._environment(extra))
        assert code is None or done.returncode == code, f"{done.returncode}\n{told(done)}"
        return done

    def start(self, *arguments: str, **extra: str) -> subprocess.Popen[str]:
        """The same in the background, as the leader of a session."""
        return subprocess.Popen(
            [*_cut_off(), *_pulumi(arguments)],
            cwd=self.repository,
            env=self._environment(extra),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def changes(self, plant: str) -> dict[str, str]:
        """What a preview would do, by URN; without what stays as it is."""
        steps = json.loads(self.pulumi("preview", "-s", plant, "--json").stdout)["steps"]
        return {step["urn"]: step["op"] for step in steps if step["op"] != "same"}

    def _environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        own = [self.folder / "bin", Path(sys.executable).parent, needs("pulumi").parent]
        path = [*map(str, own), os.environ.get("PATH", os.defpath)]
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "PULUMI_"))}
        return kept | {
            "PATH": os.pathsep.join(path),
            "PULUMI_HOME": str(self.folder / "home"),
            "PULUMI_BACKEND_URL": f"file://{self.folder / 'state'}",
            "PULUMI_SKIP_UPDATE_CHECK": "1",
            "PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION": "1",
            "PULUMI_DISABLE_REGISTRY_RESOLVE": "true",
            "STANDIN_CLOUD": str(self.folder / "cloud.json"),
            "EDGEWARD_NOW": TODAY,
            **SECRETS,
            **extra,
        }


def make_workplace(folder: Path) -> Workplace:
    """A repository with the example plants and their decisions, and nothing made yet."""
    for name in _ENGINE:
        needs(name)
    workplace = Workplace(folder)
    for name in ("home", "state", "bin", "repository/stacks/config"):
        (folder / name).mkdir(parents=True)
    provider = folder / "bin" / "pulumi-resource-aws"
    provider.write_text(_PROVIDER, encoding="utf-8")
    provider.chmod(0o755)
    shutil.copy(ROOT / "Pulumi.yaml", workplace.repository)
    shutil.copy(ROOT / "stacks" / "__main__.py", workplace.repository / "stacks")
    # The shipped catalog is found where edgeward is.
    ours = shutil.ignore_patterns("catalog")
    shutil.copytree(ROOT / "sites", workplace.repository / "sites", ignore=ours)
    (workplace.repository / ".venv").symlink_to(sys.prefix)
    workplace.edgeward("decide")
    return workplace


def copy_workplace(of: Workplace, folder: Path) -> Workplace:
    shutil.copytree(of.folder, folder, symlinks=True, dirs_exist_ok=True)
    return Workplace(folder)


def told(done: Answer) -> str:
    return f"{done.stdout}\n{done.stderr}"


def _pulumi(arguments: tuple[str, ...]) -> list[str]:
    return [str(needs("pulumi")), *arguments, "--non-interactive", "--color", "never"]


def _run(command: list[str], folder: Path, environment: Mapping[str, str]) -> Answer:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@cache
def _cut_off() -> list[str]:
    """The command that runs another one with nothing but loopback; none where not permitted."""
    probe = subprocess.run([*_LOOPBACK_ONLY, "true"], capture_output=True, check=False)
    return list(_LOOPBACK_ONLY) if probe.returncode == 0 else []
