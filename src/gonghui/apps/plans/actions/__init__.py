"""What people do with plans, one file a part: plans, drafts, items, passing down, carrying over."""

from .bulk import assign_owners, date_back, keep_turns, stock_plans
from .carrying import carry_over
from .drafts import Conflict, edit_outline, save_outline, undo_outline
from .items import (
    assign,
    drop_task,
    finish_task,
    keep_turn,
    note_progress,
    put_off_task,
    reopen_task,
)
from .measuring import bind_suggested, bind_target, count_anew, set_actual
from .passing import remind, send_down
from .plans import (
    approve_plan,
    begin_from_pattern,
    close_plan,
    copy_plan,
    create_plan,
    last_as_titled,
    read_into,
    return_plan,
    submit_plan,
)

__all__ = [
    "Conflict",
    "approve_plan",
    "assign",
    "assign_owners",
    "begin_from_pattern",
    "bind_suggested",
    "bind_target",
    "carry_over",
    "close_plan",
    "copy_plan",
    "count_anew",
    "create_plan",
    "date_back",
    "drop_task",
    "edit_outline",
    "finish_task",
    "keep_turn",
    "keep_turns",
    "last_as_titled",
    "note_progress",
    "put_off_task",
    "read_into",
    "remind",
    "reopen_task",
    "return_plan",
    "save_outline",
    "send_down",
    "set_actual",
    "stock_plans",
    "submit_plan",
    "undo_outline",
]
