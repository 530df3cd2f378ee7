//! Times of day.

use crate::model::time::{HOUR_MS, MINUTE_MS, SECOND_MS};

use super::{number, part};

/// Milliseconds from midnight UTC to a time of day, `14:30`, `14:30:05.25+02:00`.
pub(crate) fn clock(mut rest: &[u8]) -> Option<i64> {
    let hour = number(&mut rest, 2).filter(|h| *h < 24)?;
    let minute = part(&mut rest, b":").filter(|m| *m < 60)?;
    let mut second = 0;
    if rest.first() == Some(&b':') {
        second = part(&mut rest, b":").filter(|s| *s < 60)?;
        if matches!(rest.first(), Some(b'.' | b',')) {
            let digits = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
            rest = &rest[1 + digits..];
        }
    }
    let shift = match rest.trim_ascii_start() {
        b"" | b"Z" | b"UTC" | b"GMT" => 0,
        [sign @ (b'+' | b'-'), ..] => {
            rest = rest.trim_ascii_start();
            let hours = part(&mut rest, b"+-").filter(|h| *h < 15)?;
            let minutes = match rest {
                b"" => 0,
                [b':', ..] => part(&mut rest, b":")?,
                _ => number(&mut rest, 2)?,
            };
            if !rest.is_empty() || minutes > 59 {
                return None;
            }
            let size = hours * HOUR_MS + minutes * MINUTE_MS;
            if *sign == b'-' { -size } else { size }
        }
        _ => return None,
    };
    Some(hour * HOUR_MS + minute * MINUTE_MS + second * SECOND_MS - shift)
}

/// A time of day as people write it: `9:05`, `2:30 pm`, `14:30:00`, `14h30`.
pub(crate) fn loose_clock(text: &str) -> Option<i64> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let (body, afternoon) = if let Some(body) = lower.strip_suffix("pm") {
        (body.trim_end(), Some(true))
    } else if let Some(body) = lower.strip_suffix("am") {
        (body.trim_end(), Some(false))
    } else {
        (text, None)
    };
    let body = body.replacen('h', ":", 1);
    let padded = match body.find(':') {
        Some(1) => format!("0{body}"),
        _ => body,
    };
    let ms = clock(padded.as_bytes())?;
    match afternoon {
        Some(_) if !(HOUR_MS..13 * HOUR_MS).contains(&ms) => None,
        Some(true) if ms < 12 * HOUR_MS => Some(ms + 12 * HOUR_MS),
        Some(false) if ms >= 12 * HOUR_MS => Some(ms - 12 * HOUR_MS),
        None | Some(_) => Some(ms),
    }
}

/// Whether the text is a date with a time of day, and that is midnight, as it
/// stands: `00:00:00`, `12:00:00 AM`.
pub(crate) fn at_midnight(text: &str) -> Option<bool> {
    let colon = text.find(':')?;
    let begin = text[..colon].rfind([' ', 'T', ',', '\u{a0}'])?;
    let begin = begin + text[begin..].chars().next().map_or(1, char::len_utf8);
    let time = text[begin..].trim_end_matches('Z');
    let zeros = time.bytes().all(|b| matches!(b, b'0' | b':' | b'.'));
    Some(zeros || loose_clock(time) == Some(0))
}
