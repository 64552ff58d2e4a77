"""What the code of a form says, and that no misread letter passes (papers.md 3)."""

import binascii

import pytest
import segno

from app.rules.form_code import FormCode, content, is_ours, parse

CODES = (
    FormCode("EV-2026-0142", "G1"),
    FormCode("", "G1"),
    FormCode("ENQ-2026-01", "QS-01", 17),
    FormCode("ENQ-2026-01", "QS-01", 17, 2),
    FormCode("ENQ-2026-01", "QS-01", 0, 2),
)


@pytest.mark.parametrize("code", CODES, ids=content)
def test_a_code_says_what_it_was_given(code: FormCode) -> None:
    assert parse(content(code)) == code
    assert is_ours(content(code))


def test_the_code_of_an_evaluation_is_small() -> None:
    made = segno.make_qr(content(CODES[0]), error="q", boost_error=False)
    assert (made.version, made.mode) == (2, "alphanumeric")


@pytest.mark.parametrize("at", range(4, 23))
def test_a_letter_misread_is_no_code(at: int) -> None:
    told = content(CODES[0])
    wrong = told[:at] + ("0" if told[at] != "0" else "8") + told[at + 1 :]
    assert parse(wrong) is None


@pytest.mark.parametrize(
    "read",
    [
        "", "PCM:B:PC-0001", "PCM:I:FI-2026-0001", "https://example.org", "PCM:EV-2026-0142:G1:", "PCM::::",
        "PCM:EV:G1:X:6E5B", content(FormCode("EV-1", "")), content(FormCode("EV-1", "G1", 12345678)),
    ],
)  # fmt: skip
def test_other_codes_are_not_forms(read: str) -> None:
    assert parse(read) is None


def test_a_reference_is_written_in_plain_capitals() -> None:
    assert content(FormCode("év:1_2", "g1")).startswith("PCM:EV12:G1:")


@pytest.mark.parametrize("sheet", ["x", "1/x", "²", "1/2/3"])
def test_a_sheet_is_a_number(sheet: str) -> None:
    assert parse(_summed("PCM:ENQ-2026-01:QS-01:17")) == FormCode("ENQ-2026-01", "QS-01", 17)
    assert parse(_summed(f"PCM:ENQ-2026-01:QS-01:{sheet}")) is None


def _summed(told: str) -> str:
    """With its right sum, so that only the sheet is wrong."""
    return f"{told}:{binascii.crc_hqx(told.encode('utf-8'), 0xFFFF):04X}"
