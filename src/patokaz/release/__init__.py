"""Steps 1 to 7 as one readable function: everything is gathered and checked before anything is written."""
