"""What a label says, and what a reader may type of it."""

import pytest

from app.rules import label_code


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("PC-0001", "PCM:B:PC-0001"),
        ("pc-0001", "PCM:B:PC-0001"),
        ("Éc-12", "PCM:B:EC-12"),
    ],
)
def test_a_label_bears_plain_capitals(number: str, code: str) -> None:
    assert label_code.content(number) == code


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("PCM:B:PC-0001", ("PC-0001",)),
        ("pcm:b:pc-0001\r", ("pc-0001",)),
        ("PC?MBMPC)ààà&", ("PC-0001",)),  # an American reader on a French keyboard
        ("c,,éé", ("c,,éé", "cmm22")),
        ("PC-0042", ("PC-0042",)),
        ("  5CG4120R8K ", ("5CG4120R8K",)),
        ("S5CG4120R8K", ("S5CG4120R8K", "5CG4120R8K")),  # « S » announces a serial number
        ("1S20W4S0X000PF3ABCDE", ("1S20W4S0X000PF3ABCDE", "PF3ABCDE")),  # as Lenovo does
        ("SHORT", ("SHORT",)),
        ("   ", ()),
    ],
)
def test_what_is_read_may_mean(read: str, meant: tuple[str, ...]) -> None:
    assert label_code.meanings(read) == meant


def test_a_code_is_ours_or_not() -> None:
    assert label_code.is_label(" pcm:b:PC-0001")
    assert not label_code.is_label("PC-0001")
