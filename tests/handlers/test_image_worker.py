"""Messages of the image queue, and what becomes of the pictures that they name."""

from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
import world
from botocore.exceptions import EndpointConnectionError
from faults import instead, refused, unreachable
from front import CONTEXT
from image_worker.handler import handler
from kitchen import clock, content, table
from paintings import BLUE, RED, about, bomb, file, halves, opened, photograph
from PIL import Image, ImageChops, ImageCms
from PIL.PngImagePlugin import PngInfo
from world import ALICE, BOB, NOW

KEY = f"posts/{ALICE}/p1/dish-17.jpg"
THUMB = f"posts/{ALICE}/p1/dish-17-thumb.jpg"
RESIZE = {"type": "resize", "params": {"width": 1200, "height": 1200, "fit": "inside"}}
COMPRESS = {"type": "compress", "params": {"quality": 85}}
SMALL = {"type": "thumbnail", "params": {"width": 300, "height": 300}}
MARK = {"type": "watermark", "params": {"text": "EveryoneCook"}}


@pytest.fixture(autouse=True)
def _now(aws: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def uploaded(data: bytes, key: str = KEY, content_type: str = "image/jpeg", **item: Any) -> None:
    world.client("s3").put_object(
        Bucket=world.BUCKET, Key=key, Body=data, ContentType=content_type, Metadata={"userid": ALICE}
    )
    world.put({"PK": "POST#p1", "SK": "IMAGE#dish-17.jpg", "fileKey": key, "status": "processing", **item})


def message(*operations: dict[str, Any], **changed: Any) -> dict[str, Any]:
    return {
        "fileKey": KEY,
        "userId": ALICE,
        "fileType": "post",
        "contentType": "image/jpeg",
        "operations": list(operations or (RESIZE, COMPRESS, SMALL)),
        "timestamp": NOW,
        **changed,
    }


def batch(*bodies: Any) -> dict[str, Any]:
    texts = [body if isinstance(body, str) else json.dumps(body) for body in bodies]
    records = [
        {"messageId": f"m{number}", "receiptHandle": "r", "body": text, "attributes": {}, "eventSource": "aws:sqs"}
        for number, text in enumerate(texts, 1)
    ]
    return {"Records": records}


def failures(*bodies: Any) -> list[str]:
    answer = handler(batch(*bodies), CONTEXT)
    return [entry["itemIdentifier"] for entry in answer["batchItemFailures"]]


def stored(key: str = KEY) -> dict[str, Any]:
    found: dict[str, Any] = world.client("s3").get_object(Bucket=world.BUCKET, Key=key)
    return {**found, "Body": found["Body"].read()}


def noted() -> dict[str, Any]:
    return world.item("POST#p1", "IMAGE#dish-17.jpg") or {}


def test_a_picture_is_brought_to_its_size_and_gets_a_small_form() -> None:
    uploaded(file(halves(3_000, 1_500)))
    assert failures(message()) == []
    done = stored()
    picture = opened(done["Body"])
    assert (picture.format, picture.size) == ("JPEG", (1_200, 600))
    assert about(picture.getpixel((10, 10)), RED)
    assert about(picture.getpixel((1_190, 590)), BLUE)
    assert (done["ContentType"], done["Metadata"]) == ("image/jpeg", {"userid": ALICE, "processed": "true"})
    small = opened(stored(THUMB)["Body"])
    assert small.size == (300, 300)
    assert noted() == {
        "PK": "POST#p1",
        "SK": "IMAGE#dish-17.jpg",
        "fileKey": KEY,
        "status": "processed",
        "fileSize": len(done["Body"]),
        "width": 1_200,
        "height": 600,
        "thumbnailKey": THUMB,
        "processedAt": "2026-03-04T05:06:07.089Z",
    }


@pytest.mark.parametrize(
    ("kind", "key", "partition", "sort"),
    [
        ("avatar", f"avatars/{ALICE}/avatar.jpg", f"USER#{ALICE}", "AVATAR"),
        ("background", f"backgrounds/{ALICE}/b-1.jpg", f"USER#{ALICE}", "BACKGROUND"),
        ("recipe", f"recipes/{ALICE}/r1/d-1.jpg", f"USER#{ALICE}", "RECIPE#r1#IMAGE#d-1.jpg"),
    ],
)
def test_each_kind_is_noted_in_its_item(kind: str, key: str, partition: str, sort: str) -> None:
    uploaded(file(halves(300, 100)), key)
    world.put({"PK": partition, "SK": sort, "fileKey": key, "status": "processing"})
    cover = {"type": "resize", "params": {"width": 200, "height": 200, "fit": "cover"}}
    assert failures(message(cover, COMPRESS, fileKey=key, fileType=kind)) == []
    assert opened(stored(key)["Body"]).size == (200, 200)
    assert (world.item(partition, sort) or {})["status"] == "processed"


def test_a_small_picture_is_not_enlarged() -> None:
    uploaded(file(halves(40, 20)))
    failures(message())
    assert opened(stored()["Body"]).size == (40, 20)


# where the red half lies once the picture stands upright
@pytest.mark.parametrize(
    ("orientation", "size", "red", "blue"),
    [
        (1, (400, 200), (10, 100), (390, 100)),
        (3, (400, 200), (390, 100), (10, 100)),
        (6, (200, 400), (100, 10), (100, 390)),
        (8, (200, 400), (100, 390), (100, 10)),
    ],
)
def test_a_photograph_stands_upright_and_forgets_where_it_was_taken(
    orientation: int, size: tuple[int, int], red: tuple[int, int], blue: tuple[int, int]
) -> None:
    uploaded(photograph(orientation))
    failures(message())
    body = stored()["Body"]
    picture = opened(body)
    assert picture.size == size
    assert about(picture.getpixel(red), RED)
    assert about(picture.getpixel(blue), BLUE)
    assert dict(picture.getexif()) == {}
    assert not picture.info.keys() & {"exif", "comment", "icc_profile", "xmp"}
    assert b"Camera Maker" not in body
    assert b"secret note" not in body


@pytest.mark.parametrize(("kind", "content_type"), [("PNG", "image/png"), ("WEBP", "image/webp")])
def test_transparency_stays_and_metadata_goes(kind: str, content_type: str) -> None:
    image = halves(100, 50, "RGBA")
    image.putalpha(Image.new("L", (100, 50), 0))
    exif = Image.Exif()
    exif[0x010F] = "Camera Maker"
    comment = PngInfo()
    comment.add_text("Comment", "secret note")
    extra: dict[str, Any] = {"pnginfo": comment} if kind == "PNG" else {"xmp": b"<x>secret note</x>"}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    uploaded(file(image, kind, exif=exif, icc_profile=profile, **extra), content_type=content_type)
    assert failures(message(contentType=content_type)) == []
    body = stored()["Body"]
    picture = opened(body)
    assert (picture.format, picture.mode, picture.size) == (kind, "RGBA", (100, 50))
    assert picture.getchannel("A").getextrema() == (0, 0)
    assert not picture.info.keys() & {"exif", "Comment", "icc_profile", "xmp"}
    assert b"secret note" not in body
    assert stored()["ContentType"] == content_type


@pytest.mark.parametrize("mode", ["L", "1", "CMYK", "YCbCr"])
def test_jpegs_of_other_colours_become_plain_ones(mode: str) -> None:
    source = halves(60, 30)
    uploaded(file(source.convert("L") if mode == "1" else source.convert(mode)))
    assert failures(message()) == []
    assert opened(stored()["Body"]).mode == "RGB"


@pytest.mark.parametrize("mode", ["P", "PA", "LA", "I;16"])
def test_pngs_of_other_colours_are_taken(mode: str) -> None:
    image = (
        halves(60, 30, "L").convert("I;16") if mode == "I;16" else halves(60, 30).convert("LA" if mode == "LA" else "P")
    )
    uploaded(file(image, "PNG"), content_type="image/png")
    assert failures(message(contentType="image/png")) == []
    assert noted()["status"] == "processed"


def test_colours_of_a_profile_are_kept_when_it_goes() -> None:
    # a profile under which red and green are exchanged would show here; a plain one changes nothing
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    uploaded(file(halves(100, 50), icc_profile=profile, quality=95))
    failures(message())
    assert about(opened(stored()["Body"]).getpixel((10, 25)), RED)


def test_a_broken_profile_is_no_reason_to_refuse_a_picture() -> None:
    uploaded(file(halves(100, 50), icc_profile=b"no profile at all"))
    assert failures(message()) == []
    assert noted()["status"] == "processed"


def test_several_jpegs_in_one_file_are_taken_as_the_first() -> None:
    uploaded(file(halves(100, 50), "MPO", save_all=True, append_images=[Image.new("RGB", (100, 50))]))
    assert failures(message()) == []
    picture = opened(stored()["Body"])
    assert picture.format == "JPEG"
    assert about(picture.getpixel((10, 25)), RED)


GIF = file(halves(10, 10).convert("P"), "GIF")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
NO_PICTURE = "the file cannot be read as a picture: "


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (file(halves(10, 10), "PNG"), "the file is image/png, not image/jpeg"),
        (file(halves(10, 10), "WEBP"), "the file is image/webp, not image/jpeg"),
        (GIF, f"{NO_PICTURE}UnidentifiedImageError"),
        (SVG, f"{NO_PICTURE}UnidentifiedImageError"),
        (b"<html></html>", f"{NO_PICTURE}UnidentifiedImageError"),
        (b"", f"{NO_PICTURE}UnidentifiedImageError"),
        (file(halves(10, 10), "TIFF"), f"{NO_PICTURE}UnidentifiedImageError"),
        (file(halves(900, 900))[:3_000], f"{NO_PICTURE}OSError"),
        (file(halves(5_100, 5_000)), "the picture is too large: 5100 x 5000 pixels"),
        (file(halves(16_400, 10)), "the picture is too large: 16400 x 10 pixels"),
        (file(halves(10, 10)) + b"\0" * 5_242_880, "the file has more than 5242880 bytes"),
    ],
    ids=["png", "webp", "gif", "svg", "html", "nothing", "tiff", "truncated", "large", "long", "heavy"],
)
def test_a_file_that_is_not_what_it_claims_is_marked_as_failed_and_not_tried_again(data: bytes, reason: str) -> None:
    uploaded(data)
    assert failures(message()) == []
    assert noted()["status"] == "failed"
    assert noted()["error"] == reason
    assert stored()["Body"] == data
    assert THUMB not in world.objects()


def test_a_bomb_does_not_go_off() -> None:
    data = bomb()
    assert len(data) < 10_000
    uploaded(data, content_type="image/png")
    assert failures(message(contentType="image/png")) == []
    assert (noted()["status"], noted()["error"]) == ("failed", f"{NO_PICTURE}DecompressionBombError")


def test_a_bomb_below_the_library_s_own_limit_does_not_go_off_either() -> None:
    uploaded(bomb(4_100, 4_000), content_type="image/png")
    failures(message(contentType="image/png"))
    assert noted()["error"] == "the picture is too large: 4100 x 4000 pixels"


@pytest.mark.parametrize(("kind", "content_type"), [("PNG", "image/png"), ("WEBP", "image/webp")])
def test_a_truncated_file_of_any_type_is_refused(kind: str, content_type: str) -> None:
    whole = file(Image.effect_noise((300, 300), 80).convert("RGB"), kind)
    uploaded(whole[: len(whole) // 2], content_type=content_type)
    assert failures(message(contentType=content_type)) == []
    assert noted()["status"] == "failed"


def test_what_was_done_is_not_done_again() -> None:
    uploaded(file(halves(2_000, 1_000)))
    failures(message())
    first = stored()
    world.put({**noted(), "status": "processing"})
    with instead(content.client, "PutObject", lambda _: pytest.fail("the picture was put again")):
        assert failures(message()) == []
    assert stored()["ETag"] == first["ETag"]
    assert noted()["status"] == "processed"


def test_the_same_picture_named_twice_in_a_batch_is_done_once() -> None:
    uploaded(file(halves(2_000, 1_000)))
    assert failures(message(), message()) == []
    assert opened(stored()["Body"]).size == (1_200, 600)


def test_a_picture_that_was_replaced_meanwhile_is_not_overwritten() -> None:
    uploaded(file(halves(2_000, 1_000)))
    newer = file(Image.new("RGB", (50, 50)))
    done: list[bool] = []

    def replaced(params: dict[str, Any], **_: Any) -> None:
        if params["Key"] == KEY and not done:
            done.append(True)
            uploaded(newer)

    content.client.meta.events.register("provide-client-params.s3.PutObject", replaced, unique_id="replaced")
    try:
        assert failures(message()) == ["m1"]
    finally:
        content.client.meta.events.unregister("provide-client-params.s3.PutObject", unique_id="replaced")
    assert stored()["Body"] == newer
    assert failures(message()) == []
    assert opened(stored()["Body"]).size == (50, 50)


def test_a_file_that_is_gone_is_not_waited_for() -> None:
    uploaded(file(halves(20, 10)))
    content.delete(KEY)
    assert failures(message()) == []
    assert (noted()["status"], noted()["error"]) == ("failed", "the file is gone")


def test_a_file_deleted_during_the_work_does_not_come_back() -> None:
    uploaded(file(halves(20, 10)))

    def deleted(params: dict[str, Any], **_: Any) -> None:
        if params["Key"] == KEY:
            content.delete(KEY)

    content.client.meta.events.register("provide-client-params.s3.PutObject", deleted, unique_id="deleted")
    try:
        assert failures(message()) == []
    finally:
        content.client.meta.events.unregister("provide-client-params.s3.PutObject", unique_id="deleted")
    assert KEY not in world.objects()


def test_a_deleted_file_stays_deleted() -> None:
    uploaded(file(halves(20, 10)), status="deleted")
    assert failures(message()) == []
    assert noted()["status"] == "deleted"


def test_no_item_is_made_for_a_file_that_the_table_does_not_know() -> None:
    uploaded(file(halves(20, 10)))
    table.client.delete_item(TableName=world.TABLE, Key={"PK": {"S": "POST#p1"}, "SK": {"S": "IMAGE#dish-17.jpg"}})
    assert failures(message()) == []
    assert world.items() == []


def test_what_fails_for_the_moment_comes_again_and_the_rest_does_not() -> None:
    uploaded(file(halves(20, 10)))
    other = f"avatars/{ALICE}/avatar.jpg"
    world.put_object(other, file(halves(20, 10)))

    def lost(request: dict[str, Any]) -> Any:
        if "avatar" in request["url_path"]:
            raise EndpointConnectionError(endpoint_url="https://aws")
        found = BytesIO(file(halves(20, 10)))
        return {"Body": found, "ETag": stored_tag, "Metadata": {}, "ContentLength": len(found.getvalue())}

    stored_tag = stored()["ETag"]
    with instead(content.client, "GetObject", lost):
        assert failures(message(fileKey=other, fileType="avatar"), message()) == ["m1"]
    assert noted()["status"] == "processed"


@pytest.mark.parametrize("code", ["SlowDown", "InternalError", "AccessDenied"])
def test_a_refusal_of_the_bucket_is_no_fault_of_the_picture(code: str) -> None:
    uploaded(file(halves(20, 10)))
    with refused(content.client, "GetObject", code, status=403):
        assert failures(message()) == ["m1"]
    assert noted()["status"] == "processing"


def test_a_table_out_of_reach_brings_the_message_again_and_the_work_stays_done() -> None:
    uploaded(file(halves(20, 10)))
    with unreachable(table.client, "UpdateItem"):
        assert failures(message()) == ["m1"]
    assert stored()["Metadata"]["processed"] == "true"
    assert failures(message()) == []
    assert noted()["status"] == "processed"


@pytest.mark.parametrize(
    "body",
    [
        "no json",
        "{}",
        message(fileKey=f"posts/{BOB}/p1/dish-17.jpg"),
        message(fileKey="posts/../secret.jpg"),
        message(fileType="system"),
        message(contentType="image/svg+xml"),
        message({"type": "run", "params": {}}),
        message({"type": "resize", "params": {"width": 10**9, "height": 1}}),
        message({"type": "resize", "params": {"width": 0, "height": 1}}),
        message({"type": "compress", "params": {"quality": 101}}),
        message({"type": "watermark", "params": {"text": "x" * 41}}),
    ],
)
def test_a_message_that_makes_no_sense_is_left_to_the_dead_letter_queue(body: Any) -> None:
    uploaded(file(halves(20, 10)))
    assert failures(body) == ["m1"]
    assert noted()["status"] == "processing"


def difference(*operations: dict[str, Any], kind: str = "post", key: str = KEY) -> tuple[int, int, int, int] | None:
    """Where a picture that is all grey is not grey any more."""
    grey = Image.new("RGB", (800, 400), (120, 120, 120))
    uploaded(file(grey, "PNG"), key, "image/png")
    assert failures(message(*operations, fileKey=key, fileType=kind, contentType="image/png")) == []
    return ImageChops.difference(opened(stored(key)["Body"]).convert("RGB"), grey).getbbox()


def test_a_watermark_stands_in_the_lower_right_corner() -> None:
    where = difference(MARK)
    assert where is not None
    left, top, right, bottom = where
    assert left > 400
    assert top > 300
    assert 740 < right <= 800
    assert 360 < bottom <= 400


def test_a_watermark_stands_only_where_it_is_asked_for_and_never_on_people() -> None:
    assert difference(COMPRESS) is None
    assert difference(MARK, kind="avatar", key=f"avatars/{ALICE}/a-1.jpg") is None
    assert difference(MARK, kind="recipe", key=f"recipes/{ALICE}/r1/a-1.jpg") is not None


def test_a_tiny_picture_takes_a_watermark_without_harm() -> None:
    uploaded(file(halves(3, 2)))
    assert failures(message(MARK)) == []
    assert opened(stored()["Body"]).size == (3, 2)


def test_an_animation_keeps_its_first_picture() -> None:
    frames = [Image.new("RGB", (20, 10), BLUE), Image.new("RGB", (20, 10), RED)]
    uploaded(file(frames[0], "WEBP", save_all=True, append_images=frames[1:]), content_type="image/webp")
    assert failures(message(contentType="image/webp")) == []
    picture = opened(stored()["Body"])
    assert getattr(picture, "n_frames", 1) == 1
    assert about(picture.convert("RGB").getpixel((5, 5)), BLUE)
