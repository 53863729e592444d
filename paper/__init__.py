"""What becomes a file or is shown from one: Word, Excel and PDF, fonts, previews of uploads, and what to say
when one cannot be made. Which paper says what stands with the apps.
"""
