"""The contract of the vault: files by the digest of their bytes. Run on a folder, and by `make s3` on a bucket."""

import asyncio
import hashlib

import pytest

from storage.vault import FileLost, Vault


@pytest.fixture
def vault(shelf) -> Vault:
    return shelf.vault


@pytest.mark.parametrize("content", [b"", b"deck", bytes(range(256)) * 10_000, b"x" * 12_000_000], ids=len)
async def test_what_was_saved_comes_back_under_its_digest(vault, content):
    digest = await vault.save(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert await vault.open(digest) == content


async def test_the_same_bytes_are_one_file(vault, shelf):
    assert await vault.save(b"deck") == await vault.save(b"deck")
    assert len(shelf.list_names()) == 1


async def test_the_same_bytes_saved_at_once_are_one_whole_file(vault, shelf):
    content = b"x" * 1_000_000
    digests = await asyncio.gather(*(vault.save(content) for _ in range(8)))
    assert shelf.list_names() == [digests[0]]
    assert await vault.open(digests[0]) == content


async def test_a_file_that_is_not_there_is_lost(vault):
    with pytest.raises(FileLost) as caught:
        await vault.open(hashlib.sha256(b"never").hexdigest())
    assert caught.value.digest == hashlib.sha256(b"never").hexdigest()


@pytest.mark.parametrize("damage", [b"", b"dec", b"other"])
async def test_a_damaged_file_is_lost_rather_than_delivered(vault, shelf, damage):
    digest = await vault.save(b"deck")
    shelf.put(digest, damage)
    with pytest.raises(FileLost):
        await vault.open(digest)


async def test_saving_again_what_was_damaged_mends_it(vault, shelf):
    digest = await vault.save(b"deck")
    shelf.put(digest, b"other")
    await vault.save(b"deck")
    assert await vault.open(digest) == b"deck"


async def test_what_a_crash_left_half_written_is_not_read(vault, shelf):
    digest = await vault.save(b"deck")
    shelf.lose(digest)
    with pytest.raises(FileLost):
        await vault.open(digest)
    await vault.save(b"deck")
    assert await vault.open(digest) == b"deck"
