"""Whether a word can be a Vietnamese syllable: onset, rime and at most one tone.

Built from the spelling rules, wider than any dictionary; names of minority and foreign origin fail. For
telling encodings apart by the share of words that pass, never for judging one name.
"""

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0303\u0309\u0323"  # grave, acute, tilde, hook, dot
STOPPED_TONES = "\u0301\u0323"
ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
RIMES = """
a ac ach ai am an ang anh ao ap at au ay  ăc ăm ăn ăng ăp ăt  âc âm ân âng âp ât âu ây
e ec em en eng eo ep et  ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oc oe oen oeo oet oi om on ong
oong ooc op ot  ô ôc ôi ôm ôn ông ôp ôt  ơ ơi ơm ơn ơp ơt
u ua uân uâng uât uây uc uê uêch uên uênh uêt ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych uyên
uyêt uynh uyp uyt uyu  ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu
y yê yêm yên yêng yêt yêu ynh ych yt
"""
LEGAL = frozenset(onset + rime for onset in ["", *ONSETS.split()] for rime in RIMES.split())
STOPPED = ("c", "ch", "p", "t")
WORD = re.compile(r"[^\s\d!-/:-@\[-`{-~\x80-\xa0«»‘’“”„‚†‡•…–—‹›]+")


@lru_cache(maxsize=65_536)
def is_syllable(word: str) -> bool:
    """Letter case does not matter; the tone may stand on any vowel (hoà, hòa)."""
    parts = unicodedata.normalize("NFD", word.lower())
    tones = [part for part in parts if part in TONES]
    base = unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))
    if len(tones) > 1 or base not in LEGAL:
        return False
    return not base.endswith(STOPPED) or (len(tones) == 1 and tones[0] in STOPPED_TONES)


def count_syllables(text: str) -> tuple[int, int]:
    """(possible syllables, words), of the words that hold a letter or sign beyond ASCII: only they tell."""
    words = [word for word in WORD.findall(text) if not word.isascii()]
    return sum(map(is_syllable, words)), len(words)
