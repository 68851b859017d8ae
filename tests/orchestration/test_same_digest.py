"""The same input gives the same digest: in another process, after a restart, whatever the machine is set to."""

import pytest

from tests.orchestration.digests import Digests

# A day ahead and a day behind; letters without a code page; the order of what has none by another chance.
ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C.UTF-8", "LANG": "C.UTF-8", "PYTHONHASHSEED": "1"}
PLAIN = {
    "TZ": "America/Adak", "LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONHASHSEED": "4242",
}  # fmt: skip


@pytest.fixture(scope="module")
def digests(tmp_path_factory):
    return Digests(tmp_path_factory.mktemp("digests"))


@pytest.fixture(scope="module")
def first(digests):
    return digests.find(digests.sqlite("first"), fills=1)


def test_the_input_is_worth_it_all_kinds_of_sources_and_more_than_a_bundle_holds(first):
    assert first["kinds"] == ["asset", "block", "message"]
    assert first["sources"] > 30
    assert first["sheds"]


def test_a_second_process_that_finds_the_files_only_in_the_vault_gives_the_same(digests, first):
    assert digests.find(digests.sqlite("first"), fills=None) == first


@pytest.mark.parametrize("settings", [ELSEWHERE, PLAIN], ids=["elsewhere", "plain"])
def test_rows_in_another_order_zone_locale_and_hash_seed_give_the_same(digests, first, settings):
    name = settings["PYTHONHASHSEED"]
    assert digests.find(digests.sqlite(name), fills=int(name), **settings) == first
