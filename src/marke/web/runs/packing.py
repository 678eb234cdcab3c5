"""Files as bytes in a row: compressed, with the SHA-256 of what was packed."""

import hashlib
import zlib
from typing import NamedTuple


class Packed(NamedTuple):
    """What a row keeps of a file."""

    content: bytes
    digest: str


def pack(content: bytes) -> Packed:
    """Return a file as a row keeps it."""
    return Packed(zlib.compress(content), digest_of(content))


def unpack(content: bytes | memoryview, digest: str) -> bytes | None:
    """Return the file that was packed; None when its bytes are not those any more."""
    found = zlib.decompress(content)
    return found if digest_of(found) == digest else None


def digest_of(content: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(content).hexdigest()
