"""Whether `edgeward build` ended as the examples mean it to: two plants fail, the others stand.

Takes the output folder and the exit code of the build. The folder's `result.json` says what became
of each plant.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

MUST_FAIL = {"impossible-press": "no_tier", "vague-brief": "not_ready"}
FINDINGS = 1


def find_surprises(result: dict[str, object], exit_code: int) -> list[str]:
    """What differs from the expected end, in words; empty when nothing does."""
    plants = result["plants"]
    assert isinstance(plants, list)
    states = {plant["name"]: plant["status"] for plant in plants}
    expected = {name: MUST_FAIL.get(name, "decided") for name in sorted({*states, *MUST_FAIL})}
    surprises = [
        f"{name}: expected {status}, got {states.get(name, 'no result')}"
        for name, status in expected.items()
        if states.get(name) != status
    ]
    if exit_code != FINDINGS or result["exit_code"] != FINDINGS:
        surprises.append(f"build ended {exit_code}, expected {FINDINGS}")
    return surprises


def main() -> int:
    folder, exit_code = Path(sys.argv[1]), int(sys.argv[2])
    try:
        result = json.loads((folder / "result.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        print(f"demo: build ended {exit_code} and wrote no result", file=sys.stderr)
        return 1
    surprises = find_surprises(result, exit_code)
    for surprise in surprises:
        print(f"demo: {surprise}", file=sys.stderr)
    if surprises:
        return 1
    decided = len(result["plants"]) - len(MUST_FAIL)
    print(f"{decided} plants decided; {' and '.join(MUST_FAIL)} have no decision, as they should.")
    print(f"Open the report: {(folder / 'report' / 'index.html').resolve()}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
