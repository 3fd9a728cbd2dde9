"""The office's programmes as roles name them: `people` knows codes, the slice `sop` knows the programmes."""

from collections.abc import Callable

from pegasus.people.models import Office

Source = Callable[[Office], list[tuple[str, str]]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a higher slice say which programmes an office has."""
    if source not in _sources:
        _sources.append(source)


def programmes_of(office: Office) -> list[tuple[str, str]]:
    """Return the office's programmes, each as its code and its name."""
    return [one for source in _sources for one in source(office)]
