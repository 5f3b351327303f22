"""csg: a workplan tracker over YAML files in git."""

__version__ = "0.1.0"
