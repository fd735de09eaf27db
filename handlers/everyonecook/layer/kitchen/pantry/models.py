"""What recipes are made of, and what travels from the API through the queue to the worker."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from kitchen.body import Body, Maybe
from kitchen.text import normalise

MealType = Literal["none", "breakfast", "lunch", "dinner", "snack"]
Minutes = Literal[15, 30, 45, 60, 90, 120]
SkillLevel = Literal["none", "beginner", "intermediate", "expert"]
Method = Literal["none", "kho", "xào", "luộc", "nướng", "hấp", "chiên"]
Servings = Annotated[int, Field(ge=1, le=5)]
Words = Annotated[list[Annotated[str, Field(max_length=500)]], Field(max_length=200)]
Methods = Annotated[list[Method], Field(max_length=50)]
English = Annotated[str, Field(max_length=60, pattern="^[a-z0-9][a-z0-9-]*$")]
Identifier = Annotated[str, Field(min_length=1, max_length=128, pattern="^[A-Za-z0-9_.:-]+$")]

Short = Annotated[str, Field(max_length=100)]
Line = Annotated[str, Field(max_length=500)]
Text = Annotated[str, Field(max_length=10_000)]
Picture = Annotated[str, Field(max_length=2_048)]
Pictures = Annotated[list[Picture], Field(max_length=3)]
Quantity = Annotated[float, Field(ge=0)]
Amount = Short | Quantity


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


class NutritionValues(Body):
    """What something has, in kcal and grams."""

    calories: Maybe[Quantity] = None
    protein: Maybe[Quantity] = None
    carbs: Maybe[Quantity] = None
    fat: Maybe[Quantity] = None
    fiber: Maybe[Quantity] = None
    sugar: Maybe[Quantity] = None
    sodium: Maybe[Quantity] = None


class Nutrition(NutritionValues):
    """The same for a serving, and by whole, serving or weight."""

    perRecipe: Maybe[NutritionValues] = None
    perServing: Maybe[NutritionValues] = None
    per100g: Maybe[NutritionValues] = None


class RecipeIngredient(Body):
    """An ingredient, by any of the names callers use."""

    vietnamese: Maybe[Line] = None
    vietnameseName: Maybe[Line] = None
    name: Maybe[Line] = None
    amount: Maybe[Amount] = None
    quantity: Maybe[Amount] = None
    unit: Maybe[Short] = None
    notes: Maybe[Annotated[str, Field(max_length=2_000)]] = None
    importance: Maybe[Literal["required", "optional"]] = None
    normalized: Maybe[Line] = None
    english: Maybe[Line] = None
    category: Maybe[Short] = None
    nutrition: Maybe[Nutrition] = None
    source: Maybe[Literal["dictionary", "cache", "ai"]] = None


class RecipeStep(Body):
    """A step, with its pictures."""

    stepNumber: Maybe[Annotated[int, Field(ge=0, le=10_000)]] = None
    title: Maybe[Line] = None
    instruction: Maybe[Text] = None
    description: Maybe[Text] = None
    duration: Maybe[Amount] = None
    images: Maybe[Pictures] = None


class RecipeImages(Body):
    """The picture of the dish, and up to three of each step."""

    completed: Maybe[Picture] = None
    steps: Maybe[Annotated[list[Pictures], Field(max_length=500)]] = None
