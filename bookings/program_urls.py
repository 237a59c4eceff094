"""Addresses that programs call: they have no language and know no session."""

from django.urls import path

from bookings.views import feed, reports

urlpatterns = [
    path("calendars/<slug:secret>.ics", feed.calendar, name="calendar"),
    path("messages/<str:secret>/", reports.reports, name="reports"),
]
