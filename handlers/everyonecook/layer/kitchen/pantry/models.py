"""A suggestion that somebody asked for: what travels from the API through the queue to the worker."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from kitchen.body import Body
from kitchen.text import normalise

MealType = Literal["none", "breakfast", "lunch", "dinner", "snack"]
Minutes = Literal[15, 30, 45, 60, 90, 120]
SkillLevel = Literal["none", "beginner", "intermediate", "expert"]
Method = Literal["none", "kho", "xào", "luộc", "nướng", "hấp", "chiên"]
Servings = Annotated[int, Field(ge=1, le=5)]
Words = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=200)]
Methods = Annotated[list[Method], Field(max_length=50)]
English = Annotated[str, Field(max_length=60, pattern="^[a-z][a-z0-9-]*$")]
Identifier = Annotated[str, Field(min_length=1, max_length=128, pattern="^[A-Za-z0-9_.:-]+$")]


class Wishes(Body):
    """What a dish is to be like."""

    servings: Servings = 2
    mealType: MealType = "none"
    maxTime: Minutes = 60
    dislikedIngredients: Words = Field(default_factory=list)
    skillLevel: SkillLevel = "none"
    preferredCookingMethods: Methods = Field(default_factory=list)

    @property
    def disliked(self) -> frozenset[str]:
        """What must not be in it, as it is compared."""
        return frozenset(normalise(word) for word in self.dislikedIngredients) - {""}

    @property
    def methods(self) -> frozenset[str]:
        """How it may be cooked; empty where it does not matter."""
        return frozenset(self.preferredCookingMethods) - {"none"}


class Order(Body):
    """The message to the worker."""

    jobId: Identifier
    userId: Identifier
    ingredients: Annotated[list[English], Field(min_length=1, max_length=200)]
    cacheKey: Annotated[str, Field(min_length=1, max_length=1_000)]
    settings: Wishes
    timestamp: int

    def message(self) -> dict[str, Any]:
        """The attributes and the text of the message."""
        attributes = {"JobType": "RECIPE_SUGGESTION", "UserId": self.userId}
        return {
            "MessageBody": self.model_dump_json(),
            "MessageAttributes": {
                name: {"DataType": "String", "StringValue": value} for name, value in attributes.items()
            },
        }
