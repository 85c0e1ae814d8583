"""The key that signs what goes to the devices of a plant."""

from __future__ import annotations

import pulumi
import pulumi_aws as aws

from edgeward.stack.learned import SigningPlan


class Signing(pulumi.ComponentResource):
    """A key pair whose private half stays in KMS; it outlives the stack, as what it signed does."""

    key: aws.kms.Key

    def __init__(self, name: str, args: SigningPlan, opts: pulumi.ResourceOptions) -> None:
        super().__init__("edgeward:cloud:Signing", name, None, opts)
        self.key = aws.kms.Key(
            name,
            description="Signs models and bundles",
            key_usage="SIGN_VERIFY",
            customer_master_key_spec="ECC_NIST_P256",
            deletion_window_in_days=30,
            tags=args.tags,
            opts=pulumi.ResourceOptions(parent=self, protect=True, retain_on_delete=True),
        )
        aws.kms.Alias(
            name,
            name=f"alias/{args.alias}",
            target_key_id=self.key.key_id,
            opts=pulumi.ResourceOptions(parent=self),
        )
        self.register_outputs({"key": self.key.arn})
