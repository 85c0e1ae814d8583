"""Decides as AWS IoT does whether a policy lets a client do something."""

from __future__ import annotations

import json
import re

_THING = "${iot:Connection.Thing.ThingName}"


def may(policy: str, thing: str, action: str, resource: str) -> bool:
    """Whether `thing` may do `iot:action` on `topic/…`, `topicfilter/…` or `client/…`.

    A denial wins. `*` stands for any text; in a topic filter `#` and `+` are text like any other.
    """
    effects = {
        statement["Effect"]
        for statement in json.loads(policy)["Statement"]
        if f"iot:{action}" in statement["Action"]
        and any(_matches(arn, thing, resource) for arn in statement["Resource"])
    }
    return effects == {"Allow"}


def _matches(arn: str, thing: str, resource: str) -> bool:
    own = arn.split(":", 5)[5].replace(_THING, thing)
    return re.fullmatch(".*".join(map(re.escape, own.split("*"))), resource) is not None
