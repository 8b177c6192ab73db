"""Private PostgreSQL and Valkey, and the processes of `make run`, for a machine without either."""
