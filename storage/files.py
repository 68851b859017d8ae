"""Where files are kept, by its address."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from recipes.errors import UserFixableError
from storage.vault import Vault

S3: Final = "s3"


@dataclass(eq=False)
class ExtraMissing(UserFixableError):
    """A setting asks for a library that is not installed."""

    setting: str
    extra: str

    def advice(self) -> str:
        """Say how to install it."""
        return f"{self.setting} needs one more library: `pip install 'threadwork[{self.extra}]'` installs it."


def make_vault(url: str) -> Vault:
    """Give the vault at this address; nothing is opened yet.

    Args:
        url: A folder's path, or `s3://bucket/prefix`.

    Raises:
        ExtraMissing: the address is a bucket's, and the library for it is not installed.
    """
    parts = urlsplit(url)
    if parts.scheme != S3:
        return Vault(Path(url))
    try:
        # Imported here: an optional extra.
        from storage.bucket import BucketVault  # noqa: PLC0415
    except ModuleNotFoundError as error:
        raise ExtraMissing("THREADWORK_FILES_URL", S3) from error
    return BucketVault(parts.netloc, parts.path.strip("/"))
