"""The pipeline from sources to a published folder, all or nothing."""
