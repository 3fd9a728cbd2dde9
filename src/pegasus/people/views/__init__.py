"""The pages of the slice: the list, one person, the import, one's own data."""

EDITORS = ("ca", "admin")
INVALID = 422  # a form that comes back with its errors
