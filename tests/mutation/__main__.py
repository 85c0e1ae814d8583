"""`python -m tests.mutation`: the mutation score of all rules, or of those that are changed.

Ends in 1 where a mutant lives that is not listed with its reason, or one is listed that does not.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter

from edgeward.policy.opa import find_opa
from tests.mutation.kill import changed_rules, known_survivors, try_mutants


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("--changed", action="store_true", help="only rules that differ from --base")
    parser.add_argument("--base", default="HEAD", metavar="REF")
    parser.add_argument("rules", nargs="*")
    options = parser.parse_args()
    opa = find_opa()
    if opa is None:
        print("opa is absent: no rule can be mutated", file=sys.stderr)
        return 3
    named = changed_rules(options.base) if options.changed else set(options.rules)
    wanted = named if options.changed or named else None
    outcomes = list(try_mutants(wanted, opa))
    listed = known_survivors()
    lived = {each.id for each in outcomes if each.killed_by is None}
    for name in sorted(lived - set(listed)):
        print(f"nobody noticed  {name}")
    gone = sorted(set(listed) - lived) if wanted is None else []
    for name in gone:
        print(f"is killed, or is no mutant any more: take it off the list  {name}")
    counts = Counter(_kind(each.killed_by) for each in outcomes)
    killed = len(outcomes) - len(lived)
    share = killed / len(outcomes) if outcomes else 1
    said = ", ".join(f"{number} {kind}" for kind, number in sorted(counts.items()))
    print(
        f"mutants: {killed} of {len(outcomes)} killed ({share:.1%}), "
        f"{len(lived & set(listed))} listed with a reason; {said}"
    )
    return 1 if lived - set(listed) or gone else 0


def _kind(killed_by: str | None) -> str:
    if killed_by is None:
        return "alive"
    return f"by {killed_by}" if killed_by in ("compiler", "lint") else "by cases"


if __name__ == "__main__":
    sys.exit(main())
