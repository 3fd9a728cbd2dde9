"""Pages of the slice: the first page, first run, the office's settings."""
