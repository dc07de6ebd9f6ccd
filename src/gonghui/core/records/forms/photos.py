"""Photos and what is asked about them."""

from __future__ import annotations

from django import forms

from gonghui.kit.several_files import SeveralFiles, SeveralFilesInput


class PhotosForm(forms.Form):
    """Pictures, and the word that those shown agreed."""

    pictures = SeveralFiles(
        label="照片",
        help_text="JPG 或 PNG，可以一次选多张；手机会先把照片缩小再传。",
        widget=SeveralFilesInput({"accept": "image/jpeg,image/png", "data-shrink": ""}),
        error_messages={"required": "请选择照片。", "empty": "有一张照片是空的，请重新选择。"},
    )
    words = forms.CharField(label="说明", required=False, max_length=100)
    agreed = forms.BooleanField(
        label="照片里认得出的人都同意拍照，也同意留在活动记录里",
        error_messages={"required": "照片里认得出的人要先同意；请问过以后勾选，再上传。"},
    )


class TakeDownForm(forms.Form):
    reason = forms.CharField(
        label="原因",
        max_length=100,
        error_messages={"required": "请写明为什么撤下。"},
    )
