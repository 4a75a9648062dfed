import django.db.models.deletion
from django.db import migrations, models

TABLE = "solerni_discussion_searchtext"
MAKE = {
    "mysql": [f"ALTER TABLE {TABLE} ADD FULLTEXT INDEX solerni_search_words (text)"],
    "postgresql": [f"CREATE INDEX solerni_search_words ON {TABLE} USING gin (to_tsvector('simple', text))"],
    "sqlite": [
        f"CREATE VIRTUAL TABLE {TABLE}_index USING fts5(text, content='{TABLE}', content_rowid='post_id')",
        f"""CREATE TRIGGER {TABLE}_added AFTER INSERT ON {TABLE} BEGIN
            INSERT INTO {TABLE}_index (rowid, text) VALUES (new.post_id, new.text);
        END""",
        f"""CREATE TRIGGER {TABLE}_removed AFTER DELETE ON {TABLE} BEGIN
            INSERT INTO {TABLE}_index ({TABLE}_index, rowid, text) VALUES ('delete', old.post_id, old.text);
        END""",
        f"""CREATE TRIGGER {TABLE}_changed AFTER UPDATE ON {TABLE} BEGIN
            INSERT INTO {TABLE}_index ({TABLE}_index, rowid, text) VALUES ('delete', old.post_id, old.text);
            INSERT INTO {TABLE}_index (rowid, text) VALUES (new.post_id, new.text);
        END""",
    ],
}
# Indexes and triggers go with their table.
UNMAKE = {"sqlite": [f"DROP TABLE {TABLE}_index"]}


def make_index(apps, schema_editor):
    """The table is new and empty: nothing is locked for long, however many posts there are."""
    for statement in MAKE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def unmake_index(apps, schema_editor):
    for statement in UNMAKE.get(schema_editor.connection.vendor, []):
        schema_editor.execute(statement)


class Migration(migrations.Migration):

    dependencies = [
        ("solerni_discussion", "0006_moderating"),
    ]

    operations = [
        migrations.CreateModel(
            name="SearchText",
            fields=[
                (
                    "post",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="search_text",
                        serialize=False,
                        to="solerni_discussion.post",
                    ),
                ),
                ("text", models.TextField()),
            ],
            options={
                "verbose_name": "text to search",
                "verbose_name_plural": "texts to search",
            },
        ),
        # MariaDB and MySQL make no table or index within a transaction.
        migrations.RunPython(make_index, unmake_index, atomic=False),
    ]
