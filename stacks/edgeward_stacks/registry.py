"""Where the versions of a use case's model are registered and approved."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from edgeward.stack.learned import RegistryPlan


class Registry(pulumi.ComponentResource):
    """A SageMaker model package group; it outlives the stack, as the record of what was shipped."""

    group: aws.sagemaker.ModelPackageGroup

    def __init__(self, name: str, args: RegistryPlan, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Registry", name, None, opts)
        self.group = aws.sagemaker.ModelPackageGroup(
            name,
            model_package_group_name=args.group,
            model_package_group_description=args.description,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        self.register_outputs({"group": self.group.model_package_group_name})
