"""Search: words → keys, entries → an index of one language, the index → a script that a page loads."""
