"""What the bodies and query strings of the account routes may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kitchen.body import Body, ImageType, Maybe, Privacy, Query
from kitchen.content import LARGEST

Name = Annotated[str, Field(min_length=1, max_length=254)]
Password = Annotated[str, Field(min_length=12, max_length=256)]
Code = Annotated[str, Field(min_length=1, max_length=64)]
Words = list[Annotated[str, Field(max_length=100)]]
Hundred = Annotated[Words, Field(max_length=100)]
Order = Annotated[int, Field(ge=0, le=100_000)]
Title = Annotated[str, Field(min_length=1, max_length=50)]
Description = Annotated[str, Field(max_length=2_000)]
Label = Annotated[str, Field(max_length=100)]
Meal = Literal["breakfast", "lunch", "dinner", "snack", "custom"]
FieldKind = Literal["text", "textarea", "select", "checkbox", "date"]
Options = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=100)]
FieldValue = Annotated[str, Field(max_length=10_000)] | bool | float | Options
AvatarSize = Annotated[int, Field(ge=1, le=LARGEST["avatar"])]
BackgroundSize = Annotated[int, Field(ge=1, le=LARGEST["background"])]


class LoginRequest(Body):
    """Name or e-mail address, and password."""

    username: Maybe[Name] = None
    email: Maybe[Name] = None
    password: Annotated[str, Field(min_length=1, max_length=256)]


class RegisterRequest(Body):
    """A new account."""

    username: Annotated[str, Field(min_length=3, max_length=20, pattern="^[A-Za-z0-9_]{3,20}$")]
    email: Annotated[str, Field(min_length=3, max_length=254, json_schema_extra={"format": "email"})]
    password: Password
    fullName: Annotated[str, Field(min_length=1, max_length=50)]


class RefreshRequest(Body):
    """A refresh token."""

    refreshToken: Annotated[str, Field(min_length=1, max_length=8_192)]


class VerifyEmailRequest(Body):
    """The code that confirms an account."""

    username: Name
    code: Code


class ResendCodeRequest(Body):
    """Whose code is to be sent again."""

    username: Name


class ResetPasswordRequest(Body):
    """The start of a reset, or with code and new password its end."""

    username: Name
    confirmationCode: Maybe[Code] = None
    newPassword: Maybe[Password] = None


class UsernameQuery(Query):
    """The user name asked about."""

    username: Annotated[str, Field(max_length=256)]


class UpdateProfileRequest(Body):
    """What of a profile is to change."""

    full_name: Maybe[Annotated[str, Field(min_length=1, max_length=50)]] = None
    bio: Maybe[Annotated[str, Field(max_length=500)]] = None
    date_of_birth: Maybe[Annotated[str, Field(max_length=35, pattern="^[0-9]{4}-[0-9]{2}-[0-9]{2}")]] = None
    gender: Maybe[Literal["male", "female", "other", "prefer-not-to-say"]] = None
    country: Maybe[Annotated[str, Field(min_length=2, max_length=2, pattern="^[A-Za-z]{2}$")]] = None


class UpdatePrivacyRequest(Body):
    """Who may see which field."""

    email: Maybe[Privacy] = None
    birthday: Maybe[Privacy] = None
    gender: Maybe[Privacy] = None
    country: Maybe[Privacy] = None
    bio: Maybe[Privacy] = None
    avatarUrl: Maybe[Privacy] = None
    backgroundUrl: Maybe[Privacy] = None


class AvatarUploadRequest(Body):
    """An avatar to be uploaded."""

    contentType: ImageType
    fileSize: AvatarSize


class BackgroundUploadRequest(Body):
    """A background to be uploaded."""

    contentType: ImageType
    fileSize: BackgroundSize


class AvatarPresignRequest(Body):
    """An avatar to be uploaded, in either spelling."""

    file_type: Maybe[ImageType] = None
    file_size: Maybe[AvatarSize] = None
    contentType: Maybe[ImageType] = None
    fileSize: Maybe[AvatarSize] = None


class BackgroundPresignRequest(Body):
    """A background to be uploaded, in either spelling."""

    file_type: Maybe[ImageType] = None
    file_size: Maybe[BackgroundSize] = None
    contentType: Maybe[ImageType] = None
    fileSize: Maybe[BackgroundSize] = None


class StablePreferencesRequest(Body):
    """Cooking preferences that seldom change."""

    skillLevel: Maybe[Literal["beginner", "intermediate", "advanced", "expert"]] = None
    spiceLevel: Maybe[Literal["mild", "medium", "hot", "very_hot"]] = None
    dietaryRestrictions: Maybe[Hundred] = None
    dislikedIngredients: Maybe[Annotated[Words, Field(max_length=200)]] = None
    favoriteCuisines: Maybe[Hundred] = None
    budgetLevel: Maybe[Literal["economical", "moderate", "premium", ""]] = None
    kitchenEquipment: Maybe[Hundred] = None


class FrequentPreferencesRequest(Body):
    """Cooking preferences that change with every meal."""

    recentIngredients: Maybe[Annotated[list[Annotated[str, Field(max_length=200)]], Field(max_length=200)]] = None
    recentMealTypes: Maybe[Annotated[list[Meal], Field(max_length=200)]] = None
    recentServings: Maybe[Annotated[int, Field(ge=1, le=1_000)]] = None
    recentMaxTime: Maybe[Annotated[int, Field(ge=0, le=100_000)]] = None


class CreateSectionRequest(Body):
    """A new section of the profile."""

    title: Title
    description: Maybe[Description] = None
    privacy: Privacy = "public"


class UpdateSectionRequest(Body):
    """What of a section is to change."""

    title: Maybe[Title] = None
    description: Maybe[Description] = None
    privacy: Maybe[Privacy] = None
    order: Maybe[Order] = None


class CreateFieldRequest(Body):
    """A new field of a section."""

    label: Maybe[Label] = None
    type: Maybe[FieldKind] = None
    value: Maybe[FieldValue] = None
    privacy: Privacy = "public"
    required: Maybe[bool] = None
    order: Maybe[Order] = None
    options: Maybe[Options] = None


class UpdateFieldRequest(Body):
    """What of a field is to change."""

    label: Maybe[Label] = None
    type: Maybe[FieldKind] = None
    value: Maybe[FieldValue] = None
    privacy: Maybe[Privacy] = None
    required: Maybe[bool] = None
    order: Maybe[Order] = None
    options: Maybe[Options] = None


class SearchQuery(Query):
    """What to look for in user names."""

    q: Annotated[str, Field(min_length=2, max_length=200)]
    limit: Annotated[int, Field(ge=1, le=50)] = 20
    nextToken: Maybe[Annotated[str, Field(max_length=4_096)]] = None
