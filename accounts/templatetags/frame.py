"""What the frame of every page says."""

from __future__ import annotations

from django import template
from django.template import NodeList, RequestContext
from django.template.loader_tags import BlockNode

register = template.Library()


@register.simple_tag(takes_context=True)
def title_again(context: RequestContext) -> str:
    """What the page's block `title` says: its heading, unless it has another."""
    return BlockNode("title", NodeList()).render(context)
