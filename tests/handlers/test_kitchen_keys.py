from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kitchen.keys import limits, moderation, people, posts, recipes

NOW = 1_772_600_767_089
ISO = "2026-03-04T05:06:07.089Z"
names = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789_", min_size=3, max_size=30)


def test_people_lie_where_the_map_says() -> None:
    assert people.profile("u") == {"PK": "USER#u", "SK": "PROFILE"}
    assert people.privacy("u") == {"PK": "USER#u", "SK": "PRIVACY_SETTINGS"}
    assert people.preferences("u", "stable") == {"PK": "USER#u", "SK": "PREFERENCES#STABLE"}
    assert people.custom_section("u", "s") == {"PK": "USER#u", "SK": "CUSTOM_SECTION#s"}
    assert people.custom_field("u", "s", "f") == {"PK": "USER#u", "SK": "CUSTOM_FIELD#s#f"}
    assert people.friendship("a", "b") == {"PK": "USER#a", "SK": "FRIEND#b"}
    assert people.friendship_index("a", "b") == {"GSI1PK": "USER#b", "GSI1SK": "FRIEND#a"}
    assert people.notification("u", ISO, "n") == {"PK": "USER#u", "SK": f"NOTIFICATION#{ISO}#n"}
    assert people.notification_preferences("u") == {"PK": "USER#u", "SK": "NOTIFICATION_PREFERENCES"}
    assert people.avatar("u") == {"PK": "USER#u", "SK": "AVATAR"}
    assert people.background("u") == {"PK": "USER#u", "SK": "BACKGROUND"}
    assert people.recipe_image("u", "r", "f") == {"PK": "USER#u", "SK": "RECIPE#r#IMAGE#f"}


def test_a_profile_is_found_by_name_and_by_age() -> None:
    assert people.profile_indexes("u", "Alice", NOW) == {
        "GSI1PK": "USERNAME#alice",
        "GSI1SK": "USER#u",
        "GSI2PK": "USERNAME#alice",
        "GSI2SK": "PROFILE",
        "GSI3PK": "USERS",
        "GSI3SK": "1772600767089#u",
    }
    assert people.banned_index("u", NOW) == {"GSI4PK": "USERS#BANNED", "GSI4SK": "1772600767089#u"}
    assert people.group_link("u", "g") == {
        "PK": "USER#u",
        "SK": "GROUP#g",
        "GSI3PK": "USER#u#GROUPS",
        "GSI3SK": "GROUP#g",
    }


def test_a_user_name_is_found_by_each_of_its_endings() -> None:
    assert people.search_entries("u", "Anna") == [
        {"PK": "USER_SEARCH#an", "SK": "anna#u"},
        {"PK": "USER_SEARCH#nn", "SK": "nna#u"},
        {"PK": "USER_SEARCH#na", "SK": "na#u"},
    ]


@given(names, st.data())
def test_every_part_of_a_name_leads_to_one_entry_that_counts(name: str, data: st.DataObject) -> None:
    begin = data.draw(st.integers(0, len(name) - 2))
    part = name[begin : data.draw(st.integers(begin + 2, len(name)))]
    found = [
        entry["SK"].split("#")[0]
        for entry in people.search_entries("u", name)
        if entry["PK"] == people.search_partition(part) and entry["SK"].startswith(part)
    ]
    assert [len(name) - len(ending) for ending in found].count(name.find(part)) == 1


def test_posts_lie_where_the_map_says() -> None:
    assert posts.post("p") == {"PK": "POST#p", "SK": "METADATA"}
    assert posts.post_indexes("p", "u", "public", 7, ISO) == {
        "GSI1PK": "USER#u",
        "GSI1SK": f"POST#{ISO}#p",
        "GSI2PK": "POST#PUBLIC",
        "GSI2SK": ISO,
        "GSI3PK": "POST#TRENDING",
        "GSI3SK": f"00007#{ISO}",
        "GSI4PK": "POSTS",
        "GSI4SK": ISO,
    }
    assert posts.post_indexes("p", "u", "friends", 7, ISO) == {
        "GSI1PK": "USER#u",
        "GSI1SK": f"POST#{ISO}#p",
        "GSI2PK": "POST#u",
        "GSI2SK": ISO,
        "GSI4PK": "POSTS",
        "GSI4SK": ISO,
    }
    assert posts.post_ingredient("p", "thit-bo") == {
        "PK": "POST#p",
        "SK": "INGREDIENT#thit-bo",
        "GSI4PK": "POST_INGREDIENT#thit-bo",
        "GSI4SK": "POST#p",
    }
    assert posts.post_image("p", "f") == {"PK": "POST#p", "SK": "IMAGE#f"}
    assert posts.comment("p", ISO, "c") == {"PK": "POST#p", "SK": f"COMMENT#{ISO}#c"}
    assert posts.comment_indexes("u", ISO, "p", "c") == {
        "GSI1PK": "USER#u",
        "GSI1SK": f"COMMENT#{ISO}",
        "GSI2PK": "COMMENT#c",
        "GSI2SK": "POST#p",
    }


def test_what_people_do_to_posts_lies_with_its_target() -> None:
    assert posts.reaction("post", "p", "u") == {"PK": "POST#p", "SK": "REACTION#u"}
    assert posts.reaction("comment", "c", "u") == {"PK": "COMMENT#c", "SK": "REACTION#u"}
    assert posts.reaction_index("u", ISO) == {"GSI1PK": "USER#u", "GSI1SK": f"REACTION#{ISO}"}
    assert posts.report("comment", "c", "u") == {"PK": "COMMENT#c", "SK": "REPORT#u"}
    assert posts.report_index("post", ISO, "r") == {"GSI1PK": "REPORTS#POST", "GSI1SK": f"{ISO}#r"}
    assert posts.reported_index("post", 12, "p") == {"GSI5PK": "REPORTED#POST", "GSI5SK": "00012#p"}
    assert posts.group("g") == {"PK": "GROUP#g", "SK": "METADATA"}
    assert posts.group_recipe("g", "r") == {"PK": "GROUP#g", "SK": "RECIPE#r"}
    assert posts.trending_search("2026-W10", "pho", 3) == {
        "PK": "TRENDING#SEARCH#2026-W10",
        "SK": "TERM#pho",
        "GSI4PK": "TRENDING#SEARCH#2026-W10",
        "GSI4SK": "COUNT#0000000003",
    }
    assert posts.trending_likes("2026-W10", "p", 3) == {
        "PK": "TRENDING#LIKES#2026-W10",
        "SK": "POST#p",
        "GSI4PK": "TRENDING#LIKES#2026-W10",
        "GSI4SK": "LIKES#0000000003",
    }


@pytest.mark.parametrize(
    ("likes", "rank"), [(-1, "00000#t"), (0, "00000#t"), (99_999, "99999#t"), (123_456, "99999#t")]
)
def test_the_rank_of_a_post_always_has_five_digits(likes: int, rank: str) -> None:
    assert posts.trending_rank(likes, "t") == rank


def test_recipes_and_their_words_lie_where_the_map_says() -> None:
    assert recipes.recipe("r") == {"PK": "RECIPE#r", "SK": "METADATA"}
    assert recipes.recipe_index("u", NOW) == {
        "GSI1PK": "USER#u",
        "GSI1SK": "RECIPE#1772600767089",
        "GSI3PK": "RECIPES",
        "GSI3SK": "1772600767089",
    }
    assert recipes.dictionary_entry("thit-bo") == {"PK": "DICTIONARY", "SK": "INGREDIENT#thit-bo"}
    assert recipes.cached_translation("thit-bo") == {"PK": "TRANSLATION_CACHE", "SK": "INGREDIENT#thit-bo"}
    assert recipes.english_index("beef", recipes.DICTIONARY) == {"GSI5PK": "beef", "GSI5SK": "DICTIONARY"}
    assert recipes.job("j") == {"PK": "JOB#j", "SK": "STATUS"}
    assert recipes.ai_cache("k") == {"PK": "AI_CACHE#k", "SK": "METADATA"}
    assert recipes.ai_cache_index(ISO) == {"GSI2PK": "CACHE#PUBLIC", "GSI2SK": ISO}
    assert recipes.ai_cache_ingredient("k", "beef") == {
        "PK": "AI_CACHE#k",
        "SK": "INGREDIENT#beef",
        "GSI4PK": "CACHE_INGREDIENT#beef",
        "GSI4SK": "AI_CACHE#k",
    }


def test_moderation_lies_where_the_map_says() -> None:
    assert moderation.violation("u", "v", NOW) == {
        "PK": "USER#u",
        "SK": "VIOLATION#v",
        "GSI1PK": "VIOLATION#u",
        "GSI1SK": "1772600767089",
        "GSI2PK": "VIOLATIONS",
        "GSI2SK": "1772600767089#v",
    }
    assert moderation.appeal("u", "a") == {"PK": "USER#u", "SK": "APPEAL#a"}
    assert moderation.appeal_indexes("a", "pending", NOW) == {
        "GSI1PK": "APPEAL#pending",
        "GSI1SK": "1772600767089#a",
        "GSI2PK": "APPEAL_ID#a",
        "GSI2SK": "APPEAL",
    }
    assert moderation.feedback("u", "f") == {"PK": "USER#u", "SK": "FEEDBACK#f"}
    assert moderation.feedback_indexes("f", "closed", NOW)["GSI1PK"] == "FEEDBACK#closed"
    assert moderation.feedback_reply("f", NOW, "r") == {"PK": "FEEDBACK#f", "SK": "REPLY#1772600767089#r"}
    assert moderation.ban("u", NOW) == {"PK": "USER#u", "SK": "BAN#1772600767089"}
    assert moderation.ban_schedule("u") == {"PK": "BAN_SCHEDULE#u", "SK": "UNBAN_TASK"}
    assert moderation.admin_action("x", "BAN_USER", "a", NOW) == {
        "PK": "ADMIN_ACTION#x",
        "SK": "METADATA",
        "GSI1PK": "ADMIN#a",
        "GSI1SK": "1772600767089",
        "GSI2PK": "ADMIN_ACTIONS",
        "GSI2SK": "1772600767089#x",
        "GSI3PK": "ADMIN_ACTIONS#BAN_USER",
        "GSI3SK": "1772600767089#x",
    }


def test_limits_and_activity_lie_where_the_map_says() -> None:
    assert limits.operation("u", "profile_update") == {"PK": "RATE_LIMIT#u", "SK": "OPERATION#profile_update"}
    assert limits.action("u", "send_friend_request") == {"PK": "RATE_LIMIT#u#send_friend_request", "SK": "METADATA"}
    assert limits.ai_suggestions("u", NOW) == {"PK": "RATE_LIMIT#AI#u", "SK": "DATE#2026-03-04"}
    assert limits.recipes("u", "CREATE_RECIPE", NOW) == {"PK": "RATE_LIMIT#u", "SK": "RECIPE#CREATE_RECIPE#2026-03-04"}
    assert limits.admin_actions("u") == {"PK": "RATE_LIMIT#u", "SK": "ADMIN_ACTIONS"}
    assert limits.activity("u", NOW) == {"PK": "ACTIVITY_LOG#2026-03-04", "SK": "12#u"}
