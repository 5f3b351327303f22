"""The services whose exports csg reads: one module a service."""
