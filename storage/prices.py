"""The prices in force: of this release, or of a file that somebody names."""

from importlib import resources
from pathlib import Path

from recipes.price import PricesRefused, PriceTable, read_prices


def load_prices(path: Path | None = None, *, is_cloud: bool = False) -> PriceTable:
    """Give the prices.

    Args:
        path: The file to take instead of this release's.
        is_cloud: The models are asked of a cloud: it has prices of its own, which this release does not know.

    Raises:
        PricesRefused: it cannot be read, or makes no table of prices.
    """
    if path is None:
        file = resources.files("recipes") / "prices.toml"
        prices = read_prices(file.name, file.read_text(encoding="utf-8"))
        return prices.model_copy(update={"models": {}}) if is_cloud else prices
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not text in UTF-8"
        raise PricesRefused(str(path), reason or "it cannot be read") from error
    return read_prices(path.name, text)
