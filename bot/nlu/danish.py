"""spaCy's blank Danish pipeline with the abbreviations of chat, shared by the components of a process."""

from functools import cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_prefix_regex

# "kl.14" and "d.3." are two tokens each; spaCy alone would keep the first whole and cut the second in the number.
_ABBREVIATION_BEFORE_NUMBER = r"(?i:kl|d|ca|nr|tlf|s)\.(?=\d)"
_ABBREVIATIONS = ("kl.", "d.", "f.eks.", "fx.", "bl.a.", "ca.", "tlf.", "osv.", "evt.", "ift.", "pga.")


@cache
def danish() -> Language:
    """The pipeline: a tokenizer and its vocabulary, no trained model."""
    nlp = spacy.blank("da")
    prefixes = [_ABBREVIATION_BEFORE_NUMBER, *(nlp.Defaults.prefixes or [])]
    tokenizer: Any = nlp.tokenizer
    tokenizer.prefix_search = compile_prefix_regex(prefixes).search
    for abbreviation in _ABBREVIATIONS:
        tokenizer.add_special_case(abbreviation, [{"ORTH": abbreviation}])
        tokenizer.add_special_case(abbreviation.capitalize(), [{"ORTH": abbreviation.capitalize()}])
    return nlp


def words_of(text: str) -> Doc:
    """The words of any text, each at its place in the text; half a surrogate pair, which spaCy refuses, reads as ?."""
    return danish().make_doc(text.encode("utf-8", "replace").decode("utf-8"))
