"""The intake: a workbook for every municipality, read back strictly, and what is still worth asking."""
