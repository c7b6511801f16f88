"""A stand-in for Secrets Manager with AWS's rules for versions and staging labels.

An HTTP server that speaks the JSON 1.1 protocol, so that the real boto3 talks to it through
AWS_ENDPOINT_URL_SECRETS_MANAGER. Rotation runs inside RotateSecret, and so is over when the call
returns; whatever the function raised is in `Stored.failure`.
"""

import json
import secrets
import string
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

CURRENT, PENDING, PREVIOUS = "AWSCURRENT", "AWSPENDING", "AWSPREVIOUS"
STEPS = ("createSecret", "setSecret", "testSecret", "finishSecret")
DAY = 86400.0
MISSING = "Secrets Manager can't find the specified secret"

Function = Callable[[dict[str, str], None], None]


class Refusal(Exception):
    """An error reply: its code and its text."""


@dataclass
class Version:
    """A value, which is None until somebody puts one, and its labels."""

    created: float
    value: str | None = None
    stages: set[str] = field(default_factory=set)


@dataclass
class Stored:
    """A secret with all versions that are still kept."""

    name: str
    arn: str
    versions: dict[str, Version] = field(default_factory=dict)
    rotation_enabled: bool | None = None
    function: str | None = None
    rules: dict[str, Any] = field(default_factory=dict)
    last_rotated: float | None = None
    next_rotation: float | None = None
    failure: Exception | None = None

    def holder(self, stage: str) -> str | None:
        """Return the version that carries a label."""
        return next((v for v, version in self.versions.items() if stage in version.stages), None)

    def move(self, stage: str, to: str | None) -> None:
        """Move a label. AWSPREVIOUS follows AWSCURRENT by itself."""
        origin = self.holder(stage)
        if origin is not None and origin != to:
            self.versions[origin].stages.discard(stage)
            if stage == CURRENT:
                self.move(PREVIOUS, origin)
        if to is not None:
            self.versions[to].stages.add(stage)


class StandIn:
    """The service. `functions` holds, by ARN, what RotateSecret calls."""

    def __init__(self, keep_unlabelled: int = 100, keep_seconds: float = 0) -> None:
        """Keep so many versions without a label, and younger ones than that in any case.

        AWS keeps 100 and those of the last 24 hours.
        """
        self.keep_unlabelled = keep_unlabelled
        self.keep_seconds = keep_seconds
        # Not known of AWS: whether the first value ever put is current even when put as pending.
        self.first_value_is_current = False
        self.functions: dict[str, Function] = {}
        self.secrets: dict[str, Stored] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.passwords: set[str] = set()
        self.lock = threading.RLock()
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Stop answering."""
        self.server.shutdown()
        self.server.server_close()

    def find(self, secret_id: str) -> Stored:
        """Return a secret by its name or ARN."""
        for secret in self.secrets.values():
            if secret_id in (secret.name, secret.arn):
                return secret
        raise Refusal("ResourceNotFoundException", f"{MISSING}.")

    def answer(self, operation: str, request: dict[str, Any]) -> dict[str, Any]:
        """Answer one call."""
        method = getattr(self, f"_{operation}", None)
        if method is None:
            raise Refusal("UnknownOperationException", operation)
        self.calls.append((operation, request))
        if operation == "RotateSecret":  # calls the function, which calls back: not under the lock
            return self._RotateSecret(request)
        with self.lock:
            reply: dict[str, Any] = method(request)
            return reply

    def _CreateSecret(self, request: dict[str, Any]) -> dict[str, Any]:
        name = request["Name"]
        if name in self.secrets:
            raise Refusal("ResourceExistsException", f"{name} already exists.")
        suffix = "".join(secrets.choice(string.ascii_letters) for _ in range(6))
        arn = f"arn:aws:secretsmanager:us-east-1:111122223333:secret:{name}-{suffix}"
        self.secrets[name] = Stored(name, arn)
        if "SecretString" not in request:
            return {"ARN": arn, "Name": name}
        return self._PutSecretValue({**request, "SecretId": arn})

    def _DescribeSecret(self, request: dict[str, Any]) -> dict[str, Any]:
        secret = self.find(request["SecretId"])
        known = {
            "ARN": secret.arn,
            "Name": secret.name,
            "RotationEnabled": secret.rotation_enabled,
            "RotationLambdaARN": secret.function,
            "RotationRules": secret.rules or None,
            "LastRotatedDate": secret.last_rotated,
            "NextRotationDate": secret.next_rotation,
            "VersionIdsToStages": {
                v: sorted(version.stages)
                for v, version in secret.versions.items()
                if version.stages
            },
        }
        return {key: value for key, value in known.items() if value is not None}

    def _GetSecretValue(self, request: dict[str, Any]) -> dict[str, Any]:
        secret = self.find(request["SecretId"])
        stage = request.get("VersionStage")
        wanted = request.get("VersionId") or secret.holder(stage or CURRENT)
        version = secret.versions.get(wanted or "")
        if version is None or version.value is None or (stage and stage not in version.stages):
            raise Refusal(
                "ResourceNotFoundException",
                f"{MISSING} value for staging label: {stage or CURRENT}",
            )
        return {
            "ARN": secret.arn,
            "Name": secret.name,
            "VersionId": wanted,
            "SecretString": version.value,
            "VersionStages": sorted(version.stages),
        }

    def _PutSecretValue(self, request: dict[str, Any]) -> dict[str, Any]:
        secret = self.find(request["SecretId"])
        token, value = request["ClientRequestToken"], request["SecretString"]
        first = all(version.value is None for version in secret.versions.values())
        version = secret.versions.setdefault(token, Version(time.time()))
        if version.value not in (None, value):
            raise Refusal("ResourceExistsException", "A version with this token already exists.")
        if version.value is None:
            version.value = value
            self._note_password(value)
            for stage in request.get("VersionStages", [CURRENT]):
                secret.move(stage, token)
            if first and (self.first_value_is_current or PENDING not in version.stages):
                secret.move(CURRENT, token)
        self._age(secret)
        stages = sorted(version.stages)
        return {"ARN": secret.arn, "Name": secret.name, "VersionId": token, "VersionStages": stages}

    def _UpdateSecretVersionStage(self, request: dict[str, Any]) -> dict[str, Any]:
        secret = self.find(request["SecretId"])
        stage, target = request["VersionStage"], request.get("MoveToVersionId")
        holder, origin = secret.holder(stage), request.get("RemoveFromVersionId")
        if target is not None and target not in secret.versions:
            raise Refusal("ResourceNotFoundException", f"{MISSING} version.")
        if holder not in (origin, target) or (target is None and origin is None):
            raise Refusal(
                "InvalidParameterException",
                f"The parameter RemoveFromVersionId must be the version that has {stage}.",
            )
        if target is None and stage == CURRENT:
            raise Refusal("InvalidParameterException", "AWSCURRENT can only be moved.")
        secret.move(stage, target)
        self._age(secret)
        return {"ARN": secret.arn, "Name": secret.name}

    def _ListSecretVersionIds(self, request: dict[str, Any]) -> dict[str, Any]:
        secret = self.find(request["SecretId"])
        listed = [
            {
                "VersionId": v,
                "VersionStages": sorted(version.stages),
                "CreatedDate": version.created,
            }
            for v, version in secret.versions.items()
            if version.stages or request.get("IncludeDeprecated")
        ]
        return {"ARN": secret.arn, "Name": secret.name, "Versions": listed}

    def _GetRandomPassword(self, request: dict[str, Any]) -> dict[str, Any]:
        left = [
            "".join(c for c in characters if c not in request.get("ExcludeCharacters", ""))
            for key, characters in (
                ("ExcludeLowercase", string.ascii_lowercase),
                ("ExcludeUppercase", string.ascii_uppercase),
                ("ExcludeNumbers", string.digits),
                ("ExcludePunctuation", string.punctuation),
            )
            if not request.get(key)
        ]
        classes = [characters for characters in left if characters]
        every = request.get("RequireEachIncludedType", True)
        # Whether AWS forgives a required class that is empty is not documented.
        if not classes or (every and len(classes) < len(left)):
            raise Refusal("InvalidParameterException", "A required class has no character left.")
        required = classes if every else []
        chosen = [secrets.choice(characters) for characters in required]
        while len(chosen) < request.get("PasswordLength", 32):
            chosen.append(secrets.choice("".join(classes)))
        secrets.SystemRandom().shuffle(chosen)
        password = "".join(chosen)
        self.passwords.add(password)
        return {"RandomPassword": password}

    def _RotateSecret(self, request: dict[str, Any]) -> dict[str, Any]:
        """Start a rotation; a pending one that never ended stands in its way."""
        with self.lock:
            secret = self.find(request["SecretId"])
            secret.function = request.get("RotationLambdaARN", secret.function)
            secret.rules = request.get("RotationRules", secret.rules)
            function = self.functions.get(secret.function or "")
            if function is None:
                raise Refusal(
                    "InvalidRequestException",
                    "No Lambda rotation function ARN is associated with this secret.",
                )
            if secret.holder(PENDING) not in (None, secret.holder(CURRENT)):
                raise Refusal(
                    "InvalidRequestException",
                    "A previous rotation isn't complete. That rotation will be reattempted.",
                )
            token = request.get("ClientRequestToken") or str(uuid.uuid4())
            secret.rotation_enabled = True
            if not request.get("RotateImmediately", True):
                return {"ARN": secret.arn, "Name": secret.name}
            secret.versions[token] = Version(time.time())
            secret.move(PENDING, token)
        self.run_rotation(secret)
        return {"ARN": secret.arn, "Name": secret.name, "VersionId": token}

    def run_rotation(self, secret: Stored) -> None:
        """Call the steps of the rotation that is pending, up to the first that fails."""
        token = secret.holder(PENDING)
        assert token is not None, "nothing is pending"
        secret.failure = None
        try:
            for step in STEPS:
                event = {"Step": step, "SecretId": secret.arn, "ClientRequestToken": token}
                self.functions[secret.function or ""](event, None)
        except Exception as error:
            secret.failure = error
            return
        with self.lock:
            secret.versions[token].stages.discard(PENDING)
            secret.last_rotated = time.time()
            days = secret.rules.get("AutomaticallyAfterDays", 30)
            secret.next_rotation = secret.last_rotated + days * DAY
            self._age(secret)

    def _age(self, secret: Stored) -> None:
        """Forget the oldest versions without a label."""
        unlabelled = [v for v, version in secret.versions.items() if not version.stages]
        for version in unlabelled[: max(0, len(unlabelled) - self.keep_unlabelled)]:
            if time.time() - secret.versions[version].created >= self.keep_seconds:
                del secret.versions[version]

    def _note_password(self, value: str) -> None:
        """Remember every password, for tests that look for them where they must not be."""
        stored = json.loads(value)
        if stored.get("password"):
            self.passwords.add(stored["password"])


def _handler(stand_in: StandIn) -> type[BaseHTTPRequestHandler]:
    """Return the class that answers HTTP requests for a stand-in."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1  # one write for each reply, or every call waits for a delayed acknowledgement

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            operation = self.headers["X-Amz-Target"].split(".")[-1]
            try:
                status, reply = 200, stand_in.answer(operation, json.loads(body))
            except Refusal as refusal:
                code, text = refusal.args
                status, reply = 400, {"__type": code, "message": text}
            data = json.dumps(reply).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/x-amz-json-1.1")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()

        def log_message(self, *_: object) -> None:
            pass

    return Handler
