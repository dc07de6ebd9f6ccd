"""The papers of an election, filled from its records, in the order in which they are needed."""

from __future__ import annotations

from collections.abc import Callable

from ..models import Election
from .candidate_papers import ballots, names, notice, resumes
from .drafting import Paper
from .plan_papers import method, permission, request
from .result_papers import approval, counted, result

Maker = Callable[[Election], Paper]
# Its word, and what makes it.
PAPERS: dict[str, tuple[str, Maker]] = {
    "request": ("换届请示", request),
    "permission": ("上级批复", permission),
    "names": ("候选人名单", names),
    "resumes": ("候选人简历表", resumes),
    "notice": ("候选人公示", notice),
    "method": ("选举办法", method),
    "ballots": ("选票", ballots),
    "counted": ("计票结果报告单", counted),
    "result": ("选举结果报告", result),
    "approval": ("结果批复", approval),
}
# Those that say what came of the meeting.
AFTERWARDS = frozenset({"counted", "result", "approval"})
