from collections.abc import Iterator
from itertools import count

import pytest

from tests.contracts.shelves import BucketShelf, FolderShelf, Shelf
from tests.s3.server import S3Server

BUCKET = "threadwork"
_numbers = count(1)


@pytest.fixture(scope="session")
def s3() -> Iterator[S3Server]:
    """A server of this test process's own, with a bucket."""
    server = S3Server()
    try:
        server.start()
        server.add_bucket(BUCKET)
        yield server
    finally:
        server.kill()


@pytest.fixture
def at_s3(s3, monkeypatch) -> S3Server:
    """The server, as the environment names it to every S3 program."""
    settings = {"ENDPOINT_URL": s3.url, "REGION": "us-east-1", "ACCESS_KEY_ID": "key", "SECRET_ACCESS_KEY": "secret"}
    for name, value in settings.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    return s3


@pytest.fixture
def shelf(request, tmp_path) -> Shelf:
    """Where this test keeps files: of the kind that `--files` names."""
    if request.config.getoption("files") == "s3":
        request.getfixturevalue("at_s3")
        return BucketShelf(BUCKET, f"files/{next(_numbers)}")
    return FolderShelf(tmp_path / "files")
