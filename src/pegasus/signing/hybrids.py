"""Hybrid files: two tables of references, of which older programs follow one and newer ones both.

Word processors write them honestly. A forger can name one object in both tables, so that two readers see two papers
under one signature, or put a second table behind the signature: such a file is not judged here.
"""

from typing import Any


def can_be_judged(reader: Any, *, covers_whole_file: bool) -> bool:  # noqa: ANN401 - untyped library
    """Tell whether every reader sees the one paper that was signed; a file without hybrid parts always can be."""
    xrefs = reader.xrefs
    if not xrefs.hybrid_xrefs_present:
        return True
    return covers_whole_file and not any(_says_two_things(section) for section in _sections(xrefs))


def _sections(xrefs: Any) -> list[Any]:  # noqa: ANN401 - untyped library
    return [xrefs.get_xref_data(revision) for revision in range(xrefs.total_revisions)]


def _says_two_things(section: Any) -> bool:  # noqa: ANN401 - untyped library
    if section.hybrid is None:
        return False
    second = section.hybrid.xref_data
    return bool((set(second.standard_xrefs) | set(second.xrefs_in_objstm)) & set(section.standard_xrefs))
