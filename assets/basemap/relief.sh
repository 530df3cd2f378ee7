#!/bin/bash
# Builds $BUILD/relief.pmtiles: grey shaded relief as JPEG tiles, zoom 0-5, to lie under the vectors.
# Source: an equirectangular world image in Debian's libgnudatalanguage0; see README.md for its origin.
set -euo pipefail
: "${BUILD:?set BUILD to the folder to build in, or run ./build}"
mkdir -p "$BUILD/layers"; cd "$BUILD/layers"
image=$BUILD/src/libgnudatalanguage0/usr/share/gnudatalanguage/resource/maps/earth.jpg

edge=20037508.34   # half the width of the Web Mercator square, in metres
size=8192          # 32 tiles of 256 px: zoom 5
quality=70

gdal_translate -q -b 1 "$image" gray.tif   # the one (grey) band, unpacked
gdal_translate -q -of VRT -a_srs EPSG:4326 -a_ullr -180 90 180 -90 gray.tif relief.vrt
gdalwarp -q -overwrite -t_srs EPSG:3857 -te -$edge -$edge $edge $edge -ts $size $size -r cubic relief.vrt relief.tif
rm -f relief.mbtiles
gdal_translate -q -of MBTiles -co TILE_FORMAT=JPEG -co QUALITY=$quality relief.tif relief.mbtiles
gdaladdo -q -r average relief.mbtiles 2 4 8 16 32

"$BUILD/venv/bin/python" - relief.mbtiles "$BUILD/relief.pmtiles" <<'PYTHON'
import os
import sqlite3
import sys

from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

source, target = sys.argv[1:]
rows = sqlite3.connect(source).execute('select zoom_level, tile_column, tile_row, tile_data from tiles')
tiles = sorted((zxy_to_tileid(z, x, (1 << z) - 1 - y), z, data) for z, x, y, data in rows)
with open(target, 'wb') as file:
    writer = Writer(file)
    for tile_id, _, data in tiles:
        writer.write_tile(tile_id, data)
    writer.finalize({
        'tile_type': TileType.JPEG, 'tile_compression': Compression.NONE,
        'min_zoom': 0, 'max_zoom': max(z for _, z, _ in tiles),
        'min_lon_e7': -1800000000, 'min_lat_e7': -850511300,
        'max_lon_e7': 1800000000, 'max_lat_e7': 850511300,
        'center_zoom': 2, 'center_lon_e7': 0, 'center_lat_e7': 0,
    }, {'attribution': 'Natural Earth shaded relief'})
print(target, os.path.getsize(target), 'bytes,', len(tiles), 'tiles')
PYTHON
