"""The contract of the vault: files by the digest of their bytes."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from storage.vault import FileLost, Vault


@pytest.fixture
def vault(tmp_path) -> Vault:
    return Vault(tmp_path / "files")


def _list_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.mark.parametrize("content", [b"", b"deck", bytes(range(256)) * 10_000])
async def test_what_was_saved_comes_back_under_its_digest(vault, content):
    digest = await vault.save(content)
    assert digest == hashlib.sha256(content).hexdigest()
    assert await vault.open(digest) == content


async def test_the_same_bytes_are_one_file(vault, tmp_path):
    assert await vault.save(b"deck") == await vault.save(b"deck")
    assert len(_list_files(tmp_path)) == 1


async def test_the_same_bytes_saved_at_once_are_one_whole_file(vault, tmp_path):
    content = b"x" * 1_000_000
    digests = await asyncio.gather(*(vault.save(content) for _ in range(8)))
    assert len(set(digests)) == 1
    assert len(_list_files(tmp_path)) == 1
    assert await vault.open(digests[0]) == content


async def test_a_file_that_is_not_there_is_lost(vault):
    with pytest.raises(FileLost) as caught:
        await vault.open(hashlib.sha256(b"never").hexdigest())
    assert caught.value.digest == hashlib.sha256(b"never").hexdigest()


@pytest.mark.parametrize("damage", [b"", b"dec", b"other"])
async def test_a_damaged_file_is_lost_rather_than_delivered(vault, tmp_path, damage):
    digest = await vault.save(b"deck")
    (path,) = _list_files(tmp_path)
    path.write_bytes(damage)
    with pytest.raises(FileLost):
        await vault.open(digest)


async def test_saving_again_what_was_damaged_mends_it(vault, tmp_path):
    digest = await vault.save(b"deck")
    (path,) = _list_files(tmp_path)
    path.write_bytes(b"other")
    await vault.save(b"deck")
    assert await vault.open(digest) == b"deck"


async def test_what_a_crash_left_half_written_is_not_read(vault, tmp_path):
    digest = await vault.save(b"deck")
    (path,) = _list_files(tmp_path)
    path.rename(path.with_name(f"{digest}.0123"))
    with pytest.raises(FileLost):
        await vault.open(digest)
    await vault.save(b"deck")
    assert await vault.open(digest) == b"deck"
