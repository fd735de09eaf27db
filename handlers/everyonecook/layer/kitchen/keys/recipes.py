"""Keys of recipes, the ingredient dictionary, AI jobs and their cache."""

from __future__ import annotations

from kitchen.keys.people import user

DICTIONARY = "DICTIONARY"
TRANSLATION_CACHE = "TRANSLATION_CACHE"
CACHE_PUBLIC = "CACHE#PUBLIC"
ALL_RECIPES = "RECIPES"


def recipe(recipe_id: str) -> dict[str, str]:
    """A recipe."""
    return {"PK": f"RECIPE#{recipe_id}", "SK": "METADATA"}


def recipe_index(author_id: str, created: int) -> dict[str, str]:
    """A recipe among its author's (GSI1), and among all by time (GSI3)."""
    return {
        "GSI1PK": user(author_id),
        "GSI1SK": f"RECIPE#{created:013d}",
        "GSI3PK": ALL_RECIPES,
        "GSI3SK": f"{created:013d}",
    }


def dictionary_entry(vietnamese: str) -> dict[str, str]:
    """An ingredient of the dictionary, by its normalised Vietnamese name."""
    return {"PK": DICTIONARY, "SK": f"INGREDIENT#{vietnamese}"}


def cached_translation(vietnamese: str) -> dict[str, str]:
    """A translation that is not in the dictionary yet."""
    return {"PK": TRANSLATION_CACHE, "SK": f"INGREDIENT#{vietnamese}"}


def english_index(english: str, place: str) -> dict[str, str]:
    """A dictionary entry or cached translation by its English name (GSI5)."""
    return {"GSI5PK": english, "GSI5SK": place}


def job(job_id: str) -> dict[str, str]:
    """An AI job."""
    return {"PK": f"JOB#{job_id}", "SK": "STATUS"}


def ai_cache(key: str) -> dict[str, str]:
    """Recipes the AI made for a list of ingredients."""
    return {"PK": f"AI_CACHE#{key}", "SK": "METADATA"}


def ai_cache_index(created: str) -> dict[str, str]:
    """Cached recipes by time (GSI2)."""
    return {"GSI2PK": CACHE_PUBLIC, "GSI2SK": created}


def ai_cache_ingredient(key: str, english: str) -> dict[str, str]:
    """An ingredient of cached recipes, and the entry among those with it (GSI4)."""
    return {
        "PK": f"AI_CACHE#{key}",
        "SK": f"INGREDIENT#{english}",
        "GSI4PK": f"CACHE_INGREDIENT#{english}",
        "GSI4SK": f"AI_CACHE#{key}",
    }
