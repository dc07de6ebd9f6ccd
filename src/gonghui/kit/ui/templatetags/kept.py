"""``{% kept key %}…{% endkept %}``: a part of a page that is drawn once for all it depends on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template import Context, Library, Node, NodeList, TemplateSyntaxError
from django.template.base import FilterExpression, Parser, Token
from django.utils.safestring import SafeString, mark_safe

from gonghui.kit.keeping import Kept

register = Library()

MOST = 1024
TOKEN = "the-token-of-the-form-is-put-here"  # noqa: S105  # every answer has another one
_drawn: Kept[str] = Kept(MOST)


class KeptNode(Node):
    """Draws its inside where the key is None or new; the forms inside get the answer's token."""

    def __init__(self, nodelist: NodeList, keys: list[FilterExpression]) -> None:
        self.nodelist, self.keys = nodelist, keys

    def render(self, context: Context) -> SafeString:
        key = tuple(one.resolve(context) for one in self.keys)
        if None in key or settings.DEBUG:
            return self.nodelist.render(context)
        token: Any = self.token  # set by the parser
        place = (self.origin.name, token.position, token.lineno)
        drawn = _drawn.get((place, key), lambda: self._draw(context))
        if TOKEN in drawn:
            drawn = drawn.replace(TOKEN, str(context.get("csrf_token") or ""))
        return mark_safe(drawn)  # it was drawn by a template, which escapes

    def _draw(self, context: Context) -> str:
        with context.push(csrf_token=TOKEN):
            return self.nodelist.render(context)


@register.tag
def kept(parser: Parser, token: Token) -> Any:
    """The keys together name everything the inside shows, whose it is before all."""
    _, *keys = token.split_contents()
    if not keys:
        raise TemplateSyntaxError("{% kept %} needs the key of what it keeps.")
    nodelist = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(nodelist, [parser.compile_filter(key) for key in keys])
