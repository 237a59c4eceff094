"""The clinic, the stopped clock and the visitor of the tests of views: promises are kept on the same pages."""

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bookings.tests.diary import Diary
from bookings.tests.views.conftest import clock, diary, newcomer, no_static_files, visitor
from bookings.tests.views.test_zone import serve_from

__all__ = ["clock", "diary", "newcomer", "no_static_files", "serve_from", "visitor"]


@pytest.fixture
def staff(diary: Diary) -> Client:
    """Someone who may do everything, signed in at the present of the stopped clock. Hashing a password takes long."""
    client = Client()
    client.force_login(User.objects.create(username="vera", is_staff=True, is_superuser=True))
    return client
