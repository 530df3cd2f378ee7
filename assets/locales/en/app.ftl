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

app-open = Open dataset…
app-open-bundled = Open the bundled dataset
app-recent = Open recent
app-add-documents = Add documents…
app-problems = Problems of this dataset…
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
app-loading = Opening { $name } …

app-open-title = Open a dataset
app-open-what = A folder that holds dataset.json and events.geojson, or that folder zipped.
app-open-path = Path
app-open-browse = Browse…
app-open-go = Open
app-open-drop = You can also drop a folder or file onto the window.

app-failed-title = This dataset cannot be opened
app-failed-kept = What was open stays open.
app-errors-title = { $n ->
    [one] This dataset has one error
   *[other] This dataset has { $n } errors
}
app-errors-what = Nothing is replaced in silence: records that could not be read are left out, references that lead nowhere are shown as such.
app-errors-anyway = Open anyway
app-errors-keep = Keep what is open
app-problems-none = No problems were found in this dataset.

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
app-problems-found = { $n ->
    [one] One thing in this dataset deserves a look: File, Problems
   *[other] { $n } things in this dataset deserve a look: File, Problems
}
app-copied = Copied
