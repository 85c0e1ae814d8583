"""What is made through Cloud Control: JSON that has to be what the service's own API takes.

CloudFormation names a property as the API names the parameter, with a capital letter first; so
botocore's models of the requests judge it. Which properties change in place is from the schemas
of the types.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import botocore.session
from botocore.model import ListShape, MapShape, Shape, StructureShape
from botocore.validate import ParamValidator

from tests.standin.declared import UNKNOWN, Problem

CONTROLLED = "aws:cloudcontrol/resource:Resource"


@dataclass(frozen=True, slots=True)
class Type:
    """The operation that makes it; `in_place` are the properties that it can change."""

    service: str
    operation: str
    in_place: frozenset[str] = frozenset()


TYPES: Mapping[str, Type] = {
    "AWS::GreengrassV2::ComponentVersion": Type(
        "greengrassv2", "CreateComponentVersion", frozenset({"Tags"})
    ),
    "AWS::GreengrassV2::Deployment": Type("greengrassv2", "CreateDeployment", frozenset({"Tags"})),
    "AWS::IoT::JobTemplate": Type("iot", "CreateJobTemplate"),
}


def state_problems(inputs: Mapping[str, Any]) -> Iterator[Problem]:
    """What the service would refuse in a desired state."""
    text, type_ = inputs.get("desiredState", UNKNOWN), TYPES.get(inputs.get("typeName", ""))
    if type_ is None:
        yield Problem("typeName", f"the stand-in does not control {inputs.get('typeName')}")
    elif text != UNKNOWN:
        for reason in request_problems(type_, json.loads(text)):
            yield Problem("desiredState", reason)


def request_problems(type_: Type, state: Mapping[str, Any]) -> Iterator[str]:
    """By botocore's shapes, and their enums and patterns, which it does not look at itself."""
    shape = _shape(type_.service, type_.operation)
    request = _request(state, shape)
    report = ParamValidator().validate(request, shape)
    if report.has_errors():
        yield report.generate_report()
    else:
        yield from walk(request, shape, type_.operation)


def identifier(inputs: Mapping[str, Any], facts: Mapping[str, Any]) -> str:
    """What Cloud Control calls the resource."""
    state = json.loads(inputs["desiredState"])
    if "InlineRecipe" in state:
        recipe = json.loads(state["InlineRecipe"])
        name = f"components:{recipe['ComponentName']}:versions:{recipe['ComponentVersion']}"
        return "arn:{partition}:greengrass:{region}:{account}:".format_map(facts) + name
    return str(state.get("JobTemplateId") or uuid.uuid4())


def replaces(old: Mapping[str, Any], new: Mapping[str, Any]) -> bool:
    """Whether the change of a desired state needs another resource."""
    if old.get("typeName") != new.get("typeName") or UNKNOWN in (old, new):
        return True
    before, after = json.loads(old["desiredState"]), json.loads(new["desiredState"])
    changed = {name for name in {*before, *after} if before.get(name) != after.get(name)}
    return not changed <= TYPES[new["typeName"]].in_place


def missing(inputs: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    """The target and the components of a deployment that are not there."""
    state = json.loads(inputs["desiredState"])
    arns = {each["outputs"].get("arn") for each in made.values()}
    if "TargetArn" in state and state["TargetArn"] not in arns:
        yield f"TargetArn: there is no {state['TargetArn']}"
    for name, each in state.get("Components", {}).items():
        end = f":components:{name}:versions:{each['ComponentVersion']}"
        if not any(other.endswith(end) for other in made):
            yield f"Components: there is no {name} {each['ComponentVersion']}"


def walk(value: Any, shape: Shape, place: str) -> Iterator[str]:
    """The enums and patterns of a request, at any depth; not those that only Java reads."""
    if isinstance(shape, StructureShape):
        for key, member in value.items():
            if key in shape.members:
                yield from walk(member, shape.members[key], f"{place}.{key}")
    elif isinstance(shape, MapShape):
        for key, member in value.items():
            yield from walk(key, shape.key, f"{place} key")
            yield from walk(member, shape.value, f"{place}.{key}")
    elif isinstance(shape, ListShape):
        for member in value:
            yield from walk(member, shape.member, place)
    else:
        enum, pattern = shape.metadata.get("enum"), shape.metadata.get("pattern")
        if enum and value not in enum:
            yield f"{place}: {value} is none of {enum}"
        if pattern and "\\p{" not in pattern and not re.fullmatch(pattern, value):
            yield f"{place}: {value} is not {pattern}"


@cache
def _shape(service: str, operation: str) -> Shape:
    model = botocore.session.get_session().get_service_model(service)
    return model.operation_model(operation).input_shape


def _request(value: Any, shape: Shape) -> Any:
    """A state in the words of the API; a name that it has not stays, for the validator to find."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        called = {key: _parameter(key, shape) for key in value}
        return {
            called[key]: _request(each, shape.members.get(called[key], shape))
            for key, each in value.items()
        }
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {key: _request(each, shape.value) for key, each in value.items()}
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [_request(each, shape.member) for each in value]
    return value.encode() if shape.type_name == "blob" and isinstance(value, str) else value


def _parameter(name: str, shape: StructureShape) -> str:
    if name in shape.members and name[0].isupper():
        return name
    return name[0].lower() + name[1:] if name[0].isupper() else f"{name} without a capital letter"
