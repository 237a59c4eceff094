"""What a treatment's signed edition asks before a booking, and what the answers lead to.

Pure: values in, values out; no ORM, no settings, no clock. Each contraindication with a question is asked: first for
the reply, after a yes for its follow-up if it has one, and where that leads to a wait, for the day from which the wait
counts. Only a question whose words have changed is asked again; the answers are judged by today's rules each time.
"""

from bookings.screening.age import age_on, minimum_age
from bookings.screening.answers import Answer
from bookings.screening.findings import Finding, Result, finding, result
from bookings.screening.questions import Part, Question, Step, next_step, questions, stale

__all__ = [
    "Answer",
    "Finding",
    "Part",
    "Question",
    "Result",
    "Step",
    "age_on",
    "finding",
    "minimum_age",
    "next_step",
    "questions",
    "result",
    "stale",
]
