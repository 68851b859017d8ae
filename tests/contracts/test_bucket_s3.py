"""What can happen to a bucket only."""

import hashlib

import pytest

from orchestration.checkup.folders import examine_files
from recipes.errors import TransientError, UserFixableError
from recipes.finding import Mark
from recipes.ids import Digest
from storage.bucket import BucketAway, BucketRefused
from storage.files import make_vault
from storage.vault import FileLost
from tests.contracts.conftest import BUCKET
from tests.contracts.shelves import BucketShelf
from tests.s3.server import S3Server

NEVER = Digest(hashlib.sha256(b"never").hexdigest())


async def test_two_prefixes_of_a_bucket_are_two_places(at_s3):
    one, other, root = (make_vault(f"s3://{BUCKET}{prefix}") for prefix in ("/one/", "/other", ""))
    digest = await one.save(b"deck of one")
    assert await make_vault(f"s3://{BUCKET}/one").open(digest) == b"deck of one"
    for vault in (other, root):
        await vault.save(b"deck of others")
        with pytest.raises(FileLost):
            await vault.open(digest)


async def test_a_bucket_that_is_not_there_is_named_to_who_can_mend_it(at_s3):
    vault = make_vault("s3://nowhere/files")
    with pytest.raises(BucketRefused) as saving:
        await vault.save(b"deck")
    with pytest.raises(BucketRefused) as opening:
        await vault.open(NEVER)
    for caught in (saving, opening):
        assert isinstance(caught.value, UserFixableError)
        assert "nowhere (NoSuchBucket)" in caught.value.advice()


async def test_a_server_that_is_away_is_told_as_what_may_pass(at_s3, monkeypatch):
    gone = S3Server()
    monkeypatch.setenv("AWS_ENDPOINT_URL", gone.url)
    vault = make_vault(f"s3://{BUCKET}/files")
    with pytest.raises(BucketAway) as saving:
        await vault.save(b"deck")
    with pytest.raises(BucketAway) as opening:
        await vault.open(NEVER)
    for caught in (saving, opening):
        assert isinstance(caught.value, TransientError)
        assert "\n" not in caught.value.reason


async def test_a_server_that_comes_back_is_used_again(at_s3):
    vault = make_vault(f"s3://{BUCKET}/files")
    at_s3.kill()
    with pytest.raises(BucketAway):
        await vault.save(b"deck")
    at_s3.start()
    at_s3.add_bucket(BUCKET)
    assert await vault.open(await vault.save(b"deck")) == b"deck"


async def test_a_bucket_that_lets_us_in_is_found_well_and_left_as_it_is(at_s3):
    found = await examine_files(f"s3://{BUCKET}/looked-at", is_shared=True)
    assert (found.mark, found.said) == (Mark.OK, f"s3://{BUCKET}/looked-at answers")
    assert BucketShelf(BUCKET, "looked-at").list_names() == []


async def test_a_bucket_that_is_not_there_is_found_to_be_a_problem(at_s3):
    found = await examine_files("s3://nowhere/files", is_shared=True)
    assert (found.mark, found.said) == (Mark.PROBLEM, "s3://nowhere/files does not let us in (NoSuchBucket)")
