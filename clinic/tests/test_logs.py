"""A patient's token is not read in a log."""

import logging
from io import StringIO

from clinic.logs import WithoutTokens


def logged(message: str, *args: object, exc_info: bool = False) -> str:
    stream = StringIO()
    handler = logging.StreamHandler(stream)
    handler.addFilter(WithoutTokens())
    logger = logging.Logger("test")
    logger.addHandler(handler)
    logger.error(message, *args, exc_info=exc_info)
    return stream.getvalue()


def test_the_token_is_taken_out_of_a_path() -> None:
    text = logged("Forbidden (%s): %s", "CSRF cookie not set.", "/en/appointments/K7QM-3XPA.9150ccfb/")
    assert text == "Forbidden (CSRF cookie not set.): /en/appointments/…/\n"


def test_the_address_of_a_private_calendar_is_taken_out() -> None:
    text = logged("Internal Server Error: %s", "/calendars/zyPvJ0BHfW3k.ics HTTP/1.1")
    assert text == "Internal Server Error: /calendars/… HTTP/1.1\n"


def test_the_token_is_taken_out_of_a_traceback() -> None:
    try:
        raise ValueError("/en/appointments/K7QM-3XPA.9150ccfb/")
    except ValueError:
        text = logged("Internal Server Error: %s", "/en/appointments/K7QM-3XPA.9150ccfb/", exc_info=True)
    assert "K7QM" not in text
    assert "ValueError" in text


def test_other_lines_stay_as_they_are() -> None:
    assert logged("Not Found: %s", "/en/treatments/x/") == "Not Found: /en/treatments/x/\n"
