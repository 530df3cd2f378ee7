map = Map
map-zoom-in = Zoom in
map-zoom-out = Zoom out
map-fit-all = Fit all events
map-fit-selection = Fit the selection
map-key-home = Home
map-menu = Map menu
map-open = Open event
map-copy = Copy { $name }
map-filter-view = Filter to this view
map-filter-none = Remove the filter by area
map-legend = Legend
map-legend-sides = Side
map-legend-kinds = Kind
map-legend-precision = Where
map-colour-by = Colour
map-by-side = Side
map-by-kind = Kind
map-by-number = Number
map-density = Events per cell of { $n } × { $n } points
map-side-none = No side
map-key-ring = near the mark, within the ring
map-key-area = somewhere in the area
map-key-line = somewhere along the line
map-key-possible = only possibly in the window
map-shelf = { $n ->
    [one] { $n } event without a place
   *[other] { $n } events without a place
}
map-stack = { $n ->
    [one] { $n } event here
   *[other] { $n } events here
}
map-in-view = { $n ->
    [one] { $n } event in view
   *[other] { $n } events in view
}
map-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}
map-killed = { $n ->
    [one] { $range } killed
   *[other] { $range } killed
}
map-no-date = No date
map-coordinates = Coordinates under the pointer
map-scale = Scale
map-credits = About the map’s data
map-credit-earth = Natural Earth
map-credit-names = Place names © GeoNames (geonames.org), CC BY 4.0, modified
map-credit-borders = Boundaries do not imply endorsement
map-letter-n = N
map-letter-s = S
map-letter-e = E
map-letter-w = W

map-precision-near = near
map-precision-admin2 = in the district
map-precision-admin1 = in the province
map-precision-region = in the region
map-precision-country = in the country
map-precision-unknown = place not known exactly

