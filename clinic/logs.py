"""What must not be read in a log."""

import logging
import re

TOKEN = re.compile(r"(/(?:appointments|waiting|calendars|data|messages)/)[^/\s]+")


class WithoutTokens(logging.Filter):
    """Takes the token out of a patient's page's or a private calendar's path, in message and traceback alike."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = TOKEN.sub(r"\1…", record.getMessage()), ()
        if record.exc_info and not record.exc_text:
            record.exc_text = logging.Formatter().formatException(record.exc_info)
        if record.exc_text:
            record.exc_text = TOKEN.sub(r"\1…", record.exc_text)
        return True
