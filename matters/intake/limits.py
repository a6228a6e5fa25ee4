"""How large a file may be. Design decisions, “Goals corrected”; checked before anything is opened.

A spreadsheet is a zip archive: 686 KB can unfold to 199 MB and burn a minute of processor time.
"""

MEGABYTE = 1 << 20
#: what one may upload
UPLOAD_BYTES = 64 * MEGABYTE
#: what it may unfold to, and how many times its packed size; small archives may be repetitive
UNPACKED_BYTES = 300 * MEGABYTE
UNPACKED_RATIO = 100
RATIO_MATTERS_FROM = 5 * MEGABYTE
ARCHIVE_ENTRIES = 1_000
#: central directory of 1,000 entries with long names
DIRECTORY_BYTES = MEGABYTE

ROWS = 200_000
COLUMNS = 300
#: wrong cells listed one by one; the rest is counted
ERRORS = 500

#: the child process: address space, processor time, one output file
CHILD_MEMORY = 1_024 * MEGABYTE
CHILD_SECONDS = 60
CHILD_FILE = 1_024 * MEGABYTE
