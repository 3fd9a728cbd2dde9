"""What was typed or pasted into a search box, read the same on every page."""

from django.http import HttpRequest

from pegasus.kernel.text import clean_line, clean_name

LONGEST = 80  # signs of a search; the boxes take no more


def words_asked(request: HttpRequest, name: str = "cari") -> str:
    """Return what is searched for: clean, on one line, nothing when nothing was asked."""
    given = request.POST if request.method == "POST" else request.GET
    return clean_line(given.get(name, ""))[:LONGEST].rstrip()


def name_asked(request: HttpRequest, name: str = "cari") -> str:
    """Return the same where names are searched: an apostrophe is written as names have it."""
    return clean_name(words_asked(request, name))
