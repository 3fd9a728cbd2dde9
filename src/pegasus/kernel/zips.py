"""Zip files of strangers."""

import lzma
import zipfile
import zlib

# What reading a damaged, encrypted or strangely packed zip raises.
TORN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, NotImplementedError, RuntimeError, EOFError, OSError)
