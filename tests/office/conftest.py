import pytest

from orchestration.office import find_office

PACKAGES = "libreoffice-impress libreoffice-writer libreoffice-calc"


@pytest.fixture(scope="session")
def office() -> str:
    """The LibreOffice of this machine."""
    found = find_office()
    assert found is not None, f"this target needs LibreOffice: apt-get install {PACKAGES}"
    return found
