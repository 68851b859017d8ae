"""Clouds that have Claude too: what they are called, what they need, and how they name the models.

Read in the provider's library, 2.12: neither client has a way to ask about a model, and credentials are looked for at
the first request, by the cloud's own library.
"""

import asyncio
import re
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, Final, Literal

from orchestration.models.claude.errors import CloudAccessMissing, CloudExtraMissing

CloudName = Literal["bedrock", "vertex"]

# What signs requests where there is no key; as the provider's library imports it.
_LIBRARIES: Final[dict[CloudName, str]] = {"bedrock": "boto3", "vertex": "google.auth"}
# docs.aws.amazon.com/bedrock, Messages API: the provider's name, a dot, the model; without a date or version.
_BEDROCK_PREFIX: Final = "anthropic."
# platform.claude.com/docs, Claude on Vertex AI: the date of a dated model stands behind an @.
_DATED: Final = re.compile(r"-(\d{8})$")
_TOKEN_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"  # noqa: S105 (a scope's name)


@dataclass(frozen=True, kw_only=True)
class Cloud:
    """A cloud, and where in it."""

    name: CloudName
    region: str
    project: str | None = None
    """Of Vertex."""

    def name_model(self, model: str) -> str:
        """Give this cloud's name for a model; a name of the cloud's own stays as it is."""
        if self.name == "bedrock":
            return model if "." in model else f"{_BEDROCK_PREFIX}{model}"
        return _DATED.sub(r"@\1", model)

    def check_extra(self) -> None:
        """Refuse to begin where the cloud's library is missing.

        Raises:
            CloudExtraMissing: it is.
        """
        library = _LIBRARIES[self.name]
        try:
            is_there = find_spec(library) is not None
        except (ModuleNotFoundError, ValueError):
            is_there = False
        if not is_there:
            raise CloudExtraMissing(self.name)

    async def check_access(self) -> None:
        """Refuse to begin where this machine has no credentials for the cloud; only the machine is asked.

        Raises:
            CloudExtraMissing, CloudAccessMissing: as they say.
        """
        self.check_extra()
        find = _find_aws_credentials if self.name == "bedrock" else _find_google_credentials
        try:
            found = await asyncio.to_thread(find)
        except Exception as error:
            # Whatever that library says of files and profiles, none of it is for the thread.
            raise CloudAccessMissing(self.name) from error
        if found is None:
            raise CloudAccessMissing(self.name)


def is_access_trouble(error: Exception) -> bool:
    """Tell whether a cloud's library, or the provider's on its behalf, found no credentials."""
    room = type(error).__module__.partition(".")[0]
    return room in {"boto3", "botocore", "google"} or str(error).startswith("Could not resolve")


def _find_aws_credentials() -> Any:  # noqa: ANN401 (of an optional library)
    import boto3  # noqa: PLC0415 (optional, and slow)  # pyright: ignore[reportMissingImports]

    return boto3.Session().get_credentials()  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _find_google_credentials() -> Any:  # noqa: ANN401 (of an optional library)
    import google.auth  # noqa: PLC0415 (optional, and slow)  # pyright: ignore[reportMissingImports]

    return google.auth.default(scopes=[_TOKEN_SCOPE])  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
