"""What must not be read in a log, nor in anything else that is kept."""

import logging
import re

TOKEN = re.compile(r"(/(?:appointments|waiting|calendars|data|messages)/)[^/\s]+")


def without_tokens(text: str) -> str:
    """A text whose links to patients' pages and private calendars open nothing any more."""
    return TOKEN.sub(r"\1…", text)


class WithoutTokens(logging.Filter):
    """Takes the token out of a patient's page's or a private calendar's path, in message and traceback alike."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_tokens(record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = without_tokens(record.exc_text)
        return True
