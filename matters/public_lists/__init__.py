"""清单公开: what the office publishes as lists (`table`) and how the rows are read (`rows`)."""
