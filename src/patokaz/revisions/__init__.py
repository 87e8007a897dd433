"""Revisions compared: what changed between two states of a document, and who leans on which state."""
