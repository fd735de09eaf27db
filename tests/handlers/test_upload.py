"""Pictures from the link by which they are uploaded to their removal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import parse_qs, urlsplit

import image_worker.handler
import pytest
import world
from faults import unreachable
from front import CONTEXT, Front
from hypothesis import example, given
from hypothesis import strategies as st
from kitchen import clock, content, files
from kitchen.errors import ApiError
from kitchen.text import file_stem
from paintings import file, halves
from upload import places, work
from world import ALICE, BOB, NOW

CDN = "https://cdn.everyonecook.cloud"
WANTED: dict[str, Any] = {
    "fileType": "avatar",
    "fileName": "Món Ngon.JPG",
    "contentType": "image/jpeg",
    "fileSize": 1_000,
}


@pytest.fixture(autouse=True)
def queue(front: Front, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The queue of pictures, at a time that stands still."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    made = world.client("sqs").create_queue(QueueName="image-queue")["QueueUrl"]
    monkeypatch.setattr(work, "QUEUE_URL", made)
    yield made


def messages(queue: str) -> list[dict[str, Any]]:
    client = world.client("sqs")
    found = client.receive_message(QueueUrl=queue, MaxNumberOfMessages=10, MessageAttributeNames=["All"])
    return [dict(message) for message in found.get("Messages", ())]


def presign(front: Front, who: str = ALICE, **changed: Any) -> Any:
    body = {name: value for name, value in {**WANTED, **changed}.items() if value is not None}
    return front.post("/upload/presigned-url", body, who=who)


def confirm(front: Front, key: str, kind: str = "post", who: str = ALICE, **more: Any) -> Any:
    return front.post("/upload/confirm", {"fileKey": key, "fileType": kind, **more}, who=who)


def remove(front: Front, key: str, kind: str = "post", who: str = ALICE, **more: Any) -> Any:
    return front.delete(f"/upload/{key}", {"fileType": kind, **more}, who=who)


def uploaded(key: str = f"posts/{ALICE}/p1/dish-17.jpg") -> str:
    world.put_object(key)
    return key


def refusal(code: str, message: str) -> dict[str, Any]:
    return {"error": {"code": code, "message": message}}


def written() -> list[dict[str, Any]]:
    """What is in the table besides what the router and the limits note."""
    return [key for key in world.items() if not key["PK"].startswith(("ACTIVITY_LOG#", "RATE_LIMIT#"))]


@pytest.mark.parametrize(
    ("kind", "place", "key"),
    [
        ("avatar", None, f"avatars/{ALICE}/mon-ngon-1772600767089.jpg"),
        ("background", None, f"backgrounds/{ALICE}/mon-ngon-1772600767089.jpg"),
        ("post", "p-1", f"posts/{ALICE}/p-1/mon-ngon-1772600767089.jpg"),
        ("recipe", "r_1", f"recipes/{ALICE}/r_1/mon-ngon-1772600767089.jpg"),
    ],
)
def test_a_picture_gets_a_link_of_five_minutes(front: Front, kind: str, place: str | None, key: str) -> None:
    answer = presign(front, fileType=kind, subFolder=place)
    assert answer.status == 200
    assert answer.body.keys() == {"uploadUrl", "fileKey", "cdnUrl", "expiresIn"}
    assert (answer.body["fileKey"], answer.body["cdnUrl"]) == (key, f"{CDN}/{key}")
    assert answer.body["expiresIn"] == 300
    link = urlsplit(answer.body["uploadUrl"])
    assert link.path == f"/{key}"
    query = parse_qs(link.query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;content-type;host"]
    assert (query["X-Amz-Expires"], query["x-amz-meta-userid"]) == (["300"], [ALICE])
    assert query["x-amz-meta-uploadedat"] == ["2026-03-04T05:06:07.089Z"]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"fileType": "post"}, "subFolder: needed for a file of type post"),
        ({"fileType": "recipe"}, "subFolder: needed for a file of type recipe"),
        (
            {"fileType": "post", "subFolder": "../x"},
            "subFolder: only letters, digits, hyphens and underscores",
        ),
        ({"subFolder": "a/b"}, "subFolder: only letters, digits, hyphens and underscores"),
        ({"fileSize": 5_242_881}, "fileSize: a file of type avatar has 1 to 5242880 bytes"),
        (
            {"fileType": "post", "subFolder": "p", "fileSize": 5_242_881},
            "fileSize: a file of type post has 1 to 5242880 bytes",
        ),
        ({"fileSize": 0}, "fileSize: Input should be greater than or equal to 1"),
        ({"fileSize": "1000"}, "fileSize: Input should be a valid integer"),
        ({"fileSize": 10_485_761}, "fileSize: Input should be less than or equal to 10485760"),
        ({"contentType": "image/gif"}, "contentType: Input should be 'image/jpeg', 'image/png' or 'image/webp'"),
        ({"contentType": "image/svg+xml"}, "contentType: Input should be 'image/jpeg', 'image/png' or 'image/webp'"),
        ({"fileType": "system"}, "fileType: Input should be 'avatar', 'background', 'post' or 'recipe'"),
        ({"fileName": None}, "fileName: Field required"),
        ({"fileName": ""}, "fileName: String should have at least 1 character"),
        ({"userId": BOB}, "userId: Extra inputs are not permitted"),
    ],
)
def test_a_malformed_wish_is_refused_and_costs_nothing(front: Front, changed: dict[str, Any], message: str) -> None:
    answer = presign(front, **changed)
    assert answer.status == 400
    assert answer.body == refusal("VALIDATION_ERROR", message)
    assert [key for key in world.items() if key["PK"].startswith("RATE_LIMIT#")] == []


def test_a_background_may_be_larger(front: Front) -> None:
    assert presign(front, fileType="background", fileSize=10_485_760).status == 200


def test_nobody_gets_a_link_without_a_token(front: Front) -> None:
    answer = front.post("/upload/presigned-url", WANTED)
    assert answer.status == 401
    assert answer.body["error"]["code"] == "UNAUTHORIZED"


@given(st.text(min_size=1, max_size=200))
def test_no_file_name_leaves_its_folder(name: str) -> None:
    file = files.File("avatar", ALICE, "", f"{file_stem(name)}-1.jpg")
    assert files.read_key("avatar", file.key, ALICE) == file
    assert file.key.split("/")[:2] == ["avatars", ALICE]
    assert file.key.count("/") == 2


@example("avatar", "/1.aaa")
@given(st.sampled_from(sorted(files.FOLDERS)), st.text(alphabet="avtrspoe/.-_%#1\n", max_size=60))
def test_a_key_of_any_form_is_read_as_the_caller_s_own_or_refused(kind: str, rest: str) -> None:
    for key in (rest, f"{files.FOLDERS[kind]}/{ALICE}/{rest}"):
        try:
            file = files.read_key(kind, key, ALICE)
        except ApiError as refused:
            assert refused.status in (400, 403)
        else:
            assert file.key == key
            assert key.startswith(f"{files.FOLDERS[kind]}/{ALICE}/")
            assert ".." not in key


@pytest.mark.parametrize(
    ("kind", "operation"),
    [("avatar", "avatar"), ("background", "background"), ("post", "post_image"), ("recipe", "recipe_image")],
)
def test_ten_links_a_day_and_the_eleventh_is_counted(
    front: Front, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], kind: str, operation: str
) -> None:
    place = "x" if kind in ("post", "recipe") else None
    assert [presign(front, fileType=kind, subFolder=place).status for _ in range(10)] == [200] * 10
    capsys.readouterr()
    answer = presign(front, fileType=kind, subFolder=place)
    assert answer.status == 429
    assert answer.body == refusal("RATE_LIMIT_EXCEEDED", "too many requests: 10 are allowed; try again later")
    assert answer.headers["Retry-After"] == "86400"
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "UploadRateLimitViolations" in line]
    (line,) = lines
    assert line["UploadRateLimitViolations"] == [1.0]
    assert line["Environment"] == "test"
    (told,) = line["_aws"]["CloudWatchMetrics"]
    assert (told["Namespace"], told["Dimensions"]) == ("EveryoneCook", [["Environment"]])
    assert world.item(f"RATE_LIMIT#{ALICE}", f"OPERATION#{operation}_upload") is not None
    assert presign(front, BOB, fileType=kind, subFolder=place).status == 200
    monkeypatch.setattr(clock, "now", lambda: NOW + clock.DAY)
    assert presign(front, fileType=kind, subFolder=place).status == 200


def test_links_of_profiles_count_here_too(front: Front) -> None:
    world.sign_up(ALICE, "alice")
    for _ in range(10):
        front.post("/users/profile/avatar/presigned", {"file_type": "image/png", "file_size": 9}, who=ALICE)
    assert presign(front).status == 429


def test_a_picture_that_was_uploaded_is_noted_and_handed_on(front: Front, queue: str) -> None:
    key = presign(front, fileType="post", subFolder="p1").body["fileKey"]
    data = file(halves(30, 20))
    world.put_object(key, data)
    answer = confirm(front, key, subFolder="p1")
    assert answer.status == 200
    metadata = {
        "fileKey": key,
        "fileType": "post",
        "contentType": "image/jpeg",
        "fileSize": len(data),
        "uploadedBy": ALICE,
        "uploadedAt": "2026-03-04T05:06:07.089Z",
        "cdnUrl": f"{CDN}/{key}",
        "status": "processing",
    }
    assert answer.body == {
        "success": True,
        "fileKey": key,
        "cdnUrl": f"{CDN}/{key}",
        "metadata": metadata,
        "processingQueued": True,
    }
    keys = {"PK": "POST#p1", "SK": "IMAGE#mon-ngon-1772600767089.jpg"}
    assert world.item(*keys.values()) == {**keys, **metadata}
    (message,) = messages(queue)
    assert json.loads(message["Body"]) == {
        "fileKey": key,
        "userId": ALICE,
        "fileType": "post",
        "contentType": "image/jpeg",
        "operations": [
            {"type": "resize", "params": {"width": 1200, "height": 1200, "fit": "inside"}},
            {"type": "compress", "params": {"quality": 85}},
            {"type": "thumbnail", "params": {"width": 300, "height": 300}},
        ],
        "timestamp": 1_772_600_767_089,
    }
    attributes = {name: value["StringValue"] for name, value in message["MessageAttributes"].items()}
    assert attributes == {"fileType": "post", "userId": ALICE}


@pytest.mark.parametrize(
    ("kind", "key", "partition", "sort", "operations"),
    [
        (
            "avatar",
            f"avatars/{ALICE}/avatar.png",
            f"USER#{ALICE}",
            "AVATAR",
            [("resize", 200, 200, "cover"), ("compress", 85), ("thumbnail", 50, 50)],
        ),
        (
            "background",
            f"backgrounds/{ALICE}/b.jpg",
            f"USER#{ALICE}",
            "BACKGROUND",
            [("resize", 1_920, 1_080, "cover"), ("compress", 90)],
        ),
        (
            "recipe",
            f"recipes/{ALICE}/r1/d.jpg",
            f"USER#{ALICE}",
            "RECIPE#r1#IMAGE#d.jpg",
            [("resize", 1_200, 1_200, "inside"), ("compress", 85), ("thumbnail", 300, 300)],
        ),
    ],
)
def test_each_kind_has_its_item_and_its_work(
    front: Front, queue: str, kind: str, key: str, partition: str, sort: str, operations: list[tuple[Any, ...]]
) -> None:
    uploaded(key)
    assert confirm(front, key, kind).status == 200
    assert (world.item(partition, sort) or {})["fileKey"] == key
    (message,) = messages(queue)
    asked = [(part["type"], *part["params"].values()) for part in json.loads(message["Body"])["operations"]]
    assert asked == operations


def test_what_the_worker_makes_of_a_confirmed_picture_is_found_in_its_item(front: Front, queue: str) -> None:
    key = uploaded()
    world.put_object(key, file(halves(2_400, 1_200)))
    confirm(front, key)
    (message,) = messages(queue)
    record = {"messageId": "m", "body": message["Body"], "attributes": {}, "eventSource": "aws:sqs"}
    assert image_worker.handler.handler({"Records": [record]}, CONTEXT) == {"batchItemFailures": []}
    assert (world.item("POST#p1", "IMAGE#dish-17.jpg") or {})["status"] == "processed"
    again = confirm(front, key)
    assert (again.body["processingQueued"], again.body["metadata"]["status"]) == (False, "processed")
    assert messages(queue) == []
    assert remove(front, key).status == 200
    assert world.objects() == []


def test_a_picture_that_was_never_uploaded_is_not_confirmed(front: Front) -> None:
    answer = confirm(front, f"posts/{ALICE}/p1/dish-17.jpg")
    assert answer.status == 404
    assert answer.body == refusal("FILE_NOT_FOUND", "there is no such file: upload it first")
    assert written() == []


@pytest.mark.parametrize(
    "key", [f"posts/{BOB}/p1/dish-17.jpg", f"posts/temp/{ALICE}/dish-17.jpg", "posts", f"{ALICE}/x.jpg"]
)
def test_a_key_of_somebody_else_is_refused(front: Front, queue: str, key: str) -> None:
    if key.endswith(".jpg"):
        uploaded(key)
    for answer in (confirm(front, key), remove(front, key)):
        assert answer.status == 403
        assert answer.body == refusal("FORBIDDEN", "the file belongs to somebody else")
    assert written() == []
    assert messages(queue) == []


@pytest.mark.parametrize(
    ("key", "kind", "more", "message"),
    [
        (f"avatars/{ALICE}/x.jpg", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"posts/{ALICE}/x.jpg", "post", {}, "subFolder: needed for a file of type post"),
        (f"posts/{ALICE}/p1/a/x.jpg", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"posts/{ALICE}/p1/../x.jpg", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"posts/{ALICE}/../x.jpg", "post", {}, "subFolder: only letters, digits, hyphens and underscores"),
        (f"posts/{ALICE}/p1/.jpg", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"posts/{ALICE}/p1/x#METADATA", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"posts/{ALICE}/p1/x.jpg\n", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"/{ALICE}/x.jpg", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"posts/{ALICE}", "post", {}, "fileKey: this is no key of a file of type post"),
        (f"posts/{ALICE}/p1/x.jpg", "post", {"subFolder": "p2"}, "subFolder: not the one that fileKey names"),
    ],
)
def test_a_key_that_fits_no_file_is_refused(
    front: Front, key: str, kind: str, more: dict[str, Any], message: str
) -> None:
    answer = confirm(front, key, kind, **more)
    assert answer.status == 400
    assert answer.body == refusal("VALIDATION_ERROR", message)
    assert written() == []


def test_what_lies_there_is_looked_at_and_not_believed(front: Front) -> None:
    key = f"posts/{ALICE}/p1/dish-17.jpg"
    world.put_object(key, b"<html>", "text/html")
    answer = confirm(front, key)
    assert answer.status == 400
    assert answer.body["error"]["message"] == "contentType: only image/jpeg, image/png, image/webp are taken"
    world.put_object(key, b"\0" * 5_242_881)
    answer = confirm(front, key)
    assert answer.body["error"]["message"] == "fileSize: a file of type post has 1 to 5242880 bytes"
    assert written() == []


def test_nothing_is_noted_in_somebody_else_s_post(front: Front) -> None:
    world.put({"PK": "POST#p1", "SK": "METADATA", "authorId": BOB})
    answer = confirm(front, uploaded())
    assert answer.status == 403
    assert answer.body == refusal("FORBIDDEN", "the post belongs to somebody else")
    assert written() == [{"PK": "POST#p1", "SK": "METADATA"}]
    world.put({"PK": "POST#p1", "SK": "METADATA", "authorId": ALICE})
    assert confirm(front, uploaded()).status == 200


def test_a_queue_out_of_reach_leaves_the_picture_as_it_was_uploaded(front: Front) -> None:
    key = uploaded()
    with unreachable(work.client, "SendMessage"):
        answer = confirm(front, key)
    assert answer.status == 200
    assert (answer.body["processingQueued"], answer.body["metadata"]["status"]) == (False, "uploaded")
    assert (world.item("POST#p1", "IMAGE#dish-17.jpg") or {})["status"] == "uploaded"
    assert confirm(front, key).body["metadata"]["status"] == "processing"


@pytest.mark.parametrize(("kind", "folder", "most"), [("post", "posts", 5), ("recipe", "recipes", 4)])
def test_a_post_or_recipe_has_so_many_pictures(front: Front, kind: str, folder: str, most: int) -> None:
    keys = [uploaded(f"{folder}/{ALICE}/x1/d-{number}.jpg") for number in range(most + 1)]
    assert [confirm(front, key, kind).status for key in keys[:-1]] == [200] * most
    answer = confirm(front, keys[-1], kind)
    assert answer.status == 400
    assert answer.body == refusal("VALIDATION_ERROR", f"a {kind} has at most {most} pictures")
    assert confirm(front, keys[0], kind).status == 200
    assert remove(front, keys[0], kind, softDelete=True).status == 200
    assert confirm(front, keys[-1], kind).status == 200


def test_of_two_that_want_the_last_place_one_gets_it(front: Front) -> None:
    for number in range(4):
        confirm(front, uploaded(f"posts/{ALICE}/p1/d-{number}.jpg"))
    rivals = [files.File("post", ALICE, "p1", f"r-{number}.jpg") for number in range(6)]

    def put(rival: files.File) -> bool:
        try:
            places.put(rival, {"fileKey": rival.key, "status": "processing"})
        except ApiError:
            return False
        return True

    with ThreadPoolExecutor(6) as pool:
        won = list(pool.map(put, rivals))
    assert won.count(True) == 1
    images = [key for key in written() if key["SK"].endswith(".jpg")]
    assert len(images) == 5


def test_a_picture_is_deleted_for_good(front: Front) -> None:
    key = uploaded()
    world.put_object(f"posts/{ALICE}/p1/dish-17-thumb.jpg")
    confirm(front, key)
    answer = remove(front, key, fileKey=key, subFolder="p1")
    assert answer.status == 200
    assert answer.body == {
        "success": True,
        "fileKey": key,
        "deletedAt": "2026-03-04T05:06:07.089Z",
        "softDeleted": False,
    }
    assert world.objects() == []
    assert world.item("POST#p1", "IMAGE#dish-17.jpg") is None
    assert remove(front, key).status == 404


def test_a_picture_is_deleted_so_that_it_can_be_had_back(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    key = uploaded()
    confirm(front, key)
    answer = remove(front, key, softDelete=True)
    assert (answer.status, answer.body["softDeleted"]) == (200, True)
    item = world.item("POST#p1", "IMAGE#dish-17.jpg") or {}
    assert (item["status"], item["ttl"]) == ("deleted", 1_775_192_767)
    assert item["softDeleteMetadata"] == {
        "deletedAt": "2026-03-04T05:06:07.089Z",
        "deletedBy": ALICE,
        "recoverableUntil": "2026-04-03T05:06:07.089Z",
        "previousStatus": "processing",
    }
    assert world.objects() == [key]
    monkeypatch.setattr(clock, "now", lambda: NOW + clock.DAY)
    again = remove(front, key, softDelete=True)
    assert (again.status, again.body["deletedAt"]) == (200, "2026-03-04T05:06:07.089Z")
    assert (world.item("POST#p1", "IMAGE#dish-17.jpg") or {})["ttl"] == 1_775_192_767
    assert confirm(front, key).status == 200
    back = world.item("POST#p1", "IMAGE#dish-17.jpg") or {}
    assert back["status"] == "processing"
    assert not back.keys() & {"ttl", "softDeleteMetadata"}


def test_a_picture_deleted_softly_can_be_deleted_for_good(front: Front) -> None:
    key = uploaded()
    confirm(front, key)
    remove(front, key, softDelete=True)
    assert remove(front, key).body["softDeleted"] is False
    assert world.objects() == []


def test_a_file_that_nobody_confirmed_is_not_found(front: Front) -> None:
    key = uploaded()
    answer = remove(front, key)
    assert answer.status == 404
    assert answer.body == refusal("FILE_NOT_FOUND", "there is no such file")
    assert world.objects() == [key]


def test_an_avatar_that_another_followed_is_not_found_any_more(front: Front) -> None:
    first, second = (uploaded(f"avatars/{ALICE}/{name}.jpg") for name in ("a-1", "a-2"))
    confirm(front, first, "avatar")
    confirm(front, second, "avatar")
    assert remove(front, first, "avatar").status == 404
    assert (world.item(f"USER#{ALICE}", "AVATAR") or {})["fileKey"] == second


def test_body_and_path_name_the_same_file(front: Front) -> None:
    key = uploaded()
    confirm(front, key)
    answer = remove(front, key, fileKey=f"posts/{ALICE}/p1/other-1.jpg")
    assert answer.status == 400
    assert answer.body == refusal("VALIDATION_ERROR", "fileKey: not the one that the path names")
    assert world.objects() == [key]


def test_a_bucket_out_of_reach_leaves_the_item_for_another_try(front: Front) -> None:
    key = uploaded()
    confirm(front, key)
    with unreachable(content.client, "DeleteObject"):
        answer = remove(front, key)
    assert answer.status == 500
    assert answer.body == refusal("INTERNAL_ERROR", "something went wrong on our side")
    assert remove(front, key).status == 200


def test_a_post_s_picture_is_not_deleted_by_another_user(front: Front) -> None:
    key = uploaded()
    confirm(front, key)
    assert remove(front, key, who=BOB).status == 403
    assert remove(front, f"posts/{BOB}/p1/dish-17.jpg", who=BOB).status == 404
    assert world.item("POST#p1", "IMAGE#dish-17.jpg") is not None
    assert world.objects() == [key]
