"""Reading an old ledger (台账): an Excel or CSV file in, checked rows out. Knows no database."""
