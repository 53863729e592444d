"""What the frame of every page says."""

from __future__ import annotations

from django import template
from django.template import NodeList, RequestContext
from django.template.loader_tags import BlockNode

register = template.Library()


@register.simple_tag(takes_context=True)
def again(context: RequestContext, block: str) -> str:
    """What a block of the page says, once more: its title as its heading, the way back as “Cancel”."""
    return BlockNode(block, NodeList()).render(context)
