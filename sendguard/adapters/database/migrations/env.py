"""Runs the scripts over the connection that it is given, within its transaction."""

from alembic import context

from sendguard.adapters.database.versions import VERSION_TABLE

context.configure(
    connection=context.config.attributes["connection"],
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
context.run_migrations()
