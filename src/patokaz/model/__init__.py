"""Frozen types for everything in the vocabulary of DESIGN.md, and the library that holds them."""
