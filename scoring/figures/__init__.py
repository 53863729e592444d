"""What counting takes and gives: facts in, figures and their explanations out. Dates are local days."""
