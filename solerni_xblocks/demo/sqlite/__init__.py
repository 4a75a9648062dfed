"""A database backend for Django: SQLite as two worker processes need it. See base.py."""
