"""Whether what an input refers to exists: AWS refuses a policy on a bucket that is not there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.standin import services
from tests.standin.cloud import Made, of_type
from tests.standin.documents import listed, statements_of

_ARN = re.compile(r"arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:[^*$]+")


def reference_problems(
    type_: str, inputs: Mapping[str, Any], made: Mapping[str, Made]
) -> Iterator[str]:
    """What has to exist before a resource of `type_` with these inputs can be made."""
    for name, wanted in services.SERVICES[type_].refers.items():
        if name in inputs and not _exists(inputs[name], of_type(made, wanted)):
            yield f"{name}: there is no {wanted} {inputs[name]}"
    arns = {each["outputs"].get("arn") for each in made.values()}
    for at, arn in _arns("", inputs):
        if arn not in arns:
            yield f"{at}: there is no {arn}"
    if type_ == services.BUCKET_POLICY:
        yield from _foreign_resources(inputs)


def holders(type_: str, id_: str, made: Mapping[str, Made]) -> list[str]:
    """What keeps a resource from being deleted."""
    resource = made.get(f"{type_}|{id_}", {})
    names = (id_, resource.get("outputs", {}).get("arn", id_))
    held = [
        f"{by} names it in {name}"
        for by, name in services.SERVICES[type_].held_by
        if any(each["inputs"].get(name) in names for each in of_type(made, by))
    ]
    if resource.get("objects") and not resource["inputs"].get("forceDestroy"):
        held.append("BucketNotEmpty: the bucket you tried to delete is not empty")
    return held


def _exists(reference: Any, candidates: list[Made]) -> bool:
    return any(reference in (each["id"], each["outputs"].get("arn")) for each in candidates)


def _arns(at: str, value: Any) -> Iterator[tuple[str, str]]:
    """The ARNs in inputs, at any depth; not those in policy documents, which AWS does not check."""
    if isinstance(value, dict):
        for key, item in sorted(value.items()):
            yield from _arns(f"{at}.{key}" if at else key, item)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _arns(f"{at}[{index}]", item)
    elif isinstance(value, str) and _ARN.fullmatch(value):
        yield at, value


def _foreign_resources(inputs: Mapping[str, Any]) -> Iterator[str]:
    own = f":s3:::{inputs['bucket']}"
    for statement in statements_of(inputs["policy"]):
        for resource in listed(statement["Resource"]):
            if not re.fullmatch(rf".*{re.escape(own)}(/.*)?", resource):
                yield f"policy: MalformedPolicy: {resource} is not of bucket {inputs['bucket']}"
