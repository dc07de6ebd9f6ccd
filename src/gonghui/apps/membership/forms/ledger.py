"""What each act of the ledger asks: a day, a paper, a reason, and what the rule wants to know."""

from __future__ import annotations

from django import forms

from gonghui.kit.past_day import PastDayField

PAPER = "例如：会议记录、批复或证明的名称和文号。"


class DayForm(forms.Form):
    day = PastDayField(label="日期")
    reason = forms.CharField(label="原因或说明", required=False, max_length=100)


class EmployForm(forms.Form):
    """From which day on somebody is employed otherwise."""

    day = PastDayField(label="从哪天起")
    reason = forms.CharField(label="原因或说明", required=False, max_length=100)


class RetainForm(forms.Form):
    """Why a membership rests; who keeps it pays no dues, has no vote and is not counted."""

    ground = forms.ChoiceField(
        label="保留的原因",
        choices=[(w, w) for w in ("退休", "下岗失业", "服兵役", "长期病休", "其他")],
    )
    day = PastDayField(label="从哪天起保留")
    document = forms.CharField(
        label="依据", required=False, max_length=80, help_text=f"{PAPER}可以不填。"
    )


class QuitForm(forms.Form):
    """The person asked; the committee announces it and takes the card back (章程)."""

    reason = forms.CharField(label="本人提出的原因", required=False, max_length=100)
    day = PastDayField(label="基层委员会宣布的日期")
    document = forms.CharField(label="宣布的会议或文号", max_length=80, help_text=PAPER)
    card_returned = forms.BooleanField(label="已收回会员证", required=False)


class LapseForm(forms.Form):
    """No dues, no part in the union's life, and a talk that changed nothing (章程)."""

    unpaid_since = PastDayField(label="从哪天起不交会费", initial=None)
    talked_on = PastDayField(label="教育谈话的日期", initial=None)
    day = PastDayField(label="登记自动退会的日期")


class ExpelForm(forms.Form):
    """The group discusses, the committee decides, the union above is told (章程)."""

    reason = forms.CharField(label="除名的原因", max_length=100)
    discussed_on = PastDayField(label="工会小组讨论的日期", initial=None)
    day = PastDayField(label="基层委员会决定的日期")
    document = forms.CharField(label="决定的会议或文号", max_length=80, help_text=PAPER)
    filed_on = PastDayField(label="报上一级备案的日期", required=False, initial=None)


class DieForm(forms.Form):
    day = PastDayField(label="去世日期", initial=None)


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label="为什么撤销", max_length=200, help_text="原来的登记仍留在台账里，标明已撤销。"
    )
