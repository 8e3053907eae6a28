//! Characters that steer a terminal or hide in a line: they are taken out of every text and every error message.

/// Whether a character controls, reorders or hides text instead of showing something.
///
/// That is every control character but the newline, overrides of the writing direction, zero-width characters and tag
/// characters. The two joiners (U+200C, U+200D) are not among them: scripts and emoji need them in places.
pub fn is_hidden(c: char) -> bool {
    match c {
        '\n' => false,
        // Marks, overrides and isolates of the writing direction, and their deprecated relatives.
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => true,
        // Zero width: space, word joiner and invisible operators, byte order mark, interlinear annotation.
        '\u{200b}' | '\u{2060}'..='\u{2065}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' => true,
        // The soft hyphen and the Mongolian vowel separator show nothing either.
        '\u{ad}' | '\u{180e}' => true,
        // Tag characters spell invisible ASCII.
        '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}
