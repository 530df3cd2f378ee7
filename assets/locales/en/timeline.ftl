timeline-name = Timeline
timeline-help = Wheel zooms, Shift and wheel pans. Drag over the bars to set a window, drag the axis to pan, double-click the axis for all. Alt drags without snapping.

# Transport
timeline-first = First event
timeline-event-back = Previous event
timeline-step-back = Step back
timeline-play = Play
timeline-pause = Pause
timeline-step = Step forward
timeline-event = Next event
timeline-last = Last event
timeline-loop = Start over at the end
timeline-key = { $name } ({ $key })
timeline-key-shift = Shift
timeline-key-home = Home
timeline-key-end = End
timeline-key-space = Space

timeline-unit = Length of a step
timeline-unit-second = 1 second
timeline-unit-minute = 1 minute
timeline-unit-hour = 1 hour
timeline-unit-day = 1 day
timeline-unit-week = 1 week
timeline-unit-month = 1 month
timeline-unit-quarter = 1 quarter
timeline-unit-year = 1 year
timeline-unit-decade = 1 decade
timeline-unit-century = 1 century
timeline-unit-millennium = 1 millennium

timeline-speed = Speed in steps a second
timeline-speed-suffix = /s

timeline-mode = How the window moves
timeline-mode-slide = Window slides
timeline-mode-cumulative = Cumulative
timeline-mode-trailing = Trailing, fading

# View
timeline-group = Group the lanes by
timeline-group-kind = By kind
timeline-group-side = By side
timeline-group-source = By source

timeline-bins = Width of the histogram’s bars
timeline-bins-auto = Auto: { $name }
timeline-bins-fixed = Bars: { $name }
timeline-bin-second = second
timeline-bin-minute = minute
timeline-bin-hour = hour
timeline-bin-day = day
timeline-bin-week = week
timeline-bin-month = month
timeline-bin-quarter = quarter
timeline-bin-year = year
timeline-bin-decade = decade
timeline-bin-century = century
timeline-bin-millennium = millennium

# The window
timeline-from = Window from (EDTF)
timeline-from-help = Start of the window in EDTF: 2017, 2017-10, 2017-10-04. An interval such as 2014/2016 sets both ends; “..” has no limit.
timeline-to = Window to (EDTF)
timeline-to-help = End of the window in EDTF; it is inside. Empty: the window is what the start says. “..” has no limit.
timeline-dash = to
timeline-start-handle = Window start
timeline-end-handle = Window end
timeline-playhead = Playhead
timeline-all = All
timeline-all-help = Show all of time
timeline-fit-all = Fit the axis to all events
timeline-fit-window = Fit the axis to the window

timeline-certainly = Certainly only
timeline-certainly-help = Show only events that are certainly in the window
timeline-counts = { $certain } certainly · { $possible } possibly · { $all } in all

# In the picture
timeline-max = max { $name }
timeline-undated = { $n ->
    [one] { $n } without a date
   *[other] { $n } without a date
}
timeline-dense = { $n } events in sight. Zoom in to see each.
timeline-nothing = No event passes the filter.
timeline-nothing-here = No event in this stretch of time.
timeline-empty = No event has a date.
timeline-folded = { $n ->
    [one] { $n } more event begins here
   *[other] { $n } more events begin here
}
timeline-bin-events = { $certain } certainly · { $possible } possibly
timeline-bin-mass = ≈ { $name } when each date is spread evenly
timeline-no-place = No place
timeline-no-source = No source
timeline-group-count = { $n ->
    [one] { $n } event
   *[other] { $n } events
}
