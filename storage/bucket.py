"""The vault in a bucket of S3, or of what speaks as S3 does: for many processes on many machines.

Where it is, and who we are there, stands in the variables that every S3 program reads: `AWS_REGION`,
`AWS_ACCESS_KEY_ID`, `AWS_SECRET_ACCESS_KEY`, `AWS_ENDPOINT_URL` for another server than Amazon's. Without keys the
machine's own role counts.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from obstore import exceptions
from obstore.store import S3Store

from recipes.errors import TransientError, UserFixableError
from recipes.ids import Digest
from storage.vault import Vault

CONNECT_TIMEOUT: Final = timedelta(seconds=5)
# Of one request; a large file goes in several.
CALL_TIMEOUT: Final = timedelta(seconds=60)
# The step that needs the file tries again by itself, with longer pauses.
RETRIES: Final = 2
RETRY_TIMEOUT: Final = timedelta(seconds=10)
NO_BUCKET: Final = "NoSuchBucket"


@dataclass(eq=False)
class BucketAway(TransientError):
    """The bucket did not answer."""

    bucket: str
    reason: str

    def advice(self) -> str:
        """Say what goes on by itself."""
        return "I cannot reach the place where I keep files just now. I keep trying; nothing was lost."


@dataclass(eq=False)
class BucketRefused(UserFixableError):
    """There is no such bucket, or it does not let us in."""

    bucket: str
    reason: str

    def advice(self) -> str:
        """Name what to check."""
        return (
            f"I may not keep files in the bucket {self.bucket} ({self.reason}). Whoever runs me can check "
            "THREADWORK_FILES_URL, and the AWS_ settings for region, keys and endpoint."
        )


class BucketVault(Vault):
    """Files by digest, in a bucket."""

    def __init__(self, bucket: str, prefix: str) -> None:
        """Take where to keep them; nothing is opened yet.

        Args:
            bucket: Its name; it exists already.
            prefix: What the names of our objects begin with, without a slash at its ends; may be empty.
        """
        self._bucket = bucket
        self._store = S3Store(
            bucket,
            prefix=prefix or None,
            # The server compares what arrived with what was sent before it keeps it, whole or not at all.
            checksum_algorithm="SHA256",
            # A server of one's own in one's own network may have no certificate; whoever enters http:// knows.
            client_options={"connect_timeout": CONNECT_TIMEOUT, "timeout": CALL_TIMEOUT, "allow_http": True},
            retry_config={"max_retries": RETRIES, "retry_timeout": RETRY_TIMEOUT},
        )

    async def _write(self, digest: Digest, content: bytes) -> None:
        with self._telling():
            await self._store.put_async(_name(digest), content)

    async def _read(self, digest: Digest) -> bytes | None:
        with self._telling():
            try:
                found = await self._store.get_async(_name(digest))
                return bytes(await found.bytes_async())
            except FileNotFoundError as error:
                if NO_BUCKET in str(error):
                    raise
                return None

    @contextmanager
    def _telling(self) -> Generator[None]:
        """Translate what the library raises."""
        try:
            yield
        except FileNotFoundError as error:
            raise BucketRefused(self._bucket, NO_BUCKET) from error
        except (PermissionError, exceptions.PermissionDeniedError, exceptions.UnauthenticatedError) as error:
            raise BucketRefused(self._bucket, type(error).__name__) from error
        except (exceptions.BaseError, OSError) as error:
            raise BucketAway(self._bucket, _first_line(error)) from error


def _name(digest: Digest) -> str:
    return f"{digest[:2]}/{digest}"


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]
