"""Printed papers: fonts, the pieces of Word files, answers with a file in them, and what to say when one
cannot be made. Which paper says what stands with the apps.
"""
