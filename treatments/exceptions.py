"""Why a page cannot be published."""


class NotReady(Exception):
    """The draft must not be signed yet; `problems` says what is missing, a sentence each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems
