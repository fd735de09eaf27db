"""What the bodies and query strings of the recipe and AI routes may say."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from kitchen.body import Body, Maybe, Query
from kitchen.pantry.models import (
    Amount,
    Line,
    MealType,
    Methods,
    Minutes,
    Nutrition,
    RecipeImages,
    RecipeIngredient,
    RecipeStep,
    Servings,
    Short,
    SkillLevel,
    Text,
    Words,
)

Title = Annotated[str, Field(min_length=1, max_length=500)]
Name = Annotated[str, Field(max_length=256)]
Identifier = Annotated[str, Field(min_length=1, max_length=128)]
Difficulty = Literal["easy", "medium", "hard"]
Source = Literal["ai", "manual", "imported", "saved"]
Portions = Annotated[int, Field(ge=1, le=1_000)]
CookingMinutes = Annotated[int, Field(ge=0, le=100_000)]
Limit = Annotated[int, Field(ge=1, le=100)]
Cursor = Annotated[str, Field(max_length=4_096)]


class RecipeAttribution(Body):
    """Where a recipe comes from."""

    originalAuthorId: Maybe[Name] = None
    originalAuthorUsername: Maybe[Name] = None
    originalPostId: Maybe[Name] = None
    originalRecipeId: Maybe[Name] = None
    savedAt: Maybe[Name] = None
    importedAt: Maybe[Name] = None


Ingredients = list[Line | RecipeIngredient]
Steps = list[Text | RecipeStep]


class CreateRecipeRequest(Body):
    """A new recipe."""

    title: Title
    description: Maybe[Text] = None
    ingredients: Annotated[Ingredients, Field(min_length=1, max_length=500)]
    steps: Annotated[Steps, Field(min_length=1, max_length=500)]
    images: Maybe[RecipeImages] = None
    servings: Maybe[Portions] = None
    cookingTime: Maybe[CookingMinutes] = None
    difficulty: Maybe[Difficulty] = None
    nutrition: Maybe[Nutrition] = None
    source: Maybe[Source] = None
    attribution: Maybe[RecipeAttribution] = None


class AiRecipeRequest(Body):
    """A suggested dish that the caller wants to keep."""

    name: Maybe[Line] = None
    title: Maybe[Line] = None
    description: Maybe[Text] = None
    usedIngredients: Maybe[Annotated[list[Line], Field(max_length=500)]] = None
    ingredients: Maybe[Annotated[Ingredients, Field(max_length=500)]] = None
    steps: Maybe[Annotated[Steps, Field(max_length=500)]] = None
    images: Maybe[RecipeImages] = None
    servings: Portions = 4
    cookingTime: CookingMinutes = 30
    difficulty: Difficulty = "medium"
    nutrition: Maybe[Nutrition] = None
    nutritionPerServing: Maybe[Nutrition] = None
    recipeId: Maybe[Identifier] = None
    jobId: Maybe[Identifier] = None
    source: Maybe[Short] = None
    tags: Maybe[Annotated[list[Short], Field(max_length=100)]] = None


class UpdateRecipeRequest(Body):
    """What of a recipe is to change."""

    title: Maybe[Title] = None
    description: Maybe[Text] = None
    ingredients: Maybe[Annotated[Ingredients, Field(max_length=500)]] = None
    steps: Maybe[Annotated[Steps, Field(max_length=500)]] = None
    images: Maybe[RecipeImages] = None
    servings: Maybe[Portions] = None
    cookingTime: Maybe[CookingMinutes] = None
    difficulty: Maybe[Difficulty] = None
    nutrition: Maybe[Nutrition] = None
    isFavorite: Maybe[bool] = None


class RecipesQuery(Query):
    """Which recipes of a list."""

    search: Maybe[Line] = None
    difficulty: Maybe[Difficulty] = None
    isShared: Maybe[bool] = None
    limit: Maybe[Limit] = None
    cursor: Maybe[Cursor] = None


class SearchOwnRecipesRequest(Body):
    """The same in a body."""

    search: Maybe[Line] = None
    difficulty: Maybe[Difficulty] = None
    isShared: Maybe[bool] = None
    limit: Maybe[Limit] = None
    cursor: Maybe[Cursor] = None


class AiSuggestionRequest(Body):
    """What there is to cook with, and what the dish is to be like."""

    ingredients: Annotated[
        list[Annotated[str, Field(min_length=1, max_length=1_000)]], Field(min_length=1, max_length=100)
    ]
    servings: Servings = 2
    mealType: MealType = "none"
    maxCookingTime: Minutes = 60
    dislikedIngredients: Maybe[Words] = None
    skillLevel: Maybe[SkillLevel] = None
    preferredCookingMethods: Maybe[Methods] = None


class NutritionIngredient(Body):
    """An ingredient and how much of it."""

    vietnamese: Title
    english: Maybe[Line] = None
    amount: Amount


class NutritionRequest(Body):
    """What is to be weighed up."""

    ingredients: Annotated[list[NutritionIngredient], Field(min_length=1, max_length=500)]
    servings: Maybe[Portions] = None


class AddDictionaryEntryRequest(Body):
    """A new entry of the dictionary."""

    vietnamese: Title
    english: Title


class CookingTime(Body):
    """From so many minutes to so many."""

    min: Maybe[CookingMinutes] = None
    max: Maybe[CookingMinutes] = None


class RecipeSearchRequest(Body):
    """What recipes are looked for, whoever made them."""

    ingredients: Maybe[Annotated[list[Line], Field(max_length=100)]] = None
    text: Maybe[Line] = None
    source: Maybe[Annotated[list[Literal["ai", "social"]], Field(max_length=10)]] = None
    difficulty: Maybe[Difficulty] = None
    cookingTime: Maybe[CookingTime] = None
    limit: Limit = 20
    offset: Maybe[Annotated[int, Field(ge=0, le=1_000_000)]] = None
