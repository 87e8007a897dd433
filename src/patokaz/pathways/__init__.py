"""Referral pathways as data: resolved nodes, walks over them, and drawings (ADR 0010)."""
