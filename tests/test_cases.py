"""Every case in tests/cases: facts as a workbook tells them, a day, and the verdict a lawyer could sign."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from attestation.services import judge
from tests import law

CASES = Path(__file__).parent / "cases"
LEAST_CASES = 5


def _cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.yaml")):
        content = yaml.safe_load(path.read_text(encoding="utf-8"))
        found += [
            pytest.param(content["position"], case, id=f"{path.stem}: {case['case']}") for case in content["cases"]
        ]
    return found


@pytest.mark.parametrize(("position", "case"), _cases())
def test_the_verdict_of_the_case(position: str, case: dict[str, Any]) -> None:
    verdict = judge(law.facts(case["facts"], position=position), law.norms(), on=case["as_of"])
    expected = case["expect"]
    assert expected, "a case that expects nothing cannot fail"
    if expected == "not listed":
        assert verdict is None
        return
    assert verdict is not None
    actual = law.told(verdict)
    for key, value in expected.items():
        if key == "findings":
            for wanted in value:
                matching = [item for item in actual["findings"] if wanted.items() <= item.items()]
                assert matching, f"no finding {wanted} among {actual['findings']}"
        else:
            assert actual[key] == value, f"{key}: {actual[key]} instead of {value}"
    clauses = {finding["clause"] for finding in actual["findings"]}
    assert clauses == {case["clause"]}, f"the verdict rests on clause {clauses}"


def test_every_position_has_its_cases() -> None:
    counts = {
        content["position"]: len(content["cases"])
        for path in CASES.glob("*.yaml")
        for content in [yaml.safe_load(path.read_text(encoding="utf-8"))]
    }
    short = {code: counts.get(code, 0) for code in law.norms().positions if counts.get(code, 0) < LEAST_CASES}
    assert not short
