"""What the recipe module and the AI worker share: ingredients, nutrition, the model, jobs and cached suggestions."""
