"""The tags that every resource of a plant carries: who owns it, what it is for, who pays."""

from __future__ import annotations

from edgeward.site import Site
from edgeward.stack.naming import tag_key, tag_value

_MOST_TAGS = 40
"""AWS allows 50; the rest is left to the account's own."""


def plan_tags(site: Site, use_case: str | None = None) -> dict[str, str]:
    """The plant's labels, under the tags that edgeward gives; these win over a label's value.

    Without `use_case` the resource belongs to the whole plant.
    """
    owner = site.owner
    if use_case is not None:
        owner = next(case.owner for case in site.use_cases if case.name == use_case) or owner
    given = {"managed-by": "edgeward", "site": site.name, "use_case": use_case or "shared"}
    if owner is not None:
        given["owner"] = owner
    labels = sorted((site.labels or {}).items())
    usable = [(tag_key(k), v) for k, v in labels if k and not k.lower().startswith("aws:")]
    tags = dict(usable[: _MOST_TAGS - len(given)]) | given
    return {key: tag_value(value) for key, value in sorted(tags.items())}
