"""The separate secrecy review (保密审查)."""
