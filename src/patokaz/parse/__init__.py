"""Text → values and findings with line and column. The only part that knows YAML."""
