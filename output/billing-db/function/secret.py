"""Secrets Manager: the six calls that a rotation makes, and no other."""

import json
import logging
import string
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import boto3
from botocore import xform_name
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from errors import RotationError

if TYPE_CHECKING:
    from mypy_boto3_secretsmanager import SecretsManagerClient

CURRENT = "AWSCURRENT"
PENDING = "AWSPENDING"
PREVIOUS = "AWSPREVIOUS"

# A class of which no character is left must be left out by its flag, since one of each is required.
_CLASSES = {
    "ExcludeLowercase": {*string.ascii_lowercase},
    "ExcludeNumbers": {*string.digits},
    "ExcludePunctuation": {*string.punctuation},
    "ExcludeUppercase": {*string.ascii_uppercase},
}

# At level DEBUG these write whole requests and replies, and with them the passwords.
for _name in ("boto3", "botocore", "urllib3"):
    logging.getLogger(_name).setLevel(logging.INFO)


@lru_cache(maxsize=1)
def client() -> "SecretsManagerClient":
    """Return the client, made once for each process.

    Without a way to Secrets Manager each attempt costs the whole connect timeout: three of them
    still end before the function does, so that the log names the cause.
    """
    config = Config(
        connect_timeout=5,
        read_timeout=10,
        retries={"mode": "standard", "total_max_attempts": 3},
    )
    return boto3.client("secretsmanager", config=config)


@dataclass(frozen=True)
class Description:
    """What Secrets Manager knows of a secret, without its value."""

    stages: dict[str, list[str]]
    rotation_enabled: bool | None
    last_rotated: datetime | None
    next_rotation: datetime | None

    def version_with(self, stage: str) -> str | None:
        """Return the version that carries a staging label."""
        return next((v for v, stages in self.stages.items() if stage in stages), None)


class Secret:
    """One secret."""

    def __init__(self, arn: str) -> None:
        """Name the secret; nothing is called yet."""
        self.arn = arn

    def describe(self) -> Description:
        """Return the labels of the versions and the state of the rotation."""
        answer = self._call("DescribeSecret", SecretId=self.arn)
        return Description(
            stages=answer.get("VersionIdsToStages", {}),
            rotation_enabled=answer.get("RotationEnabled"),
            last_rotated=answer.get("LastRotatedDate"),
            next_rotation=answer.get("NextRotationDate"),
        )

    def read(self, stage: str, version: str | None = None) -> dict[str, Any] | None:
        """Return the JSON of a version, or None when there is no such version or no value in it."""
        which = {"VersionStage": stage} | ({"VersionId": version} if version else {})
        try:
            answer = self._call("GetSecretValue", SecretId=self.arn, **which)
        except _NotFound:
            return None
        try:
            value = json.loads(answer.get("SecretString", ""))
        except ValueError:
            value = None
        if not isinstance(value, dict):
            raise RotationError(
                f"the {stage} value of {self.arn} is not a JSON object",
                "store the login as a JSON object with `username` and `password`",
            )
        return value

    def write_pending(self, token: str, value: dict[str, Any], rotation_token: str | None) -> None:
        """Store the next value as AWSPENDING under the rotation's token.

        The rotation token proves, across accounts or roles, that the call belongs to a rotation.
        """
        proof = {"RotationToken": rotation_token} if rotation_token else {}
        self._call(
            "PutSecretValue",
            SecretId=self.arn,
            ClientRequestToken=token,
            SecretString=json.dumps(value),
            VersionStages=[PENDING],
            **proof,
        )

    def make_current(self, token: str, replaced: str | None) -> None:
        """Move AWSCURRENT to the rotation's version; a first value replaces nothing.

        AWSPREVIOUS follows by itself, and Secrets Manager takes AWSPENDING off after the rotation.
        """
        origin = {"RemoveFromVersionId": replaced} if replaced else {}
        self._call(
            "UpdateSecretVersionStage",
            SecretId=self.arn,
            VersionStage=CURRENT,
            MoveToVersionId=token,
            **origin,
        )

    def random_password(self, length: int, exclude: str) -> str:
        """Return a new password with at least one character of each class that is left."""
        emptied = {flag: True for flag, characters in _CLASSES.items() if characters <= {*exclude}}
        answer = self._call(
            "GetRandomPassword",
            PasswordLength=length,
            ExcludeCharacters=exclude,
            RequireEachIncludedType=True,
            **emptied,
        )
        password: str = answer["RandomPassword"]
        return password

    def _call(self, operation: str, **parameters: Any) -> dict[str, Any]:
        """Make one call and turn its failure into an error that names call, secret and cause."""
        where = f"Secrets Manager at {client().meta.endpoint_url}"
        try:
            answer: dict[str, Any] = getattr(client(), xform_name(operation))(**parameters)
            return answer
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code == "ResourceNotFoundException":
                raise _NotFound(
                    f"{where} finds nothing for {operation} on {self.arn}",
                    "check that the secret exists and holds a value",
                ) from None
            # Some texts repeat the request: none is shown of a request that held the value.
            text = error.response["Error"]["Message"]
            detail = "" if "SecretString" in parameters else f" ({text})"
            raise RotationError(
                f"{where} refused {operation} on {self.arn} with {code}{detail}",
                f"allow the function's role {operation}, and the key of the secret"
                if "AccessDenied" in code
                else "rotate the secret again when the cause is gone",
            ) from None
        except BotoCoreError as error:
            raise RotationError(
                f"{where} cannot be reached for {operation} on {self.arn} ({type(error).__name__})",
                "give the function's subnets an interface endpoint or a NAT gateway,"
                " and its security group a way out to port 443",
            ) from None


class _NotFound(RotationError):
    """The secret, the version or its value is not there."""
