"""The systems of this project: a package each, with `app.py` and `settings.py`."""
