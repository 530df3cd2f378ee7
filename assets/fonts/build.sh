#!/bin/bash
# Builds the bundled fonts: fetches the Noto packages, checks them, cuts them down, compares.
#
#   assets/fonts/build.sh [BUILD_FOLDER]     (default: a new temporary folder; nothing here is overwritten)
#   assets/fonts/build.sh BUILD_FOLDER --install   copies the result over the committed files
#
# Needs: bash, npm, python3 with venv. Everything else is fetched at a pinned version.
# Licence of the fonts: SIL Open Font License 1.1, see OFL.txt. Noto declares no reserved font name,
# so the cut-down fonts may keep theirs.
set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
build=${1:-$(mktemp -d)}
install=${2:-}
mkdir -p "$build"; build=$(cd "$build" && pwd)
cd "$build"

# The tool that cuts is pinned: another fonttools may order or pack tables differently.
[ -x venv/bin/pyftsubset ] || { python3 -m venv venv; venv/bin/pip install -q fonttools==4.68.0; }

fetch() { # package version sha256
  local file=expo-google-fonts-$1-$2.tgz
  [ -f "$file" ] || npm pack --silent "@expo-google-fonts/$1@$2" >/dev/null
  echo "$3  $file" | sha256sum -c --quiet
  mkdir -p "$1"; tar xzf "$file" -C "$1" --strip-components=1
}
fetch noto-sans          0.4.2 98cf14a19b8e67a0e76bfd4d5df98937b9734e6dde570bd750f2259042042548
fetch noto-sans-arabic   0.4.3 29e966f9d48a4ce7dd3c2c4c016f29cd888089538217303fb2c87de9e7f048ed
fetch noto-sans-tifinagh 0.4.1 7d587ea7d69cfbe5a858639162a5f4e97d412cc7d3b7703f50711c6414eed928
fetch noto-sans-math     0.4.2 652041ca903e7adcc1502a0621350526463e91416757310391370ff5f8fb3ce8
fetch noto-sans-symbols-2 0.4.1 3bf3d6333487df36e88d146e032a9ed8246617ca2dfe1513a8a382c3fad12ac4

cut_font() { # source target features unicodes
  # No hinting: the Latin files carry none that matters, and one hinted script among unhinted ones
  # would look bolder. The head.modified stamp stays that of the source, so the output is the same each time.
  venv/bin/pyftsubset "$1" --output-file="$2" --unicodes="$4" --layout-features="$3" \
    --no-hinting --notdef-outline --name-IDs='0,1,2,3,4,5,6,13,14,16,17' --name-languages=0x409 \
    --no-recalc-timestamp
}

# Latin with its extensions A-D, IPA, modifier letters, combining marks, Greek, Cyrillic, Latin and Greek
# extended additional, punctuation, super- and subscripts, currency, letterlike, number forms.
# The ranges are asked for whole; a code point that Noto Sans lacks is passed over.
latin=0020-007E,00A0-024F,0250-02AF,02B0-02FF,0300-036F,0370-03FF,0400-052F
latin+=,1AB0-1ACE,1DC0-1DFF,1E00-1EFF,1F00-1FFF,2000-206F,2070-209F,20A0-20CF,20D0-20F0
latin+=,2100-214F,2150-218F,2212,25CC,2C60-2C7F,A720-A7FF,FB00-FB06,FE20-FE2F,FFFC-FFFD
# The default digits are tabular and lining already; pnum and zero (slashed) can be asked for.
latin_features=ccmp,locl,mark,mkmk,kern,liga,calt,rlig,tnum,lnum,pnum,zero,frac,numr,dnom,ordn,sups,subs,sinf,case

# Of ASCII the Arabic font has the space only: it may then stand first in a family, so that the words of an
# Arabic phrase and the spaces between them are one run, and yet take no Latin letter, digit or mark from Noto Sans.
arabic=0020,00A0,0600-06FF,0750-077F,0870-08FF,200B-200F,202A-202E,2066-2069,25CC,FB50-FDFF,FE70-FEFF
arabic_features=ccmp,locl,isol,init,medi,fina,rlig,liga,dlig,calt,mark,mkmk,kern,curs,tnum,pnum

# Tifinagh with the combining marks that its letters take, so that mark and letter come from one font.
tifinagh=0020,00A0,0300-030C,0323-0325,032E,0331,200B-200F,25CC,2D30-2D7F
tifinagh_features=ccmp,locl,rlig,liga,calt,mark,mkmk,kern

# Noto Sans has no arrows, no operators but the minus, no shapes. The first two come from Noto Sans Math, the
# shapes, media controls, check marks and dingbats from Noto Sans Symbols 2. No layout is needed for either.
math=2190-21FF,2200-2211,2213-222E,2234-22A5,22C4-22C6,22EE-22F1,2308-230B,27F5-27FA
symbols=2318,231A-231B,2323,2325,2326,232B,23CE-23CF,23E9-23FA,25A0-25CB,25CD-25FF,2600-2603,2605-2606,260E,2610-2612
symbols+=,2690-2691,2694-2699,26A0-26A1,26AA-26AB,2702-27BE,2B1B-2B1C,2B24,2B50-2B55

mkdir -p out
cut_font noto-sans/400Regular/NotoSans_400Regular.ttf    out/NotoSans-Regular.ttf  "$latin_features" "$latin"
cut_font noto-sans/600SemiBold/NotoSans_600SemiBold.ttf  out/NotoSans-SemiBold.ttf "$latin_features" "$latin"
cut_font noto-sans-arabic/400Regular/NotoSansArabic_400Regular.ttf       out/NotoSansArabic-Regular.ttf   "$arabic_features"   "$arabic"
cut_font noto-sans-tifinagh/400Regular/NotoSansTifinagh_400Regular.ttf   out/NotoSansTifinagh-Regular.ttf "$tifinagh_features" "$tifinagh"
cut_font noto-sans-math/400Regular/NotoSansMath_400Regular.ttf           out/NotoSansMath-Regular.ttf     ''                     "$math"
cut_font noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf  out/NotoSansSymbols2-Regular.ttf ''                     "$symbols"

# All faces get the vertical metrics of Noto Sans. egui takes the row height from the first face of a family and
# centres every other face in the row by its own height: with the metrics as they come, Arabic would sit a
# fourteenth of an em and symbols a sixth above the baseline, and Arabic as the first face would make every row
# 2.1 em high. Text with stacked Arabic marks wants a larger line height than one row.
venv/bin/python - out/*.ttf <<'PYTHON'
import sys
from fontTools.ttLib import TTFont
for path in sys.argv[1:]:
    font = TTFont(path, recalcTimestamp=False, recalcBBoxes=False)
    font['hhea'].ascent, font['hhea'].descent, font['hhea'].lineGap = 1069, -293, 0
    os2 = font['OS/2']
    os2.sTypoAscender, os2.sTypoDescender, os2.sTypoLineGap = 1069, -293, 0
    os2.usWinAscent, os2.usWinDescent = 1069, 293
    font.save(path)
PYTHON

# One licence text, the copyright lines above it.
{ for p in noto-sans noto-sans-arabic noto-sans-tifinagh noto-sans-math noto-sans-symbols-2; do head -n1 $p/LICENSE_FONT; done
  tail -n +2 noto-sans/LICENSE_FONT; } > out/OFL.txt

[ "$install" = --install ] && cp out/* "$here/"
status=0
for f in out/*; do
  if cmp -s "$f" "$here/$(basename "$f")"; then echo "same       $(sha256sum < "$f" | cut -c1-64)  $(basename "$f")"
  else echo "DIFFERENT  $(sha256sum < "$f" | cut -c1-64)  $(basename "$f")"; status=1; fi
done
exit $status
