"""`python -m edgeward.policy.compile`: check, test and compile the shipped rules.

With `--check` nothing is written: the committed modules must be, byte for byte, what the rules
compile to. A digest could not show that; it would vouch for whatever is there.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from edgeward.errors import EdgewardError, NotEvaluated
from edgeward.policy.build import Compiled, compile_rules, write_compiled
from edgeward.policy.lint import lint_cases
from edgeward.policy.manifest import MANIFEST, manifest_bytes
from edgeward.policy.opa import find_opa
from edgeward.policy.rego_tests import run_rego_tests
from edgeward.policy.rule_set import COMPILED
from edgeward.policy.sources import read_sources
from edgeward.shipped import shipped_path


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m edgeward.policy.compile")
    parser.add_argument("--check", action="store_true", help="compare bytes, write nothing")
    options = parser.parse_args(arguments)
    try:
        return _run(check_only=options.check)
    except EdgewardError as error:
        sys.stderr.write(f"{error}\n")
        return int(error.exit_code)


def stale_files(compiled: Compiled, folder: Path) -> list[str]:
    """The files under `folder` that are not, byte for byte, the compiled ones."""
    wanted = {f"{category}.wasm": code for category, code in compiled.modules.items()}
    wanted[MANIFEST] = manifest_bytes(compiled.manifest)
    present = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    return sorted(name for name in wanted | present if wanted.get(name) != present.get(name))


def _run(*, check_only: bool) -> int:
    opa = find_opa()
    if opa is None:
        raise NotEvaluated("no `opa` is at hand, on the PATH or in .tools/bin")
    policies = shipped_path("policies")
    compiled = compile_rules(read_sources(policies.parent), opa)
    _test(policies, opa)
    faults = lint_cases(compiled.manifest.rules, policies.parent / "tests" / "cases")
    if faults:
        raise NotEvaluated("\n".join(faults))
    if not check_only:
        write_compiled(compiled, COMPILED)
        return 0
    stale = stale_files(compiled, COMPILED)
    for name in stale:
        sys.stderr.write(f"{COMPILED / name}: is not what the rules compile to\n")
    return 1 if stale else 0


def _test(policies: Path, opa: Path) -> None:
    names = {path.relative_to(policies).as_posix(): path for path in policies.rglob("*.rego")}
    number = run_rego_tests({name: path.read_text() for name, path in names.items()}, opa)
    sys.stdout.write(f"rules: {number} tests passed, every line of every rule covered\n")


if __name__ == "__main__":
    sys.exit(main())
