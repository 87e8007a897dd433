"""Parts of the benchmark of search: documents and queries, the engines, and how they are run."""
