"""Uploads: links for pictures, their confirmation, their removal."""
