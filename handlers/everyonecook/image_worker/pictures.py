"""Pictures as such: opened with care, changed, saved without anything but their pixels."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageCms, ImageDraw, ImageFont, ImageOps, WebPImagePlugin

Picture = Image.Image

# What 512 MB hold: a JPEG is decoded to a fraction, the others take eight times their pixels in bytes and more.
MOST_PIXELS = {"image/jpeg": 25_000_000, "image/png": 16_000_000, "image/webp": 16_000_000}
LONGEST_SIDE = 16_384
# The only formats that are even tried; many cameras put several JPEGs into one file, which is then an MPO.
FORMATS = ("JPEG", "PNG", WebPImagePlugin.WebPImageFile.format)
TYPES = {"JPEG": "image/jpeg", "MPO": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
# Nothing is made larger than this, so a JPEG may be decoded to little more.
ENOUGH = (2_400, 2_400)
PLAIN = ("RGB", "RGBA", "L", "CMYK")


class Spoiled(Exception):
    """A picture that no second try would mend; the message says why."""


def read(data: bytes, content_type: str) -> Picture:
    """The picture in a file: upright, in plain colours; Spoiled unless it is what it claims to be."""
    image = Image.open(BytesIO(data), formats=FORMATS)
    found = TYPES[image.format or ""]
    if found != content_type:
        raise Spoiled(f"the file is {found}, not {content_type}")
    width, height = image.size
    if width * height > MOST_PIXELS[found] or max(width, height) > LONGEST_SIDE:
        raise Spoiled(f"the picture is too large: {width} x {height} pixels")
    image.draft(None, ENOUGH)
    image.load()
    return _plain(ImageOps.exif_transpose(image))


def resize(picture: Picture, size: tuple[int, int], fit: str) -> Picture:
    """A picture that fills a size exactly (cover), or one that stays inside it and is never enlarged."""
    if fit == "cover":
        return ImageOps.fit(picture, size, Image.Resampling.LANCZOS)
    smaller = picture.copy()
    smaller.thumbnail(size, Image.Resampling.LANCZOS)
    return smaller


def mark(picture: Picture, text: str) -> Picture:
    """A picture with a text in its lower right corner."""
    size = max(12, picture.width // 40)
    layer = Image.new("RGBA", picture.size, (255, 255, 255, 0))
    ImageDraw.Draw(layer).text(
        (picture.width - size, picture.height - size),
        text,
        font=ImageFont.load_default(size),
        fill=(255, 255, 255, 190),
        stroke_width=max(1, size // 12),
        stroke_fill=(0, 0, 0, 120),
        anchor="rb",
    )
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert(picture.mode)


def write(picture: Picture, content_type: str, quality: int) -> bytes:
    """A picture as a file of a type."""
    file = BytesIO()
    match content_type:
        case "image/jpeg":
            picture.convert("RGB").save(file, "JPEG", quality=quality, optimize=True, progressive=True)
        case "image/png":
            picture.save(file, "PNG", optimize=True)
        case _:
            picture.save(file, "WEBP", quality=quality)
    return file.getvalue()


def _plain(image: Picture) -> Picture:
    """A picture in RGB, with alpha where it has any, by the colours that its profile means; it forgets all else."""
    profile = image.info.get("icc_profile")
    if image.mode not in PLAIN or "transparency" in image.info:
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    wanted = "RGBA" if image.mode == "RGBA" else "RGB"
    if profile:
        image = _by_profile(image, profile, wanted)
    if image.mode != wanted:
        image = image.convert(wanted)
    # savers fall back on what an image remembers of its file: comments, profiles, positions
    image.info = {}
    return image


def _by_profile(image: Picture, profile: bytes, mode: str) -> Picture:
    try:
        done = ImageCms.profileToProfile(image, BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        # a broken profile is no reason to refuse a picture
        return image
    return done or image
