from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
import world
from kitchen import content


@pytest.fixture(autouse=True)
def _bucket(aws: None) -> Iterator[None]:
    yield


def test_a_link_leads_to_the_bucket_s_region_and_carries_what_is_to_be_noted() -> None:
    link = urlsplit(content.upload_link("avatars/a/x.jpg", "image/jpeg", 5, {"userid": "a", "uploadedat": "now"}))
    assert link.netloc == "everyonecook-content-test.s3.ap-southeast-1.amazonaws.com"
    assert link.path == "/avatars/a/x.jpg"
    query = parse_qs(link.query)
    assert query["X-Amz-SignedHeaders"] == ["content-length;content-type;host"]
    assert (query["x-amz-meta-userid"], query["x-amz-meta-uploadedat"]) == (["a"], ["now"])
    assert query["X-Amz-Expires"] == ["300"]


def test_what_we_put_ourselves_has_its_metadata_in_headers() -> None:
    content.client.put_object(Bucket=world.BUCKET, Key="k", Body=b"1", Metadata={"processed": "true"})
    head = content.head("k")
    assert head is not None
    assert head["Metadata"] == {"processed": "true"}


def test_an_object_that_is_not_there_has_no_head_and_no_copy() -> None:
    assert content.head("nothing") is None
    assert content.copy("nothing", "elsewhere") is False
    content.delete("nothing")
    assert world.objects() == []


def test_a_folder_is_removed_whole_and_its_neighbours_stay() -> None:
    for key in ("posts/a/1.jpg", "posts/a/2/3.jpg", "posts/ab/1.jpg"):
        world.put_object(key)
    assert content.copy("posts/a/1.jpg", "posts/c/1.jpg") is True
    assert content.delete_prefix("posts/a/") == 2
    assert world.objects() == ["posts/ab/1.jpg", "posts/c/1.jpg"]


@pytest.mark.parametrize("prefix", ["", "/", "posts", "posts//", "/posts/"])
def test_a_folder_of_nobody_is_not_removed(prefix: str) -> None:
    with pytest.raises(ValueError, match="is no folder of one owner"):
        content.delete_prefix(prefix)
