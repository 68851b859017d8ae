"""The folder that a replay's files go to: one of its own, so that nothing is ever overwritten."""

from pathlib import Path

from recipes.replay import FolderRefused


def check_folder(folder: Path) -> None:
    """Refuse a folder in which something lies already.

    Raises:
        FolderRefused: that, or it is no folder, or nobody may look into it.
    """
    try:
        if folder.exists() and not folder.is_dir():
            raise FolderRefused(str(folder), "is not a folder")
        if folder.exists() and any(folder.iterdir()):
            raise FolderRefused(str(folder), "is not empty")
    except OSError as error:
        raise FolderRefused(str(folder), f"cannot be read ({error.strerror})") from error


def write_file(folder: Path, filename: str, content: bytes) -> str:
    """Write a file and give its name, which is numbered where another one of the name is there. Blocking.

    Raises:
        FolderRefused: it cannot be written there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        name, number = filename, 1
        while (folder / name).exists():
            number += 1
            name = f"{number}-{filename}"
        with (folder / name).open("xb") as file:
            file.write(content)
    except OSError as error:
        raise FolderRefused(str(folder), f"cannot be written ({error.strerror})") from error
    return name
