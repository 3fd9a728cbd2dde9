"""Readers for the gate's tests: each does to its child what a hostile file could make a library do."""

import os
import sys
import time

from pegasus.typeset.refusal import FileRefused


def echo(data: bytes, **asked: object) -> tuple[dict[str, object], bytes]:
    return {"asked": asked, "length": len(data)}, data[::-1]


def known(data: bytes) -> tuple[dict[str, object], bytes]:
    """Return what the child could tell a stranger: its environment, arguments, and whether Django is there."""
    modules = [name for name in sys.modules if name.split(".")[0] == "django"]
    return {
        "env": dict(os.environ),
        "argv": sys.argv,
        "orig": sys.orig_argv,
        "django": modules,
    }, b""


def refuse(data: bytes) -> tuple[dict[str, object], bytes]:
    raise FileRefused("too_red", colour="red")


def swell(data: bytes) -> tuple[dict[str, object], bytes]:
    held = [bytearray(64 * 1024 * 1024) for _ in range(1000)]
    return {"held": len(held)}, b""


def spin(data: bytes) -> tuple[dict[str, object], bytes]:
    while True:
        pass


def sleep(data: bytes) -> tuple[dict[str, object], bytes]:
    time.sleep(600)
    return {}, b""


def talk(data: bytes) -> tuple[dict[str, object], bytes]:
    return {}, bytes(8 * 1024 * 1024)


def write(data: bytes) -> tuple[dict[str, object], bytes]:
    with open("big", "wb") as file:  # noqa: PTH123 - as a library would
        file.writelines(bytes(1024 * 1024) for _ in range(64))
    return {}, b""


def abort(data: bytes) -> tuple[dict[str, object], bytes]:
    os.abort()


def fail(data: bytes) -> tuple[dict[str, object], bytes]:
    raise RuntimeError("a library fell over")
