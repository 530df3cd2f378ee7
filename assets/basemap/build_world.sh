#!/bin/bash
# Builds $BUILD/world.pmtiles (vector tiles, zoom 0-7) from what fetch_sources.sh unpacked.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${BUILD:?set BUILD to the folder to build in, or run ./build}"
export BUILD
src=$BUILD/src
mkdir -p "$BUILD/layers"; cd "$BUILD/layers"

magics=$src/libmagics++-data/usr/share/magics
gdl=$src/libgnudatalanguage0/usr/share/gnudatalanguage/resource/maps/high
qgis=$src/qgis-common/usr/share/qgis/resources/data/world_map.gpkg
countries=$src/countries_deu/ne_10m_admin_0_countries_deu.shp

# 1. Every source to one GeoJSON feature a line, five decimals (about a metre).
to_lines() { # target source sql
  rm -f "$1"
  ogr2ogr -f GeoJSONSeq -lco COORDINATE_PRECISION=5 -a_srs EPSG:4326 -dialect SQLite -sql "$3" "$1" "$2"
}
# 1:50m shapes serve zoom 0-3, 1:10m shapes zoom 4-7.
to_lines land10.jsonl    "$magics/10m/ne_10m_land.shp"  "select geometry, scalerank from ne_10m_land"
to_lines land50.jsonl    "$magics/50m/ne_50m_land.shp"  "select geometry, scalerank from ne_50m_land"
to_lines ocean10.jsonl   "$magics/10m/ne_10m_ocean.shp" "select geometry from ne_10m_ocean"
to_lines ocean50.jsonl   "$magics/50m/ne_50m_ocean.shp" "select geometry from ne_50m_ocean"
to_lines lakes.jsonl     "$gdl/ne_10m_lakes.shp"        "select geometry from ne_10m_lakes"
to_lines rivers.jsonl    "$magics/10m/ne_10m_rivers_lake_centerlines.shp" \
  "select geometry, scalerank, featurecla, name from ne_10m_rivers_lake_centerlines"
to_lines borders.jsonl   "$magics/10m/ne_10m_admin_0_boundary_lines_land.shp" \
  "select geometry, scalerank, featurecla, name, adm0_left, adm0_right from ne_10m_admin_0_boundary_lines_land"
to_lines claims.jsonl    "$qgis" "select geom as geometry, name, adm0_left, adm0_right from disputed_borders"
to_lines regions.jsonl   "$magics/10m/ne_10m_admin_1_states_provinces_lines.shp" \
  "select geometry, adm0_a3, scalerank, min_zoom, featurecla from ne_10m_admin_1_states_provinces_lines"
to_lines countries.jsonl "$countries" \
  "select geometry, ADM0_A3, ISO_A2, NAME, NAME_EN, NAME_FR, NAME_AR, LABELRANK, MIN_LABEL, LABEL_X, LABEL_Y, MAPCOLOR7, TYPE from ne_10m_admin_0_countries_deu"
to_lines places.jsonl    "$magics/10m/ne_10m_populated_places_simple.shp" \
  "select geometry, name, nameascii, adm0_a3, iso_a2, featurecla, scalerank, labelrank, pop_max, adm0cap, geonameid from ne_10m_populated_places_simple"
# Marble keeps the built-up areas in a format of its own.
python3 "$here/pn2.py" "$src/marble-qt-data/usr/share/marble/data/naturalearth/ne_50m_urban_areas.pn2" urban.geojson

# 2. The properties the program reads, and the zooms each feature appears at.
python3 "$here/attrs.py"

# 3. Tiles. --full-detail and --low-detail are left alone: walkers skips a layer whose extent is not 4096,
# which is tippecanoe's default at every zoom. Polygons, lines and points want different simplification,
# hence three runs; finish.py joins them.
tiles() {
  "$BUILD/venv/bin/tippecanoe" -q -f -P --no-tile-compression --no-tile-stats -Z0 -z7 --buffer=8 "$@"
}
tiles -o polygons.mbtiles --simplification=4 --simplification-at-maximum-zoom=2 \
  --no-tiny-polygon-reduction-at-maximum-zoom --detect-shared-borders \
  -L earth:earth.geojsonl -L water:water.geojsonl -L countries:countries.geojsonl -L landuse:landuse.geojsonl
tiles -o lines.mbtiles --simplification=3 --simplification-at-maximum-zoom=1 \
  -L rivers:rivers.geojsonl -L boundaries:boundaries.geojsonl
# no place may be dropped for want of room: the program chooses what to label
tiles -o points.mbtiles -r1 --no-feature-limit --no-tile-size-limit --buffer=1 -L places:places.geojsonl
"$BUILD/venv/bin/python" "$here/finish.py" "$BUILD/world.pmtiles" polygons.mbtiles lines.mbtiles points.mbtiles
