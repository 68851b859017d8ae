import sys

import pytest

from storage.files import ExtraMissing, make_vault


async def test_a_path_is_a_folder(tmp_path):
    vault = make_vault(str(tmp_path / "files"))
    digest = await vault.save(b"deck")
    assert (tmp_path / "files" / digest[:2] / digest).read_bytes() == b"deck"


def test_a_bucket_without_its_library_is_refused_with_how_to_install_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "storage.bucket", None)
    with pytest.raises(ExtraMissing) as caught:
        make_vault("s3://bucket/prefix")
    assert caught.value.advice() == (
        "THREADWORK_FILES_URL needs one more library: `pip install 'threadwork[s3]'` installs it."
    )
