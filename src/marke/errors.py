"""The one kind of error a user sees."""


class InputError(Exception):
    """Input that cannot be used, told in Dutch: what is wrong, where, and how to mend it.

    ``what`` is the sentence, ``where`` the file with line or cell (may be empty), ``mend`` what to do.
    The command line prints it and ends with status 2.
    """

    def __init__(self, what: str, *, where: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.mend = mend

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        mend = f" {self.mend}" if self.mend else ""
        return f"{place}{self.what}{mend}"
