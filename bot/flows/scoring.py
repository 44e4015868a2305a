"""Checks that every score can be summed and that its bands cover what it can be."""

from bot.flows.draft import Draft
from bot.flows.model import Ask, Flow, Score


def check(draft: Draft, flow: Flow) -> None:
    for name, score in flow.scores.items():
        line = draft.lines[f"scores.{name}"]
        if not score.steps:
            draft.page.wrong(line, f"The score {name!r} sums nothing.")
            continue
        if len(set(score.steps)) < len(score.steps):
            draft.page.wrong(line, f"The score {name!r} sums a question twice.")
        found = {step_id: _worth(flow, step_id) for step_id in score.steps}
        for step_id, worth in found.items():
            if worth is None:
                sentence = f"{step_id!r} is not a question with a score for every choice."
                draft.page.wrong(line, sentence)
        known = [worth for worth in found.values() if worth is not None]
        if len(known) == len(found):
            _check_bands(draft, score, (sum(w[0] for w in known), sum(w[1] for w in known)))


def _check_bands(draft: Draft, score: Score, reach: tuple[int, int]) -> None:
    low, high = reach
    expected = low
    for band in score.bands:
        if band.low != expected:
            break
        expected = band.high + 1
    if score.bands and expected != high + 1:
        sentence = f"The bands of {score.name!r} have to cover {low} to {high} without gaps."
        draft.page.wrong(draft.lines[f"scores.{score.name}"], sentence)


def _worth(flow: Flow, step_id: str) -> tuple[int, int] | None:
    """The least and the most a question can add."""
    ask = flow.steps.get(step_id)
    if not isinstance(ask, Ask):
        return None
    if ask.kind in ("scale", "number"):
        return (ask.low, ask.high) if ask.low is not None and ask.high is not None else None
    scores = [option.score for option in ask.options if option.score is not None]
    if not scores or len(scores) < len(ask.options):
        return None
    if ask.kind == "many":
        return sum(one for one in scores if one < 0), sum(one for one in scores if one > 0)
    return min(scores), max(scores)
