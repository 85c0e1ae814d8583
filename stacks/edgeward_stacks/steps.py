"""The definition of a training pipeline: prepare, train, evaluate, register for approval.

The model's command is called as `COMMAND prepare`, `COMMAND train` and `COMMAND evaluate`, with the
folders that SageMaker gives containers. `prepare` gets the approved manifest and refuses an item
whose digest is another one; `evaluate` writes evaluation.json with the metrics of the release.
"""

from __future__ import annotations

import json
from typing import Any

from edgeward.stack.learned import PipelinePlan

_VOLUME_GB = 100
_PROCESSING = "/opt/ml/processing"
_MANIFEST = f"{_PROCESSING}/manifest/approved.json"
_EVALUATION = "evaluation.json"

Step = dict[str, Any]


def pipeline_definition(plan: PipelinePlan, bucket: str, role_arn: str) -> str:
    """As SageMaker takes it, with one order of keys."""
    parts = _Parts(plan, f"s3://{bucket}", role_arn)
    register = parts.register()
    release = register if plan.metric is None or plan.at_least is None else parts.release(register)
    return json.dumps(
        {
            "Version": "2020-12-01",
            "Parameters": [],
            "Steps": [parts.prepare(), parts.train(), parts.evaluate(), release],
        },
        sort_keys=True,
    )


class _Parts:
    """The steps of one pipeline; each execution works in a folder of its own."""

    def __init__(self, plan: PipelinePlan, bucket: str, role_arn: str) -> None:
        self._plan, self._bucket, self._role = plan, bucket, role_arn
        self._own = f"{bucket}/{plan.writes}"

    def prepare(self) -> Step:
        manifest = _input("manifest", f"{self._bucket}/{self._plan.manifests}")
        streams = [
            _input(f"stream{number}", f"{self._bucket}/{folder}")
            for number, folder in enumerate(self._plan.reads)
        ]
        arguments = ["prepare", "--manifest", _MANIFEST]
        outputs = [_output("prepared", self._folder("prepared"))]
        return self._process("Prepare", arguments, [manifest, *streams], outputs)

    def train(self) -> Step:
        plan = self._plan
        return {
            "Name": "Train",
            "Type": "Training",
            "DependsOn": ["Prepare"],
            "Arguments": {
                "RoleArn": self._role,
                "AlgorithmSpecification": {
                    "TrainingImage": plan.image,
                    "TrainingInputMode": "File",
                    "ContainerEntrypoint": list(plan.command),
                    "ContainerArguments": ["train"],
                },
                "InputDataConfig": [_channel(self._folder("prepared"))],
                "OutputDataConfig": {"S3OutputPath": f"{self._own}models/"},
                "ResourceConfig": self._machine(),
                "EnableManagedSpotTraining": True,
                "CheckpointConfig": {"S3Uri": self._folder("checkpoints")},
                "StoppingCondition": {
                    "MaxRuntimeInSeconds": plan.longest_seconds,
                    "MaxWaitTimeInSeconds": 2 * plan.longest_seconds,
                },
                "EnableNetworkIsolation": True,
            },
        }

    def evaluate(self) -> Step:
        inputs = [
            _input("model", {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"}),
            _input("prepared", self._folder("prepared")),
        ]
        outputs = [_output("evaluation", self._folder("evaluation"))]
        step = self._process("Evaluate", ["evaluate"], inputs, outputs)
        file = {
            "PropertyFileName": "Evaluation",
            "OutputName": "evaluation",
            "FilePath": _EVALUATION,
        }
        return {**step, "PropertyFiles": [file]}

    def release(self, register: Step) -> Step:
        """A model that misses the use case's own criterion is never put up for approval."""
        reached = {
            "Std:JsonGet": {
                "PropertyFile": {"Get": "Steps.Evaluate.PropertyFiles.Evaluation"},
                "Path": f"metrics.{self._plan.metric}",
            }
        }
        condition = {
            "Type": "GreaterThanOrEqualTo",
            "LeftValue": reached,
            "RightValue": self._plan.at_least,
        }
        arguments = {"Conditions": [condition], "IfSteps": [register], "ElseSteps": []}
        return {"Name": "Release", "Type": "Condition", "Arguments": arguments}

    def register(self) -> Step:
        container = {
            "Image": self._plan.image,
            "ModelDataUrl": {"Get": "Steps.Train.ModelArtifacts.S3ModelArtifacts"},
        }
        return {
            "Name": "Register",
            "Type": "RegisterModel",
            "DependsOn": ["Evaluate"],
            "Arguments": {
                "ModelPackageGroupName": self._plan.registry_group,
                "ModelApprovalStatus": "PendingManualApproval",
                "InferenceSpecification": {
                    "Containers": [container],
                    "SupportedContentTypes": ["application/octet-stream"],
                    "SupportedResponseMIMETypes": ["application/json"],
                },
            },
        }

    def _process(
        self, name: str, arguments: list[str], inputs: list[Step], outputs: list[Step]
    ) -> Step:
        return {
            "Name": name,
            "Type": "Processing",
            "Arguments": {
                "RoleArn": self._role,
                "AppSpecification": {
                    "ImageUri": self._plan.image,
                    "ContainerEntrypoint": list(self._plan.command),
                    "ContainerArguments": arguments,
                },
                "ProcessingInputs": inputs,
                "ProcessingOutputConfig": {"Outputs": outputs},
                "ProcessingResources": {"ClusterConfig": self._machine()},
                "StoppingCondition": {"MaxRuntimeInSeconds": self._plan.longest_seconds},
                "NetworkConfig": {"EnableNetworkIsolation": True},
            },
        }

    def _machine(self) -> Step:
        return {
            "InstanceType": self._plan.instance,
            "InstanceCount": 1,
            "VolumeSizeInGB": _VOLUME_GB,
        }

    def _folder(self, name: str) -> Step:
        parts = [f"{self._own}{name}", {"Get": "Execution.PipelineExecutionId"}]
        return {"Std:Join": {"On": "/", "Values": parts}}


def _input(name: str, uri: str | Step) -> Step:
    place = {
        "S3Uri": uri,
        "LocalPath": f"{_PROCESSING}/{name}",
        "S3DataType": "S3Prefix",
        "S3InputMode": "File",
    }
    return {"InputName": name, "AppManaged": False, "S3Input": place}


def _output(name: str, uri: Step) -> Step:
    place = {"S3Uri": uri, "LocalPath": f"{_PROCESSING}/{name}", "S3UploadMode": "EndOfJob"}
    return {"OutputName": name, "AppManaged": False, "S3Output": place}


def _channel(uri: Step) -> Step:
    source = {
        "S3DataType": "S3Prefix",
        "S3Uri": uri,
        "S3DataDistributionType": "FullyReplicated",
    }
    return {"ChannelName": "prepared", "DataSource": {"S3DataSource": source}}
