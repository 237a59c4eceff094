"""Addresses that programs call: they have no language and know no session."""

from django.urls import path

from bookings.views import feed, text_replies

urlpatterns = [
    path("calendars/<slug:secret>.ics", feed.calendar, name="calendar"),
    path("messages/<str:secret>/", text_replies.text_replies, name="text_replies"),
]
