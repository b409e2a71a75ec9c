import pathlib

import pytest
import trustme


@pytest.fixture
def authority(tmp_path: pathlib.Path) -> tuple[trustme.CA, str]:
    """An authority of our own, and the file that says to trust it."""
    ca = trustme.CA()
    file = tmp_path / "authority.pem"
    ca.cert_pem.write_to_path(str(file))
    return ca, str(file)
