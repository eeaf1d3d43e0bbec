"""The family of things that can go wrong and that a reader can mend.

AppError
├ InputError (ValueError)     the file is at fault
│   UnreadableFile MissingColumns UnknownCrs DuplicateCodes NothingMatched TooLarge SeveralChoices
│   UnknownEncoding BrokenCrosswalk BrokenWeights BrokenCatalogue ForbiddenContent
├ QuestionError (ValueError)  it cannot be answered so
│   NoData NoPopulation TooFewWards TooFewPeriods UnknownIndicator NotComparable BadOption
│   NotFeasible ForbiddenStep
├ StoreError                  StoreUnavailable StoreNewer StoreNotEmpty ChangedMeanwhile
├ AccessError                 NotAllowed
└ ExportError                 MissingFont UnknownFormat NotWritable

An error carries a code (its class name), an optional `reason` (a finer code) and facts; it speaks no
human language. A face turns it into words with `i18n.messages.Words.error`: the message keyed
`error.<code>.<reason>`, else `error.<code>`, filled with the facts. `str()` is English for the log.
Anything that is not an AppError is a bug and may be loud.
"""


class Key(str):
    """A fact that is a key: compares as plain text, and a face says the words kept under `<group>.<key>`."""

    __slots__ = ("group",)
    group: str

    def __new__(cls, group: str, key: str) -> "Key":
        fact = super().__new__(cls, key)
        fact.group = group
        return fact


class AppError(Exception):
    """A trouble named by its class, with the facts that a message needs."""

    def __init__(self, reason: str = "", **facts: object) -> None:
        self.reason = reason
        self.facts = facts
        shown = ", ".join(f"{name}={value!r}" for name, value in facts.items())
        super().__init__(f"{self.code}{f' ({reason})' if reason else ''}: {shown}")

    @property
    def code(self) -> str:
        return type(self).__name__


class InputError(AppError, ValueError):
    """The file is at fault."""


class UnreadableFile(InputError):
    """The file cannot be opened as what it claims to be."""


class MissingColumns(InputError):
    """No column holds what is needed."""


class SeveralChoices(InputError):
    """Several layers, sheets or columns would do; a person must choose."""


class UnknownCrs(InputError):
    """The coordinate reference system is missing or cannot be right."""


class DuplicateCodes(InputError):
    """One ward code stands for two wards."""


class UnknownEncoding(InputError):
    """The letters of a text column could be read in several ways; a person must choose.

    Facts: file, column, choices (codec names), samples: {codec: three decoded values}.
    """


class BrokenCrosswalk(InputError):
    """A table of old and new units contradicts itself, its boundaries or their totals."""


class BrokenWeights(InputError):
    """A table of harm weights has a row that cannot be used, so none of it is."""


class BrokenCatalogue(InputError):
    """A catalogue of the programme contradicts itself or says what cannot be understood, so none is used.

    Facts: file, place (as in "target_sets[3].targets[2].operator", counted from 1), seen.
    """


class ForbiddenContent(InputError):
    """The file holds what this program may not take in, such as operational police cameras."""


class NothingMatched(InputError):
    """Not one row found its ward."""


class TooLarge(InputError):
    """More bytes than can be handled safely."""


class QuestionError(AppError, ValueError):
    """The question cannot be answered as put."""


class NoData(QuestionError):
    """There is nothing to answer from."""


class NoPopulation(QuestionError):
    """A rate per resident was asked for without residents."""


class TooFewWards(QuestionError):
    """A comparison among wards needs more of them than are known."""


class TooFewPeriods(QuestionError):
    """A pattern over time needs more periods than are known."""


class UnknownIndicator(QuestionError):
    """No indicator has that key, or the joined file lacks it."""


class NotComparable(QuestionError):
    """Two things differ in boundary version, period length or meaning."""


class BadOption(QuestionError):
    """An option's value cannot be understood."""


class NotFeasible(QuestionError):
    """No choice meets all rules at once; it carries those that clash."""


class ForbiddenStep(QuestionError):
    """A target area may not take that step from where it stands."""


class StoreError(AppError):
    """The store cannot serve."""


class StoreUnavailable(StoreError):
    """The database cannot be opened."""


class StoreNewer(StoreError):
    """The database was written by a newer version of the program."""


class StoreNotEmpty(StoreError):
    """A backup would overwrite what is kept."""


class ChangedMeanwhile(StoreError):
    """Somebody else has changed the record since it was read; nothing was written."""


class AccessError(AppError):
    """Who asks may not have it, or not in this way."""


class NotAllowed(AccessError):
    """What is internal would leave the house."""


class ExportError(AppError):
    """A paper or image cannot be made."""


class MissingFont(ExportError):
    """A font file is not where set-up puts it."""


class UnknownFormat(ExportError):
    """No writer for that file ending."""


class NotWritable(ExportError):
    """The file cannot be written where it should go."""
