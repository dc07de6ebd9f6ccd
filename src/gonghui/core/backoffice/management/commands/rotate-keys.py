"""``gonghui rotate-keys``: seals everything with the first key of ``GONGHUI_KEYS``."""  # noqa: N999  # so named

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from gonghui.kit import sealing
from gonghui.kit.resealing import BATCH, blind_anew, keepers, keys_in_use, reseal, sealed_models


class Command(BaseCommand):
    help = "用 GONGHUI_KEYS 中的第一把钥匙重新加密。可以随时中断，再运行一次就接着做。"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--make", action="store_true", help="只打印一把新钥匙，不做别的")
        parser.add_argument(
            "--index", action="store_true", help="换了 GONGHUI_INDEX_KEY 以后，重算查找用的索引"
        )
        parser.add_argument("--batch", type=int, default=BATCH, help="每批多少行")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["make"]:
            self.stdout.write(sealing.new_key(_free_number()))
            return
        work = blind_anew if options["index"] else reseal
        what = "重算索引" if options["index"] else "重新加密"
        for model in sealed_models():
            count = work(model, options["batch"])
            self.stdout.write(f"{model._meta.verbose_name}：{what} {count} 处")
        if not options["index"]:
            for keeper in keepers:
                self.stdout.write(f"{keeper.title}：{what} {keeper.reseal()} 处")
            self._tell_keys()

    def _tell_keys(self) -> None:
        """Which keys may go, and which are missing; a value nobody can open is not left unsaid."""
        held, used = sealing.keys(), keys_in_use()
        for number in held.by_number:
            if number != held.current and not used[number]:
                self.stdout.write(f"钥匙 {number} 已经没有数据在用，可以从 GONGHUI_KEYS 中去掉。")
        self.stdout.write(f"现在用钥匙 {held.current} 加密的有 {used[held.current]} 处。")


def _free_number() -> int:
    held = sealing.keys().by_number
    return next(number for number in range(1, 256) if number not in held)
