"""What the bodies and query strings of the social routes may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kitchen.body import Body, ImageType, Maybe, Privacy, Query
from kitchen.content import LARGEST

IMAGES_MOST = 5

Identifier = Annotated[str, Field(min_length=1, max_length=128)]
Address = Annotated[str, Field(max_length=2_048)]
Words = Annotated[str, Field(max_length=5_000)]
SomeWords = Annotated[str, Field(min_length=1, max_length=5_000)]
Content = Annotated[str, Field(min_length=1, max_length=2_000)]
FileName = Annotated[str, Field(min_length=1, max_length=1_024)]
FileSize = Annotated[int, Field(ge=1, le=LARGEST["post"])]
TargetType = Literal["post", "comment"]
ReactionType = Literal["like", "love", "wow", "sad", "angry"]
Reason = Literal["spam", "harassment", "inappropriate", "misinformation", "other"]


class CreatePostRequest(Body):
    """A new post."""

    title: Maybe[SomeWords] = None
    content: Maybe[SomeWords] = None
    caption: Maybe[Words] = None
    images: Maybe[Annotated[list[Address], Field(max_length=IMAGES_MOST)]] = None
    tempImageKeys: Maybe[
        Annotated[list[Annotated[str, Field(min_length=1, max_length=1_024)]], Field(max_length=IMAGES_MOST)]
    ] = None
    privacyLevel: Maybe[Privacy] = None
    privacy: Maybe[Privacy] = None
    tags: Maybe[Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=100)]] = None


class UpdatePostRequest(Body):
    """What of a post is to change."""

    title: Maybe[SomeWords] = None
    privacyLevel: Maybe[Privacy] = None


class ShareRecipeRequest(Body):
    """A recipe that is to be posted."""

    recipeId: Identifier
    title: Maybe[Words] = None
    content: Maybe[Words] = None
    caption: Maybe[Words] = None
    images: Maybe[Annotated[list[Address], Field(max_length=50)]] = None
    privacyLevel: Maybe[Privacy] = None
    privacy: Maybe[Privacy] = None


class SharePostRequest(Body):
    """What to say to somebody else's post."""

    caption: Maybe[Words] = None
    share_caption: Maybe[Words] = None
    privacyLevel: Maybe[Privacy] = None
    privacy: Maybe[Privacy] = None


class PostStatsRequest(Body):
    """The posts whose counts are asked for."""

    postIds: Annotated[list[Identifier], Field(min_length=1, max_length=50)]


class PostImagePresignRequest(Body):
    """A picture to be uploaded, in either spelling."""

    fileName: Maybe[FileName] = None
    contentType: Maybe[ImageType] = None
    fileSize: Maybe[FileSize] = None
    file_name: Maybe[FileName] = None
    file_type: Maybe[ImageType] = None
    file_size: Maybe[FileSize] = None


class SavePostRecipeRequest(Body):
    """How the saved recipe is to be called."""

    customTitle: Maybe[Annotated[str, Field(max_length=500)]] = None


class CreateCommentRequest(Body):
    """A new comment, or a reply to one."""

    content: Content
    parentCommentId: Maybe[Identifier] = None


class UpdateCommentRequest(Body):
    """A comment's new text."""

    content: Content


class SetReactionRequest(Body):
    """What is felt, and about what; without a target about the post of the path."""

    targetId: Maybe[Identifier] = None
    targetType: Maybe[TargetType] = None
    reactionType: ReactionType


class RemoveReactionRequest(Body):
    """What nothing is felt about any more; without a target the post of the path."""

    targetId: Maybe[Identifier] = None
    targetType: Maybe[TargetType] = None


class ReportRequest(Body):
    """Why something is reported."""

    reason: Reason
    details: Maybe[Words] = None


class CreateReportRequest(ReportRequest):
    """What is reported, and why."""

    targetId: Identifier
    targetType: TargetType


class TrackSearchRequest(Body):
    """What was searched for."""

    searchTerm: Annotated[str, Field(min_length=1, max_length=500)]


class CreateRecipeGroupRequest(Body):
    """A new group of recipes."""

    name: Annotated[str, Field(min_length=1, max_length=200)]
    description: Maybe[Annotated[str, Field(max_length=2_000)]] = None


class AddGroupRecipeRequest(Body):
    """A recipe to be put into a group."""

    recipeId: Identifier
    recipeTitle: Maybe[Annotated[str, Field(max_length=500)]] = None


class NotificationSwitches(Body):
    """Which kinds of notifications are wanted."""

    new_reaction: Maybe[bool] = None
    new_comment: Maybe[bool] = None
    new_friend_request: Maybe[bool] = None
    friend_accepted: Maybe[bool] = None
    post_shared: Maybe[bool] = None
    post_hidden: Maybe[bool] = None
    comment_reply: Maybe[bool] = None


class NotificationPreferencesRequest(Body):
    """What is to change of the notifications that are wanted."""

    preferences: Maybe[NotificationSwitches] = None
    pushEnabled: Maybe[bool] = None
    emailEnabled: Maybe[bool] = None


class TrendsQuery(Query):
    """How many searches and posts."""

    limit: Annotated[int, Field(ge=1, le=100)] = 5


class TrendQuery(Query):
    """How many searches, or posts."""

    limit: Annotated[int, Field(ge=1, le=100)] = 10


class ViolationQuery(Query):
    """Which violation: by its own id, or by that of the content."""

    type: Maybe[TargetType] = None
    id: Maybe[Annotated[str, Field(max_length=128)]] = None
    violationId: Maybe[Annotated[str, Field(max_length=128)]] = None
