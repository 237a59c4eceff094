"""Adds the content files' rows that the database lacks."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from treatments.content_files import ContentError, load


class Command(BaseCommand):
    help = "Add the treatments of treatments/content/*.toml. Rows that exist are never touched."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            added = load()
        except ContentError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{added} rows added.")
