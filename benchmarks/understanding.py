"""One message understood: the rules of danger and the reader of wishes, against scikit-learn's."""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any, Final

from bot.understanding import danger, examples, meaning, reading, report

ROUNDS: Final = 3
#: scikit-learn learns from a part of the examples here; what one text costs it is the same.
LEARNT: Final = 1500
#: A process of its own that has read the word lists already: what the weights alone add.
_START: Final = """
import json, os, time
from bot.understanding import features, reading, undertones
features.grams("halo")
def held():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20
before, began = held(), time.perf_counter()
reading.load(), undertones.load()
took = time.perf_counter() - began
print(json.dumps([took, held() - before]))
"""


async def measure() -> dict[str, Any]:
    texts = [one.text for one in report.held_out_intents()]
    both = _median(texts, lambda text: (danger.read(text), meaning.read(text)))
    reader = _median(texts, reading.read)
    theirs = _median(texts[:100], _scikit_learn())
    seconds, megabytes = _start()
    return {
        "texts": len(texts),
        "danger and wish, median ms": round(both * 1000, 3),
        "the reader alone, median ms": round(reader * 1000, 3),
        "scikit-learn on the same features, median ms": round(theirs * 1000, 3),
        "times as fast": round(theirs / reader, 1),
        "reader loaded in, s": round(seconds, 3),
        "reader adds, MB": round(megabytes, 1),
        "target": "< 2 ms, reader < 0.5 ms, < 0.3 s and < 40 MB to load",
        "met": both < 0.002 and reader < 0.0005 and seconds < 0.3 and megabytes < 40,
    }


def _median(texts: Sequence[str], read: Callable[[str], Any]) -> float:
    """Seconds for one text."""
    took = []
    for text in texts * ROUNDS:
        began = time.perf_counter()
        read(text)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def _scikit_learn() -> Callable[[str], Any]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    from bot.understanding import features

    known = examples.load()[:: max(1, len(examples.load()) // LEARNT)]
    seen = TfidfVectorizer(analyzer=features.grams, min_df=2)
    learnt = LogisticRegression(max_iter=30, tol=0.1)
    learnt.fit(seen.fit_transform([one.text for one in known]), [one.label for one in known])
    return lambda text: learnt.predict_proba(seen.transform([text]))


def _start() -> tuple[float, float]:
    """Seconds and megabytes that both sets of weights add; the megabytes need Linux."""
    ran = subprocess.run((sys.executable, "-c", _START), capture_output=True, check=True)
    seconds, megabytes = json.loads(ran.stdout)
    return seconds, megabytes
