"""`make audit`: the long form of proofs that `make test` runs in short, on SQLite and on PostgreSQL."""

import guard  # noqa: F401  (first: an old Python stops here)

# isort: split
import command
import environment
import postgres
import preflight
import report
import test
import variables
from environment import ROOT

PROOFS = ["bookings/tests/delivery", "bookings/tests/machine"]


def main() -> int:
    preflight.writable(ROOT)
    environment.ensure("requirements-dev.txt")
    # Workers are killed at every third line of what sends a mail, not at every 53rd; the diary is tried longer.
    env = variables.for_testing() | {"KILL_EVERY": "3", "MACHINE_EXAMPLES": "300"}
    steps = [report.timed("audit, SQLite", lambda: test.tests("audit-sqlite", PROOFS, env))]
    with postgres.running() as url:
        on_postgres = env | {"DATABASE_URL": url}
        steps.append(report.timed("audit, PostgreSQL", lambda: test.tests("audit-postgres", PROOFS, on_postgres)))
    return report.close(steps)


if __name__ == "__main__":
    command.end_with(main)
