from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import world
from front import Front
from world import ALICE

CDN = "https://cdn.everyonecook.cloud"
FORMS = [
    ("/users/profile/avatar/upload", "avatars", "avatar", "avatarUrl", 5_242_880),
    ("/users/profile/background/upload", "backgrounds", "background", "backgroundUrl", 10_485_760),
    (f"/users/{ALICE}/avatar", "avatars", "avatar", "avatarUrl", 5_242_880),
    (f"/users/{ALICE}/background", "backgrounds", "background", "backgroundUrl", 10_485_760),
]
PRESIGNED = [
    ("/users/profile/avatar/presigned", "avatars", "avatar", "avatar_url"),
    ("/users/profile/background/presigned", "backgrounds", "background", "background_url"),
]


@pytest.mark.parametrize(("path", "folder", "name", "address", "largest"), FORMS)
def test_an_upload_gets_a_link_and_the_profile_the_picture(
    front: Front, path: str, folder: str, name: str, address: str, largest: int
) -> None:
    world.sign_up(ALICE, "alice")
    answer = front.post(path, {"contentType": "image/png", "fileSize": largest}, who=ALICE)
    assert answer.status == 200
    assert answer.body["data"].keys() == {"uploadUrl", address}
    link = urlsplit(answer.body["data"]["uploadUrl"])
    key = f"{folder}/{ALICE}/{name}.png"
    assert link.path.endswith(f"/{key}")
    assert parse_qs(link.query)["X-Amz-Expires"] == ["300"]
    # headers that a browser sends of itself, and no other
    assert parse_qs(link.query)["X-Amz-SignedHeaders"] == ["content-length;content-type;host"]
    assert parse_qs(link.query)["x-amz-meta-userid"] == [ALICE]
    shown = front.get("/users/me", who=ALICE).body["data"]["profile"][address]
    assert shown == answer.body["data"][address]
    assert shown.startswith(f"{CDN}/{key}?v=17")


@pytest.mark.parametrize(("path", "folder", "name", "address"), PRESIGNED)
@pytest.mark.parametrize(
    "body",
    [
        {"file_type": "image/webp", "file_size": 10},
        {"contentType": "image/webp", "fileSize": 10},
        {"file_type": "image/webp", "fileSize": 10},
    ],
)
def test_a_presigned_link_comes_in_snake_case_and_changes_no_profile(
    front: Front, path: str, folder: str, name: str, address: str, body: dict[str, Any]
) -> None:
    world.sign_up(ALICE, "alice")
    answer = front.post(path, body, who=ALICE)
    assert answer.status == 200
    assert answer.body["data"].keys() == {"upload_url", address}
    assert f"/{folder}/{ALICE}/{name}.webp?" in answer.body["data"]["upload_url"]
    assert front.get("/users/me", who=ALICE).body["data"]["profile"]["avatarUrl"] is None


@pytest.mark.parametrize(("path", "folder", "name", "address", "largest"), FORMS)
def test_a_picture_that_is_none_or_too_large_is_refused(
    front: Front, path: str, folder: str, name: str, address: str, largest: int
) -> None:
    for body in (
        {"contentType": "image/gif", "fileSize": 10},
        {"contentType": "text/html", "fileSize": 10},
        {"contentType": "image/png", "fileSize": 0},
        {"contentType": "image/png", "fileSize": largest + 1},
        {"contentType": "image/png"},
        {"fileSize": 10},
        {"contentType": "image/png", "fileSize": 10, "key": "avatars/other/avatar.png"},
    ):
        assert front.post(path, body, who=ALICE).status == 400
    assert world.item(f"RATE_LIMIT#{ALICE}", "OPERATION#avatar_upload") is None


@pytest.mark.parametrize(("path", "folder", "name", "address"), PRESIGNED)
@pytest.mark.parametrize("body", [{}, {"file_type": "image/png"}, {"fileSize": 10}])
def test_a_presigned_link_needs_type_and_size(
    front: Front, path: str, folder: str, name: str, address: str, body: dict[str, Any]
) -> None:
    answer = front.post(path, body, who=ALICE)
    assert (answer.status, answer.body) == (400, {"error": "file_type and file_size are needed"})


@pytest.mark.parametrize(
    ("path", "body"),
    [
        *((path, {"contentType": "image/png", "fileSize": 10}) for path, *_ in FORMS),
        *((path, {"file_type": "image/png", "file_size": 10}) for path, *_ in PRESIGNED),
    ],
)
def test_the_eleventh_link_of_a_day_is_refused_and_counted(
    front: Front, capsys: pytest.CaptureFixture[str], path: str, body: dict[str, Any]
) -> None:
    for _ in range(10):
        assert front.post(path, body, who=ALICE).status == 200
    capsys.readouterr()
    answer = front.post(path, body, who=ALICE)
    assert answer.status == 429
    assert int(answer.headers["Retry-After"]) > 86_000
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert [line["UploadRateLimitViolations"] for line in lines] == [[1.0]]


def test_avatars_and_backgrounds_have_limits_of_their_own(front: Front) -> None:
    for _ in range(10):
        front.post(FORMS[0][0], {"contentType": "image/png", "fileSize": 10}, who=ALICE)
    assert front.post(FORMS[1][0], {"contentType": "image/png", "fileSize": 10}, who=ALICE).status == 200
