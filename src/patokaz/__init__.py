"""Patokaz: controlled, multilingual procedures as a site, printed handbooks and offline packs.

The package is built in floors; a module imports only from lower floors (``docs/contributing/architecture.md``,
asserted by ``tests/unit/test_floors.py``). The pipeline is :func:`patokaz.release.build`.
"""

__version__ = "0.1.0"
