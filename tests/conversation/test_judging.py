"""A conversation against its budget."""

from __future__ import annotations

from swv6.conversation.judging import Judge
from swv6.profiles.schema import Budget
from swv6.telemetry import events
from swv6.telemetry.events import Event, ReplyEnded

BUDGET = Budget(total=1.0, success=0.9)


def ended(turn: int, total: float, outcome: str = "ok") -> ReplyEnded:
    return ReplyEnded(turn, "Oui.", outcome, stt=0.1, llm=0.2, tts=0.1, total=total)


def judged(*replies: ReplyEnded) -> Judge:
    judge = Judge(BUDGET)
    for reply in replies:
        judge(reply)
    return judge


def test_answers_in_time_meet_the_budget() -> None:
    verdict = judged(ended(1, 0.5), ended(2, 0.9)).verdict
    assert verdict.met
    assert str(verdict) == "budget met: p95 880 of 1000 ms, 2 of 2 turns answered (at least 90%)"


def test_the_95th_percentile_counts() -> None:
    assert judged(*(ended(n, 0.5) for n in range(40)), ended(40, 9.0)).verdict.met
    assert not judged(*(ended(n, 0.5) for n in range(4)), ended(4, 9.0)).verdict.met


def test_turns_without_an_answer_count_against_it() -> None:
    verdict = judged(ended(1, 0.5), ended(2, 0.0, "failed")).verdict
    assert not verdict.met
    assert "1 of 2 turns answered" in str(verdict)
    assert not judged(ended(1, 0.0, "failed")).verdict.met
    assert judged(ended(1, 0.5, "failed")).verdict.answered == 0  # an apology is no answer


def test_what_was_cut_short_or_empty_does_not_count_and_a_repeat_counts_once() -> None:
    verdict = judged(ended(1, 0.5), ended(1, 9.0), ended(2, 0.0, "interrupted"), ended(3, 0.0, "empty")).verdict
    assert (verdict.asked, verdict.answered, verdict.p95) == (1, 1, 0.5)


def test_an_answer_that_is_only_read_is_one() -> None:
    verdict = judged(ended(1, 0.0), ended(2, 0.0), ended(3, 0.0, "failed")).verdict
    assert str(verdict) == "budget not met: 2 of 3 turns answered (at least 90%)"


def test_nothing_asked_meets_nothing() -> None:
    assert not judged().verdict.met


def test_the_other_listener_is_told_too() -> None:
    told, judge = list[Event](), Judge(BUDGET)
    report = judge.beside(told.append)
    report(events.Notice("x"))
    report(ended(1, 0.5))
    assert len(told) == 2
    assert judge.verdict.asked == 1
