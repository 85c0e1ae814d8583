"""An AWS account: what it takes, refuses, makes, changes and deletes, on plain values."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.standin.cloud import Cloud, Made, Refused, key
from tests.standin.controlled import CONTROLLED, identifier, missing, state_problems
from tests.standin.declared import UNKNOWN, Problem, input_problems
from tests.standin.documents import document_problems
from tests.standin.limits import limit_problems
from tests.standin.moto import Moto
from tests.standin.references import holders, reference_problems
from tests.standin.services import BUCKET, SERVICES

Inputs = Mapping[str, Any]
Outputs = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Account:
    """One account in one region; `moto`, where there is one, gets what it knows as well."""

    cloud: Cloud
    number: str = "123456789012"
    region: str = "us-east-1"
    moto: Moto | None = None

    @property
    def partition(self) -> str:
        if self.region.startswith("us-gov-"):
            return "aws-us-gov"
        return "aws-cn" if self.region.startswith("cn-") else "aws"

    def preview(self, type_: str, inputs: Inputs) -> Outputs:
        """What is known of a resource before it is made: the inputs, and nothing that AWS adds."""
        return {**inputs, **dict.fromkeys(self._outputs(type_, "", {}), UNKNOWN)}

    def create(self, type_: str, inputs: Inputs) -> tuple[str, Outputs]:
        """The id and all properties; raises Refused."""
        with self.cloud.open(write=True) as made:
            self._refuse(type_, inputs, made)
            id_ = self._id(type_, inputs)
            if key(type_, id_) in made and not SERVICES[type_].overwrites:
                raise Refused(f"{type_} {id_} already exists")
            if self.moto is not None:
                id_ = self.moto.make(type_, inputs) or id_
            outputs = self._outputs(type_, id_, inputs)
            made[key(type_, id_)] = {"id": id_, "inputs": dict(inputs), "outputs": outputs}
        return id_, {**inputs, **outputs}

    def read(self, type_: str, id_: str) -> tuple[Inputs, Outputs] | None:
        """The inputs and all properties as they are now; None where it is gone."""
        with self.cloud.open() as made:
            found = made.get(key(type_, id_))
        if found is None:
            return None
        there = self.moto.read(type_, id_, found["inputs"]) if self.moto is not None else {}
        if there is None:
            return None
        inputs = {**found["inputs"], **there}
        return inputs, {**inputs, **found["outputs"]}

    def look_up_bucket(self, name: str) -> Outputs:
        """What the data source tells of it; raises Refused where there is none."""
        with self.cloud.open() as made:
            found = made.get(key(BUCKET, name))
        if found is None:
            raise Refused(f"reading S3 Bucket ({name}): couldn't find resource")
        return {"bucket": name, "bucketRegion": found["outputs"]["bucketRegion"]}

    def update(self, type_: str, id_: str, inputs: Inputs) -> Outputs:
        """All properties after a change in place; raises Refused."""
        with self.cloud.open(write=True) as made:
            self._refuse(type_, inputs, made)
            found = made.get(key(type_, id_))
            if found is None:
                raise Refused(f"there is no {type_} {id_}")
            if self.moto is not None:
                self.moto.change(type_, inputs)
            found["inputs"] = dict(inputs)
            found["outputs"] = self._outputs(type_, id_, inputs)
            return {**inputs, **found["outputs"]}

    def delete(self, type_: str, id_: str) -> None:
        """Raises Refused while something holds it; what is gone already is no error."""
        with self.cloud.open(write=True) as made:
            for holder in holders(type_, id_, made):
                raise Refused(f"{type_} {id_} cannot be deleted: {holder}")
            found = made.pop(key(type_, id_), None)
            if found is not None and self.moto is not None:
                self.moto.remove(type_, id_, found["inputs"])

    def _refuse(self, type_: str, inputs: Inputs, made: Mapping[str, Made]) -> None:
        for problem in problems(type_, inputs):
            raise Refused(f"{problem.at}: {problem.reason}")
        for reason in reference_problems(type_, inputs, made):
            raise Refused(reason)
        for reason in missing(inputs, made) if type_ == CONTROLLED else ():
            raise Refused(reason)

    def _id(self, type_: str, inputs: Inputs) -> str:
        if type_ == CONTROLLED:
            return identifier(inputs, self._facts(inputs))
        template = SERVICES[type_].id
        return template.format_map(self._facts(inputs)) if template else str(uuid.uuid4())

    def _outputs(self, type_: str, id_: str, inputs: Inputs) -> Outputs:
        """What AWS adds; the values mean nothing while `id_` is empty."""
        service = SERVICES[type_]
        templates = {**service.outputs, **({"arn": service.arn} if service.arn else {})}
        facts = {**self._facts(inputs), "id": id_}
        if not id_:
            return dict.fromkeys(templates, UNKNOWN)
        return {name: text.format_map(facts) for name, text in sorted(templates.items())}

    def _facts(self, inputs: Inputs) -> dict[str, Any]:
        here = {"account": self.number, "region": self.region, "partition": self.partition}
        return {**inputs, **here}


def problems(type_: str, inputs: Inputs) -> Iterator[Problem]:
    """What a check finds wrong with inputs: shape, limits and policy documents."""
    if type_ not in SERVICES:
        yield Problem("", f"the stand-in does not play {type_}; see tests/standin/services.py")
        return
    yield from input_problems(type_, inputs)
    yield from limit_problems(type_, inputs)
    if type_ == CONTROLLED:
        yield from state_problems(inputs)
    for name, document in SERVICES[type_].documents.items():
        if name in inputs and inputs[name] != UNKNOWN:
            for reason in document_problems(inputs[name], document):
                yield Problem(name, reason)


def with_name(type_: str, inputs: Inputs, olds: Inputs, logical: str, seed: bytes) -> Inputs:
    """The inputs, with the name that the provider gives where there is none; it never changes."""
    named = SERVICES[type_].named if type_ in SERVICES else ""
    if not named or named in inputs or f"{named}Prefix" in inputs:
        return inputs
    generated = f"{logical}-{seed.hex()[:7]}"
    if type_ == BUCKET:
        generated = generated.lower()
    return {**inputs, named: olds.get(named) or generated}
