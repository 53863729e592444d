"""How an office reviews: its chain, its secrecy review, the own check of its units (审核设置)."""
