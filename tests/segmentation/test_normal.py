"""Forms for comparing: what becomes of each kind of spelling."""

from __future__ import annotations

import subprocess
import sys

import pytest
from camel_tools.utils.dediac import dediac_ar
from camel_tools.utils.normalize import (
    normalize_alef_ar,
    normalize_alef_maksura_ar,
    normalize_teh_marbuta_ar,
)

from aligner.segmentation import normalise
from aligner.text import Language


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("إِنَّ الأَسْعَارَ ارْتَفَعَتْ", "ان الاسعار ارتفعت"),  # diacritics
        ("الـــعـــراق", "العراق"),  # tatweel
        ("أحمد إلى آخر ٱلكتاب", "احمد الي اخر الكتاب"),  # alef and its hamza, alef maqsura
        ("مسؤول مسئول سئل", "مسوول مسيول سيل"),  # hamza on waw and yeh
        ("مدرسة", "مدرسه"),  # teh marbuta
        ("٣٥٫٥ ۴۵۶ 2020", "35.5 456 2020"),  # digits
        ("«نعم»، قال؛ لماذا؟ “لا”", '"نعم", قال; لماذا? "لا"'),  # punctuation
        ("\u200fقال\u200e \u202bنعم\u202c\ufeff", "قال نعم"),  # bidi controls
        ("ﻻ ﷲ ﺍﻟﻘﺎﻫﺮﺓ", "لا الله القاهره"),  # presentation forms
        ("کتاب یک ڤيديو", "كتاب يك فيديو"),  # Persian letters
        (" كلمة\u00a0 \n أخرى ", "كلمه اخري"),
    ],
)
def test_arabic_spellings_that_say_the_same_become_one(written, compared):
    assert normalise(written, Language.AR) == compared


@pytest.mark.parametrize(
    ("written", "compared"),
    [
        ("Café CAFÉ cafe\u0301", "cafe cafe cafe"),
        ("“Don’t” — he said…", '"don\'t" - he said...'),
        ("ﬁve  １２", "five 12"),
        ("PLAIN  ASCII\ttext", "plain ascii text"),
    ],
)
def test_english_spellings_that_say_the_same_become_one(written, compared):
    assert normalise(written, Language.EN) == compared


def test_we_agree_with_camel_tools_on_its_letters():
    text = "".join(chr(point) + " " for point in range(0x0621, 0x0653))
    text = text.replace("ـ", "").replace("ؤ", "").replace("ئ", "")  # it keeps these as they are
    camel = dediac_ar(normalize_teh_marbuta_ar(normalize_alef_maksura_ar(normalize_alef_ar(text))))
    kept = [c for c in normalise(text, Language.AR).split() if c not in "\u063d\u063e\u063f"]
    assert kept == [c for c in camel.split() if c not in "\u063d\u063e\u063f"]


def test_segmentation_imports_nothing_heavy():
    code = (
        "import sys; from aligner.segmentation import normalise, segment; "
        "from aligner.segmentation.numbers import find_numbers; find_numbers('ثلاثة', 'ar'); "
        "normalise('أحمد', 'ar'); segment('قال. نعم.', 'ar'); "
        "print(*{'torch', 'numpy', 'pandas', 'camel_tools.utils.charsets'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
