"""Pictures as people upload them, and as nobody should."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from PIL import Image

RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), BLUE)
    image.paste(RED, (0, 0, width // 2, height))
    return image.convert(mode)


def file(image: Image.Image, kind: str = "JPEG", **how: Any) -> bytes:
    """A picture as a file."""
    written = BytesIO()
    image.save(written, kind, **how)
    return written.getvalue()


def opened(data: bytes) -> Image.Image:
    """The picture of a file."""
    image = Image.open(BytesIO(data))
    image.load()
    return image


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that claims, and holds, nearly a thousand megapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" * (1 + (width + 7) // 8)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * 50)) + chunk(b"IEND", b"")


def photograph(orientation: int, **how: Any) -> bytes:
    """A wide JPEG that a camera held otherwise, with what cameras note: place, maker, a comment."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Camera Maker"
    exif.get_ifd(0x8825)[1] = "N"
    return file(halves(400, 200), exif=exif, comment=b"secret note", quality=95, **how)


def about(color: Any, wanted: tuple[int, int, int]) -> bool:
    """Whether a colour is nearly another."""
    return all(abs(part - other) < 25 for part, other in zip(color[:3], wanted, strict=True))
