"""The workspace: municipalities of a region deliver their own figures and keep them to themselves."""
