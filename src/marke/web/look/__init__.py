"""The look of the pages: components of NL Design System, taken from the npm registry when it is built."""
