# The panels beside the map, and the table.

panel-details = Details
panel-empty = Nothing is picked. Click a mark on the map, a bar on the timeline or a row of the table to read what is known about it, by whom, and from which source.
panel-back = Back
panel-forward = Forward
panel-event = Event
panel-actor = Actor
panel-place = Place
panel-source = Source

panel-no-date = no date known
panel-no-place = no place known
panel-unknown = not known
panel-edtf = The date as written, in EDTF (ISO 8601-2)
panel-within-km = within { $name } km
panel-at-least = at least { $name }
panel-at-most = at most { $name }
panel-all-together = all together
panel-with-people = with { $name } people
panel-char = char. { $name }
panel-no-position = no position
panel-more-hint = Filter by it, and open the table
panel-more-claims = Also claimed
panel-more = { $n ->
    [one] and { $n } more
   *[other] and { $n } more
}

panel-flag-inferred-date = The source does not state the date; it follows from the context.
panel-flag-inferred-place = The source does not state the place; it follows from the context.
panel-flag-contested = Sources contradict each other.
panel-inferred-hint = Not stated by the source: it follows from the context, or comes from outside.
panel-differ = Sources differ ({ $n })
panel-shown = shown here
panel-cited = Read in { $name }
panel-source-grade = source { $name }
panel-claim-grade = information { $name }

panel-at-date = At { $name }
panel-at-end = At the end of the record
panel-actors-date = Actors at { $name }
panel-actors-end = Actors at the end of the record
panel-rank = Rank
panel-possibly = possibly { $name }
panel-perhaps = may hold
panel-perhaps-already = perhaps already
panel-not-yet = not yet { $name }
panel-perhaps-not-yet = perhaps not yet { $name }
panel-no-ties = No link to another actor is recorded for this moment.
panel-before = Before
panel-after = Later
panel-network = Network
panel-in-network = { $name } in the network
panel-on-strip = { $name } on the strip
panel-events = { $n ->
    [0] Events
    [one] { $n } event
   *[other] { $n } events
}
panel-no-events = No event is recorded.

panel-filter-on = Filter by this
panel-filter-off = No longer filter by this
panel-filter-hint = Show only events with this on the map, the timeline and in the table
panel-show-on-map = Show on the map
panel-precision = Precision
panel-coordinates = Position
panel-area = an area or line
panel-copy = Copy the coordinates

panel-read = Read
panel-language = Language
panel-reliability = Reliability
panel-licence = Licence
panel-url = Address
panel-copy-url = Copy the address
panel-document = Document
panel-document-none = None: the work is cited by reference.
panel-document-missing = { $name } is not at hand.
panel-document-altered = { $name } is at hand, but it is not the file that was cited. Its passages are not shown.
panel-document-unreadable = { $name } is at hand, but it is no UTF-8 text.
panel-document-present = { $name } is at hand, unaltered.
panel-add-documents = Add documents…
panel-our-summary = Our summary
panel-passages = { $n ->
    [0] Cited passages
    [one] { $n } cited passage
   *[other] { $n } cited passages
}

reader-tab = Source { $name }
reader-close = Close { $name }
reader-previous = Previous cited passage
reader-next = Next cited passage
reader-cited-passages = Cited passages
reader-find-hint = Find
reader-find = Find in the text
reader-find-previous = Previous match
reader-find-next = Next match
reader-passage-not-found = Passage not found: the text at this position is not the one that was cited.
reader-no-position = This claim names no position in the text.
reader-copy-paragraph = Copy the paragraph
reader-range = characters { $start }–{ $end }

table-date = Date
table-title = Title
table-kind = Kind
table-place = Place
table-killed = Killed
table-side = Side
table-sources = Sources
table-certainty = In window
table-certainly = certainly
table-possibly = possibly
table-no = no
table-events = { $n ->
    [one] { $n } event
   *[other] { $n } events
}
table-columns = Columns
table-copy = Copy all
table-copy-selected = Copy selected
table-copy-first = Copy the first { $name }
table-copy-first-selected = Copy the first { $name } selected
table-copying = Copying… { $name }
table-sorting = Sorting…
table-scroll = Row on top of the table
table-sort-by = Sort by { $name }
table-empty = No event passes the filter and the window. Widen the window, or clear the filter.

filter-searching = Searching…
filter-search = Search events
filter-shown = { $n } of { $all } events
filter-clear = Clear filters
filter-area = Within the box drawn on the map
filter-area-clear = Leave the box
filter-kind = Kind
filter-side = Side
filter-actor = Actor
filter-source = Source
filter-place = Place
filter-evidence = Evidence
filter-certainty = Certainty
filter-possibly = Possibly in the window
filter-certainly = Certainly in it only
filter-layers = Layers
filter-layer-relief = Relief
filter-layer-labels = Place names
filter-layer-precision = Precision
filter-layer-mark-labels = Event names
filter-layer-graticule = Graticule
filter-show-all = Show all { $n }…
filter-show-fewer = Show fewer
filter-find-actor = Find an actor
filter-find-place = Find a place
filter-find-source = Find a source
filter-none-found = None found.
panel-or = or
panel-colon = { $name }:
panel-filtered-out = The filter leaves this event out.
panel-outside = Outside the window.
panel-move-window = Move the window there
panel-extra = Other columns
panel-extra-copy = Copy { $name }
panel-extra-browser = Opens in your browser, which goes online
filter-file = File
