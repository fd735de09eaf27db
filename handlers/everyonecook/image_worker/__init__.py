"""Image worker: uploaded pictures are looked into, cleaned, and brought to their size."""
