from django.http import HttpRequest


def ui(request: HttpRequest) -> dict[str, object]:
    """Give every template who is looking: `actor` is None for strangers."""
    return {"actor": getattr(request, "actor", None)}
