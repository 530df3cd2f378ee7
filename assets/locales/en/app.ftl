app-name = Chronotope
app-tagline = Events in space and time, and how we know

app-menu-file = File
app-menu-edit = Edit
app-menu-view = View
app-menu-time = Time
app-menu-help = Help

app-group-panels = Panels
app-group-layers = Layers
app-group-theme = Theme
app-group-language = Language
app-group-text = Text size
app-group-mode = How the window moves

app-open = Open…
app-open-bundled = Open the bundled dataset
app-recent = Open recent
app-add-documents = Add documents…
app-paste = Paste a table
app-reload = Reload, and see what changed
app-export = Export…
app-report = Report on this dataset…
app-quit = Quit
app-undo = Undo filter or window
app-redo = Redo filter or window
app-search = Search everything
app-clear-filter = Clear filters
app-select-all = Select all shown
app-clear-selection = Clear selection
app-certainly = Only what is certainly in the window
app-back = Back in the details
app-forward = Forward in the details
app-fit-all = Fit the map to all events shown
app-fit-selection = Fit the map to the selection
app-zoom-in = Zoom the map in
app-zoom-out = Zoom the map out
app-toggle-filters = Filters panel
app-toggle-details = Details panel
app-toggle-timeline = Timeline
app-toggle-table = Table
app-toggle-legend = Legend
app-toggle-shelf = Shelf of events without a place
app-layer-relief = Relief
app-layer-labels = Place names
app-layer-precision = Precision
app-layer-marks = Event names
app-layer-graticule = Graticule
app-colour-by = Colour by side or by kind
app-theme-light = Light theme
app-theme-dark = Dark theme
app-theme-system = Theme of the system
app-lang-en = English
app-lang-fr = Français
app-iso-dates = ISO dates
app-larger = Larger text
app-smaller = Smaller text
app-normal-size = Normal text size
app-play = Play or pause
app-step-forward = Step forward
app-step-back = Step back
app-next-event = Next event
app-previous-event = Previous event
app-first-event = First event
app-last-event = Last event
app-window-all = Show all time
app-coarser-step = Coarser step
app-finer-step = Finer step
app-mode-slide = Window slides
app-mode-cumulative = Cumulative
app-mode-trailing = Trailing with fade
app-loop = Loop
app-help = Keyboard shortcuts
app-tour = Short tour
app-about = About Chronotope

app-search-hint = Search events, actors, places, sources, actions
app-search-nothing = Nothing found. Try another spelling, or fewer letters.
app-found-action = Action
app-found-event = Event
app-found-actor = Actor
app-found-place = Place
app-found-source = Source

app-counts = { $certain } certainly · { $possible } possibly · { $all } in all
app-counts-hint = Events certainly and possibly in the window, after filters, and all events of the dataset
app-close = Close
app-copy = Copy
app-cancel = Cancel
app-cancelled = Cancelled. What was open stays open.
app-loading = Opening { $name } …
app-percent = { $name } %
app-seconds = { $name } s

app-open-title = Open
app-open-what = Tables (CSV, TSV: ACLED, UCDP, GTD, GDELT, USGS or any other), GeoJSON, KML and KMZ, GPX, GeoParquet, Arrow, FlatGeobuf, timemap, FollowTheMoney, Linked Places, plain or in .gz and .zip; or a Chronotope folder.
app-open-add = Add to what is open, as a layer
app-open-add-hint = Several files chosen at once become layers of one session in any case.
app-open-files = Browse files…
app-open-folder = Browse folders…
app-open-path = Path
app-open-browse = Browse…
app-open-go = Open
app-open-drop = You can also drop files or a folder onto the window; with Shift they are added to what is open.
app-drop = Drop to open. With Shift, add to what is open.
app-recent-missing = not there any more
app-recent-forget = Forget { $name }

app-paste-nothing = There is no table on the clipboard: copy its rows with their heads, and paste again.
app-reload-nothing = What is open is no file that could be read again
app-opened = { $events ->
    [one] One event
   *[other] { $events } events
}{ $problems ->
    [0] {""}
    [one] , one kind of problem
   *[other] , { $problems } kinds of problem
}
app-opened-report = Report
app-saved = Saved: { $name }
app-save-title = Save
app-save-path = File to write
app-save-browse = Browse…
app-save-replace = Replace the file that is there
app-save-go = Save

app-report-title = Import report
app-report-none = No problems were found.
app-report-problems = { $n ->
    [one] One kind of problem
   *[other] { $n } kinds of problem
}
app-report-more = { $n ->
    [one] One more: copy or save the report to see it.
   *[other] { $n } more: copy or save the report to see them.
}
app-report-save = Save as JSON…
app-report-error = Error
app-report-warning = Warning
app-report-column = column { $name }
app-report-line = from line { $name }
app-report-rows = { $n } rows
report-format = Format
report-read = rows read
report-kept = events kept
report-without-place = without a place
report-without-date = without a date
report-skipped = rows skipped

app-exporting = Writing { $name } …
app-export-title = Export events
app-export-format = Format
app-export-holds-all = Holds everything, in a form that other programs read.
app-export-holds-ours = Holds everything, as this program keeps it.
app-export-holds-some = Cannot hold everything: what it could not is told afterwards.
app-export-current = { $n ->
    [one] The event shown now
   *[other] The { $n } events shown now
}
app-export-current-hint = Exactly what filters and window let through
app-export-whole = { $n ->
    [one] The only event of the dataset
   *[other] All { $n } events of the dataset
}
app-export-go = Export
app-export-busy = Something is being written: wait for it, or cancel it
app-export-written = { $n ->
    [one] One event written
   *[other] { $n } events written
}
app-export-done = Written, but not all of it
app-export-losses = What the format could not hold
app-export-fine = All right

app-changed = The files of this dataset have changed
app-changed-see = Reload: see what changed
app-changes-title = What has changed
app-changes-what = The files were read again and compared with what is open. Filters, window and view stay as they are.
app-changes-none = Nothing has changed
app-changes-changed = { $n } changed
app-changes-added = { $n } added
app-changes-removed = { $n } removed
app-changes-beside = Beside the events: { $name }
app-changes-table-head = the description of the dataset
app-changes-table-actors = { $n ->
    [one] 1 actor
   *[other] { $n } actors
}
app-changes-table-relations = { $n ->
    [one] 1 relation
   *[other] { $n } relations
}
app-changes-table-places = { $n ->
    [one] 1 place
   *[other] { $n } places
}
app-changes-table-sources = { $n ->
    [one] 1 source
   *[other] { $n } sources
}
app-changes-table-claims = { $n ->
    [one] 1 claim
   *[other] { $n } claims
}
app-changes-more = Show more ({ $n } left)
app-changes-choose = Choose it, to see it once the new one is taken over
app-changes-take = Take the new one
app-changes-keep = Keep the old one
app-changes-nothing = nothing
field-title = Title
field-summary = Summary
field-when = When
field-where = Where
field-precision = Precision
field-kind = Kind
field-tolls = Tolls
field-participants = Participants
field-side = Side
field-sources = Sources
field-flags = Warnings

app-failed-title = This dataset cannot be opened
app-failed-kept = What was open stays open.
app-errors-title = { $n ->
    [one] This dataset has one error
   *[other] This dataset has { $n } errors
}
app-errors-what = Nothing is replaced in silence: records that could not be read are left out, references that lead nowhere are shown as such.
app-errors-anyway = Open anyway
app-errors-keep = Keep what is open

app-documents-found = { $n ->
    [0] No document of this dataset was found there
    [one] One document found
   *[other] { $n } documents found
}
app-documents-title = Add documents
app-documents-what = A folder or file with the texts that the sources cite. They are recognised by their hash, wherever they lie.
app-no-more-events = There is nothing further on
app-nothing-to-fit = None of these events has a place on the map

app-help-title = Keyboard shortcuts
app-help-map = On the map: drag to pan, wheel to zoom, Shift-drag for a box, Shift-Alt-drag for a free outline (with Ctrl too they add to the selection), Ctrl-click to add an event.
app-help-time = On the timeline: wheel to zoom, drag to pan; drag the window or its handles; Alt while dragging does not snap.

app-about-version = Version { $name }
app-about-private = Works offline. No network connection is opened.
app-about-map = Map: Natural Earth (public domain). Place names © GeoNames (geonames.org), CC BY 4.0, modified. Boundaries do not imply endorsement.
app-about-licence = Program: MIT or Apache 2.0. Type: Noto (OFL 1.1). Icons: Phosphor (MIT).
app-about-data = Data: { $name }

app-tour-title = Welcome to Chronotope
app-tour-1 = The map shows the events of the window below. Shapes are kinds, colours are sides; rings and areas say how well a place is known.
app-tour-2 = Drag the window on the timeline or its handles, type its ends (2017-10), or press Space to play.
app-tour-3 = Click an event to read what is known, by whom, and from which source. Click an actor to follow it.
app-tour-4 = Point at your documents to read the cited passages, or open a dataset of your own. Nothing leaves this machine.
app-tour-start = Start
app-tour-documents = Add documents…
app-copied = Copied

app-report-columns = Columns…
app-columns-title = What the columns mean
app-columns-what = Choose what each column means. What the first rows become stands at the left; columns that mean nothing here are kept with the events.
app-columns-order = In the column { $column }, dates such as { $example } can be read both ways. Which comes first?
app-columns-day-first = The day (03/04 is 3 April)
app-columns-month-first = The month (03/04 is March 4)
app-columns-answer = Say first which comes first in its dates
app-columns-when = When
app-columns-where = Where
app-columns-role = Meaning of { $name }
app-columns-counts = Of the first { $read } rows, { $dated } have a date and { $placed } a place; { $skipped } cannot be kept.
app-columns-none = The columns of this format have one meaning, which cannot be changed
app-columns-more = { $n ->
    [one] One more column
   *[other] { $n } more columns
}
column-id = Id
column-title = Title
column-summary = Summary or notes
column-kind = What happened
column-date = Date
column-start = Began
column-end = Ended
column-year = Year
column-month = Month
column-day = Day
column-time = Time of day
column-epoch = Seconds since 1970
column-epoch-ms = Milliseconds since 1970
column-lat = Latitude
column-lon = Longitude
column-lat-lon = Latitude, longitude
column-lon-lat = Longitude, latitude
column-wkt = Well-known text
column-geometry = Geometry
column-precision = Precision
column-radius = Radius in metres
column-place = Name of the place
column-within = Region or country
column-actor = Who did it
column-target = Whom it was aimed at
column-source = Source
column-url = Address of the source
column-killed = People killed
column-wounded = People wounded
column-attribute = Other column
column-ignore = Leave out
