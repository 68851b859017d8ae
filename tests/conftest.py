def pytest_addoption(parser):
    # Here and not beside the stories: pytest asks for options before it looks into folders.
    parser.addoption(
        "--ways",
        choices=["first", "all"],
        default="first",
        help="play each module of tests/scenarios in its first way (default) or in every way that it makes sense in: "
        "over a socket or over HTTP, with agent features or without",
    )
