"""Ready pages in front of Django: one small package, switched off by PAGE_CACHE=0 (ADR 0010).

Who does what, from the reader's request to the editor's change:

    front     the WSGI callable: answers from memory or asks Django and keeps the answer
    asking    which requests may be answered from memory, and under which key
    routes    which pages may be kept, and the parameters each of them knows
    pages     one kept page: its forms (plain, gzip, br), ETag, 304; the bounded shelf of pages
    versions  version numbers of what readers see, in memory shared by all processes of a host
    news      how a change in the database reaches the versions: LISTEN/NOTIFY
    coverage  which table means which pages
    triggers  the database triggers that tell about every change of those tables

No other part of the portal knows about this package. A view may say in the header `Surrogate-Key`
which guides it shows; a page that says nothing is renewed after every change.
"""
