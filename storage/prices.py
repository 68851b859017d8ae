"""The prices in force: of this release, or of a file that somebody names."""

from importlib import resources
from pathlib import Path

from recipes.price import PricesRefused, PriceTable, read_prices


def load_prices(path: Path | None = None) -> PriceTable:
    """Give the prices.

    Args:
        path: The file to take instead of this release's.

    Raises:
        PricesRefused: it cannot be read, or makes no table of prices.
    """
    if path is None:
        file = resources.files("recipes") / "prices.toml"
        return read_prices(file.name, file.read_text(encoding="utf-8"))
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise PricesRefused(str(path), reason or "it cannot be read") from error
    return read_prices(path.name, text)
