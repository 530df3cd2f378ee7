#!/usr/bin/env python3
"""Draws icon.png: a map pin that is the thumb of a time slider.  icon.py [OUT.png]

Needs Pillow (checked with 13.0.0). Drawn eight times too large and scaled down; the ground is transparent and
so are the gaps, so that it sits on a light and on a dark desktop alike.
"""
import math
import pathlib
import sys

from PIL import Image, ImageDraw

SIZE, SCALE = 256, 8
PIN = (56, 120, 216, 255)       # the blue of the window's accent
TO_COME = (148, 158, 170, 255)  # the part of the track after the thumb

CENTRE = 128
HEAD_Y, HEAD_R, HOLE_R, TIP_Y = 88, 76, 30, 214
TRACK_Y, TRACK_R, TRACK_LEFT, TRACK_RIGHT = 218, 15, 18, 238
GAP = 13  # clear space around the pin where it crosses the track

big = Image.new('RGBA', (SIZE * SCALE, SIZE * SCALE), (0, 0, 0, 0))
draw = ImageDraw.Draw(big)


def disc(x, y, r, fill):
    draw.ellipse([(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE], fill=fill)


def bar(left, right, fill):
    draw.rounded_rectangle([left * SCALE, (TRACK_Y - TRACK_R) * SCALE, right * SCALE, (TRACK_Y + TRACK_R) * SCALE],
                           radius=TRACK_R * SCALE, fill=fill)


def pin(grow, fill):
    """The pin, its outline moved outwards by grow: a disc, and the two tangents from the rounded tip."""
    tip_r = 12
    tip_y = TIP_Y
    disc(CENTRE, HEAD_Y, HEAD_R + grow, fill)
    disc(CENTRE, tip_y, tip_r + grow, fill)
    # outer tangents of the two discs touch them at the same angle
    angle = math.asin((HEAD_R - tip_r) / (tip_y - HEAD_Y))
    cos, sin = math.cos(angle), math.sin(angle)
    corners = []
    for y, r in ((HEAD_Y, HEAD_R + grow), (tip_y, tip_r + grow)):
        corners.append([(CENTRE + side * cos * r, y + sin * r) for side in (-1, 1)])
    (a, b), (c, d) = corners
    draw.polygon([(x * SCALE, y * SCALE) for x, y in (a, b, d, c)], fill=fill)


CLEAR = (0, 0, 0, 0)
bar(TRACK_LEFT, TRACK_RIGHT, TO_COME)
bar(TRACK_LEFT, CENTRE, PIN)
pin(GAP, CLEAR)
pin(0, PIN)
disc(CENTRE, HEAD_Y, HOLE_R, CLEAR)

# Scale with the colour multiplied by its opacity, or the edges would take on the black of the empty ground.
out = big.convert('RGBa').resize((SIZE, SIZE), Image.Resampling.BOX).convert('RGBA')
target = sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).with_name('icon.png')
out.save(target, optimize=True)
