"""Databases for the demo, of each kind."""

from tests.support.postgresql import postgresql_cluster, postgresql_url

__all__ = ["postgresql_cluster", "postgresql_url"]
