"""The workflows against actionlint, and their installation step with a wheel of this checkout."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

from tests.house.templates import ACTIONS, ROOT, WORKFLOWS, Runner, steps_of
from tests.real.needs import needs


def test_actionlint_has_nothing_to_say() -> None:
    done = subprocess.run(
        [str(needs("actionlint")), "-color=false", *map(str, WORKFLOWS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr


def test_edgeward_is_installed_as_written_from_what_is_pinned_by_hash(tmp_path: Path) -> None:
    """Without an index, so the wheel alone: what it needs is left out."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    pin = hashlib.sha256(wheel.read_bytes()).hexdigest()
    pinned = tmp_path / "requirements.txt"
    runner = Runner(tmp_path, tmp_path / "runner", {})
    env = {"PIP_NO_INDEX": "1", "PIP_NO_DEPS": "1", "REQUIREMENTS": str(pinned)}
    (script,) = (s["run"] for s in steps_of(ACTIONS[0]) if s["name"] == "Install edgeward")
    pinned.write_text(f"edgeward @ file://{wheel} --hash=sha256:{'0' * 64}\n")
    assert runner.run(script, **env).returncode != 0
    pinned.write_text(f"edgeward @ file://{wheel} --hash=sha256:{pin}\n")
    done = runner.run(script, **env)
    assert done.returncode == 0, done.stderr
    folder = Path(runner.path.read_text().strip())
    assert (folder / "edgeward").is_file()
