"""What a return asks for, point by point, and what the writers answer (退回修改)."""
