"""The catalogue as sheets: which element stands in which column, for export and import alike.

`layout` lists the sheets, `columns` derives heading, allowed words and limits from the model
fields, `vocabulary` knows the names other tables hold, `reading` selects the rows of editions,
`workbook` writes files. What is exported can be imported again and changes nothing.
"""
