"""Importing the catalogue: from an uploaded file to drafts beside the editions in force.

`jobs` are the verbs of a person, `running` what a worker does with a claimed job. One attempt:
`sandbox` (a child process reads the file) → `staging` (COPY into temporary tables) → `comparing`
(what differs from the catalogue) → `checks` (references, constraints, other people's drafts) →
`previewing` or `writing`. Everything set-based: 100,000 rows are a dozen statements.
"""
