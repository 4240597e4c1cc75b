from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from swv6.conversation.history import History
from swv6.conversation.room import FRAME, Room, estimated
from swv6.types import Chat


def size(chat: Chat) -> int:
    """Tokens of a request, as a Room counts."""
    return sum(estimated(message.text) + FRAME for message in chat)


@given(
    st.lists(st.tuples(st.text(min_size=1, max_size=300), st.text(max_size=300)), max_size=60), st.integers(400, 2000)
)
def test_a_prompt_never_passes_its_budget_and_begins_with_a_question(turns: list[tuple[str, str]], tokens: int) -> None:
    history = History("Sois bref.", room=Room(tokens))
    for question, answer in turns:
        chat = history.with_question(question)
        assert size(chat) <= max(tokens, size((chat[0], chat[-1])))
        assert [message.role for message in chat[:2]] == ["system", "user"]
        assert chat[-1].text.endswith(question)
        history.asked(question)
        history.answered(answer)
        assert history.messages[0].text.startswith(turns[0][0])  # what is not told is not lost


def test_the_beginning_changes_seldom() -> None:
    history = History("Tu es un assistant vocal.", room=Room(1000))
    beginnings = list[Chat]()
    for turn in range(200):
        question = f"Question {turn} : quel temps fera-t-il demain à Paris ?"
        chat = history.with_question(question)
        beginnings.append(chat[:2])
        history.asked(question)
        history.answered("Il fera beau le matin, et l'après-midi le ciel se couvrira peu à peu.")
        assert history.chat()[:2] == beginnings[-1] or history.chat()[1] != chat[1]
    turn_tokens = 2 * FRAME + 18 + 25
    changes = sum(a != b for a, b in pairwise(beginnings))
    assert 200 * turn_tokens / 1000 <= changes <= 200 * turn_tokens / (1000 * 0.4), changes


def test_a_guess_that_dropped_something_and_the_question_itself_begin_alike() -> None:
    history = History("p", room=Room(400))
    for _ in range(4):
        history.asked("q" * 150)
        history.answered("a" * 80)
    guessed = history.with_question("et demain matin ?" * 8)
    assert len(guessed) < 10
    history.asked("et demain ?")
    assert history.chat()[:-1] == guessed[:-1]


def test_the_engine_s_own_count_is_asked_once_for_each_text() -> None:
    asked = list[str]()

    def count(text: str) -> int:
        asked.append(text)
        return 10

    history = History("p", room=Room(100, 0.5, count))
    for turn in range(20):
        chat = history.with_question(f"q{turn}")
        assert len(chat) * (10 + FRAME) <= 100
        history.asked(f"q{turn}")
        history.answered(f"a{turn}")
    assert len(asked) == len(set(asked))
