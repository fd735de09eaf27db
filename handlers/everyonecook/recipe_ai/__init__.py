"""Recipes, suggestions of the model, nutrition and the dictionary of ingredients."""
