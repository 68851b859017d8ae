"""What pytest asks for before it looks into folders: options, and who runs which tests."""

from xdist.scheduler import LoadScopeScheduling

from tests.scenarios.ways import ALL_WAYS


def pytest_addoption(parser):
    parser.addoption(
        "--ways",
        choices=["first", "all"],
        default="first",
        help="play each module of tests/scenarios in its first way (default) or in every way that it makes sense in: "
        "over a socket or over HTTP, with agent features or without",
    )


def pytest_xdist_make_scheduler(config, log):
    return PlayScheduling(config, log) if config.getoption("ways") == "all" else None


class PlayScheduling(LoadScopeScheduling):
    """A process plays a module in one way from beginning to end; another way of it may be another's."""

    def _split_scope(self, nodeid):
        file, _, test = nodeid.partition("::")
        return next((f"{file}-{way}" for way in ALL_WAYS if str(way) in test), file)
