import pytest

from crossover.tokens import count_tokens


@pytest.fixture(scope="session", autouse=True)
def vocabulary() -> None:
    """Read the vocabulary before any test is timed: it takes a third of a second once."""
    count_tokens("")
