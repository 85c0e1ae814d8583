"""AWS's limits on names, tags and attributes, from the API reference of each service."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator, Mapping
from typing import Any

from tests.standin import services
from tests.standin.declared import UNKNOWN, Problem

_NAMES: Mapping[tuple[str, str], tuple[str, int]] = {
    (services.BUCKET, "bucket"): (r"[a-z0-9][a-z0-9.-]+[a-z0-9]", 63),
    (services.ROLE, "name"): (r"[\w+=,.@-]+", 64),
    (services.ROLE_POLICY, "name"): (r"[\w+=,.@-]+", 128),
    (services.ALIAS, "name"): (r"alias/(?!aws/)[a-zA-Z0-9/_-]+", 256),
    (services.THING, "name"): (r"[a-zA-Z0-9:_-]+", 128),
    (services.THING_GROUP, "name"): (r"[a-zA-Z0-9:_-]+", 128),
    (services.IOT_POLICY, "name"): (r"[\w+=,.@-]+", 128),
    (services.ROLE_ALIAS, "alias"): (r"[\w=,@-]+", 128),
    (services.TOPIC_RULE, "name"): (r"[a-zA-Z0-9_]+", 128),
    (services.DELIVERY, "name"): (r"[a-zA-Z0-9_.-]+", 64),
    (services.EVENT_RULE, "name"): (r"[.\-_A-Za-z0-9]+", 64),
    (services.ALARM, "name"): (r"[^\x00-\x1f]+", 255),
    (services.DASHBOARD, "dashboardName"): (r"[A-Za-z0-9_-]+", 255),
    (services.TOPIC, "name"): (r"[A-Za-z0-9_-]+", 256),
    (services.PIPELINE, "pipelineName"): (r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", 256),
    (services.MODEL, "name"): (r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", 63),
    (services.ENDPOINT_SETTINGS, "name"): (r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", 63),
    (services.ENDPOINT, "name"): (r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", 63),
    (services.QUEUE, "name"): (r"[a-zA-Z0-9_-]+(\.fifo)?", 80),
    (services.MODEL_GROUP, "modelPackageGroupName"): (r"[a-zA-Z0-9](-*[a-zA-Z0-9])*", 63),
    (services.MODEL_GROUP, "modelPackageGroupDescription"): (r"[^\x00-\x1f]*", 1024),
    (services.BUDGET, "name"): (r"(?!.*/action/)[^:\\\x00-\x1f]+", 100),
    (services.KEY, "description"): (r"[\s\S]*", 8192),
}
_RESERVED_BUCKETS = re.compile(
    r"(xn--|sthree-|amzn-s3-demo-).*|.*(-s3alias|--ol-s3|\.mrap|--x-s3|--table-s3)"
)
_ATTRIBUTE_KEY = re.compile(r"[a-zA-Z0-9_.,@/:#-]{1,128}")
_ATTRIBUTE_VALUE = re.compile(r"[a-zA-Z0-9_.,@/:#=\[\]-]{0,800}")
_UNTYPED_ATTRIBUTES = 3
_TAG = re.compile(r"[\w\s.:/=+@-]*")
_MOST_TAGS = 50


def limit_problems(type_: str, inputs: Mapping[str, Any]) -> Iterator[Problem]:
    """Names, tags and attributes that AWS would not take; unknown values are not judged."""
    for (of, name), (form, longest) in _NAMES.items():
        value = inputs.get(name)
        if of == type_ and isinstance(value, str) and value != UNKNOWN:
            yield from _name_problems(name, value, form, longest)
    if type_ == services.BUCKET and isinstance(inputs.get("bucket"), str):
        yield from _bucket_problems(inputs["bucket"])
    if type_ == services.THING:
        yield from _thing_problems(inputs)
    if isinstance(inputs.get("tags"), dict):
        yield from _tag_problems(inputs["tags"])


def _name_problems(at: str, value: str, form: str, longest: int) -> Iterator[Problem]:
    if len(value) > longest:
        yield Problem(at, f"{len(value)} characters, at most {longest} are allowed")
    if not re.fullmatch(form, value, re.ASCII):
        yield Problem(at, f"{value!r} does not match {form}")


def _bucket_problems(name: str) -> Iterator[Problem]:
    if ".." in name or _RESERVED_BUCKETS.fullmatch(name) or _is_address(name):
        yield Problem("bucket", f"{name!r} is no name for a bucket")


def _is_address(name: str) -> bool:
    try:
        ipaddress.IPv4Address(name)
    except ValueError:
        return False
    return True


def _thing_problems(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    attributes = inputs.get("attributes", {})
    if not isinstance(attributes, dict):
        return
    if len(attributes) > _UNTYPED_ATTRIBUTES and not inputs.get("thingTypeName"):
        yield Problem("attributes", "a thing without a type has at most 3 attributes")
    for key, value in sorted(attributes.items()):
        if not _ATTRIBUTE_KEY.fullmatch(key) or not _ATTRIBUTE_VALUE.fullmatch(str(value)):
            yield Problem(f"attributes.{key}", f"{value!r} has characters that IoT does not take")


def _tag_problems(tags: Mapping[str, Any]) -> Iterator[Problem]:
    if len(tags) > _MOST_TAGS:
        yield Problem("tags", f"{len(tags)} tags, at most {_MOST_TAGS} are allowed")
    for key, value in sorted(tags.items()):
        longest = len(key) <= 128 and len(str(value)) <= 256
        if not key or key.lower().startswith("aws:") or not longest:
            yield Problem(f"tags.{key}", "reserved, empty or too long")
        elif not _TAG.fullmatch(key) or not _TAG.fullmatch(str(value)):
            yield Problem(f"tags.{key}", f"{value!r} has characters that AWS does not take")
