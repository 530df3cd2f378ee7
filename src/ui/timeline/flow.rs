//! Lines of controls: as many as the width needs, the last group to the right.

use egui::{Align, Layout, Ui, vec2};

/// Height of a line of controls, in points.
pub(super) const LINE: f32 = 24.0;
/// Between groups.
const GAP: f32 = 12.0;

/// Controls that stay together on a line.
pub(super) struct Group<'a> {
    /// Their width in points.
    pub width: f32,
    /// Draws them.
    pub draw: Box<dyn FnOnce(&mut Ui) + 'a>,
}

impl<'a> Group<'a> {
    /// A group of a known width.
    pub(super) fn new(width: f32, draw: impl FnOnce(&mut Ui) + 'a) -> Self {
        Self {
            width,
            draw: Box::new(draw),
        }
    }
}

/// On which line each group goes, and the width that each line takes.
fn lines(widths: &[f32], available: f32) -> (Vec<usize>, Vec<f32>) {
    let mut used: Vec<f32> = Vec::new();
    let mut line_of = Vec::with_capacity(widths.len());
    for width in widths {
        match used.last_mut() {
            Some(used) if *used + GAP + width <= available => *used += GAP + width,
            _ => used.push(*width),
        }
        line_of.push(used.len() - 1);
    }
    (line_of, used)
}

/// Draws groups from left to right, on new lines where they do not fit, and
/// the last one at the right. `extra` is drawn before it, or at the end of
/// another line, if there is room without a further line.
pub(super) fn show<'a>(ui: &mut Ui, mut groups: Vec<Group<'a>>, mut extra: Option<Group<'a>>) {
    let available = ui.available_width();
    let widths: Vec<f32> = groups.iter().map(|g| g.width).collect();
    let (line_of, used) = lines(&widths, available);
    let last_line = used.len().saturating_sub(1);
    let extra_line = extra.as_ref().and_then(|e| {
        used.iter()
            .position(|used| used + GAP + e.width <= available)
    });
    let at_right = groups.pop();
    let mut left: Vec<(usize, Group<'a>)> = line_of.iter().copied().zip(groups).collect();
    left.reverse();
    let mut at_right = at_right;
    for line in 0..used.len() {
        let layout = Layout::left_to_right(Align::Center);
        ui.allocate_ui_with_layout(vec2(available, LINE), layout, |ui| {
            ui.spacing_mut().item_spacing.x = GAP;
            let start = ui.cursor().min.x;
            while let Some((_, group)) = left.pop_if(|(l, _)| *l == line) {
                put(ui, group);
            }
            let mut right: Vec<Group<'a>> = Vec::new();
            // What groups take is an estimate: the extra one is only put where
            // there is room in fact.
            let kept = at_right.as_ref().filter(|_| line == last_line);
            let room =
                start + available - ui.cursor().min.x - kept.map_or(0.0, |group| group.width + GAP);
            let fits = extra.as_ref().is_some_and(|group| group.width <= room);
            if fits && extra_line.is_some_and(|first| line >= first) {
                right.extend(extra.take());
            }
            if line == last_line {
                right.extend(at_right.take());
            }
            let wanted: f32 = right.iter().map(|g| g.width + GAP).sum::<f32>() - GAP;
            let free = start + available - ui.cursor().min.x - wanted;
            if !right.is_empty() && free > 0.0 {
                ui.add_space(free);
            }
            for group in right {
                put(ui, group);
            }
        });
    }
}

fn put(ui: &mut Ui, group: Group<'_>) {
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(vec2(group.width, LINE), layout, |ui| {
        ui.spacing_mut().item_spacing.x = 4.0;
        ui.spacing_mut().button_padding.y = 2.0;
        ui.set_min_width(group.width);
        (group.draw)(ui);
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_break_where_they_do_not_fit() {
        let (line_of, used) = lines(&[300.0, 300.0, 300.0], 700.0);
        assert_eq!(line_of, [0, 0, 1]);
        assert_eq!(used, [612.0, 300.0]);
        assert_eq!(lines(&[300.0, 300.0, 300.0], 924.0).1.len(), 1);
        assert_eq!(lines(&[300.0, 300.0, 300.0], 923.0).1.len(), 2);
        // Wider than the line: on one of its own, not lost.
        assert_eq!(lines(&[900.0, 10.0], 700.0).0, [0, 1]);
    }
}
