"""Documents for paper: typst templates and the one place that compiles them (ADR 0004)."""
