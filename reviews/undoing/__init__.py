"""Taking a decision back within five minutes (撤销)."""
