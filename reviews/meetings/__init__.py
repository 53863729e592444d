"""Meetings that decide on items: their agenda, what was said, what was resolved (会议审议)."""
