"""Moments on the clock of a location, as messages write them too."""

from django import template

from bookings import moments

register = template.Library()
register.filter(moments.day_at)
register.filter(moments.moment_at)
register.filter(moments.zone_at)
register.simple_tag(moments.hours_at)
