"""The join report: given = joined + left over, what was guessed, and what is wrong, for a reader or a
program."""

from collections.abc import Iterable
from typing import Any

from geo.findings import Finding
from geo.frames import OUTCOMES
from i18n.messages import Words
from studies.ward_table import WardTable

KINDS = ("incidents", "cameras", "population", "status")


def make_report(table: WardTable, words: Words) -> dict[str, Any]:
    """The report as plain JSON. `edge` and `nearest` are parts of `joined`; `not_selected` lies outside
    the chosen period or category and is not part of `given`."""
    report: dict[str, Any] = {"wards": len(table.measured.frame), "version": table.measured.version}
    for kind, parts in table.measured.tallies.items():
        report[kind] = tidy(parts["n"]) | {"rows": tidy(parts["rows"])}
        if kind == "incidents":
            report[kind]["not_selected"] = tidy(parts["not_selected"])["n"]
        report[kind]["thereof"] = tidy(parts["thereof"])
    guessed = {"boundaries": table.boundaries.guessed}
    guessed |= {file.joined.kind: file.guessed for file in table.files}
    report["guessed"] = {name: roles for name, roles in guessed.items() if roles}
    report["findings"] = [describe(finding, words) for finding in table.findings]
    return report


def tidy(numbers: dict[str, float]) -> dict[str, float | int]:
    """Whole numbers as integers."""
    return {key: int(value) if float(value).is_integer() else value for key, value in numbers.items()}


def describe(finding: Finding, words: Words) -> dict[str, str]:
    """A finding as the report shows it, with its words."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "where": finding.where,
        "seen": finding.seen,
        "text": write_finding(finding, words),
        "hint": words.fill(words.texts.get(f"finding.{finding.code}_hint", ""), _facts(finding)),
    }


def write_finding(finding: Finding, words: Words) -> str:
    """What was found, in one sentence; a finding that tells why may have a sentence for each reason."""
    code = f"finding.{finding.code}"
    reason = f"{code}.{finding.facts.get('why', '')}"
    return words(reason if words.has(reason) else code, **_facts(finding))


def _facts(finding: Finding) -> dict[str, object]:
    return {"where": finding.where, "seen": finding.seen, **finding.facts}


def write_balance(numbers: dict[str, float], words: Words, *, unit: str) -> str:
    """`nhận 1.190 vụ = đã ghép 1.172 + chưa rõ địa bàn 11 + ngoài ranh giới 7`: zero parts are left out."""
    parts = [
        words(f"balance.{outcome}", n=words.number(numbers[outcome]))
        for outcome in OUTCOMES
        if numbers[outcome] or outcome == "joined"
    ]
    given = words("balance.given", n=words.number(numbers["given"]), unit=unit)
    return f"{given} = {' + '.join(parts)}"


def write_findings(findings: Iterable[Finding], words: Words) -> list[str]:
    """Sentences for a reader, each with its way out."""
    lines = []
    for finding in findings:
        shown = describe(finding, words)
        lines.append(" ".join(part for part in (shown["text"], shown["hint"]) if part))
    return lines
