"""Reading a spreadsheet somebody sent, in a process that can do no harm.

Pure: the standard library, calamine and `common.rowerrors`; no Django settings, no database. The
worker starts `python -m matters.intake` with a task on standard input (`sandbox.py` draws the
fence), gets progress and a report as JSON lines back, and finds one file per sheet that
PostgreSQL's COPY takes as it is. Refusals are `RowErrors`: sheet, row, column, value, reason.
"""
