//! Makes broken and odd texts out of good ones: what stands in brackets or quotes is moved, doubled, dropped and replaced.
//!
//! It knows no grammar but brackets, quotes and words, which RON and JSON share. The same seed gives the same texts.

use std::ops::Range;

/// A source of numbers that are the same for the same seed (SplitMix64).
pub struct Random(pub u64);

impl Random {
    /// The next number.
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).map_or(0, |number| number % end.max(1))
    }

    /// Whether one of `number` cases has come.
    pub fn one_in(&mut self, number: usize) -> bool {
        self.below(number) == 0
    }

    fn pick<'t, T: ?Sized>(&mut self, from: &[&'t T]) -> &'t T {
        from[self.below(from.len())]
    }
}

/// What a piece of a text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Quoted,
    Word,
    Number,
    Open,
    Close,
    Sign,
}

type Piece = (Kind, Range<usize>);

fn pieces(text: &str) -> Vec<Piece> {
    let bytes = text.as_bytes();
    let mut pieces = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let start = at;
        at += 1;
        let kind = match bytes[start] {
            b'"' => {
                while at < bytes.len() && bytes[at] != b'"' {
                    at += 1 + usize::from(bytes[at] == b'\\');
                }
                at = text.ceil_char_boundary((at + 1).min(bytes.len()));
                Kind::Quoted
            }
            b'(' | b'[' | b'{' => Kind::Open,
            b')' | b']' | b'}' => Kind::Close,
            byte if byte.is_ascii_whitespace() => continue,
            byte if byte.is_ascii_alphanumeric() || byte == b'-' || !byte.is_ascii() => {
                while at < bytes.len() && (bytes[at].is_ascii_alphanumeric() || b"_.+-".contains(&bytes[at])) {
                    at += 1;
                }
                at = text.ceil_char_boundary(at);
                if byte.is_ascii_digit() || byte == b'-' { Kind::Number } else { Kind::Word }
            }
            _ => Kind::Sign,
        };
        pieces.push((kind, start..at));
    }
    pieces
}

/// The ranges of balanced brackets with a name before and a comma after, as far as there are such.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut open = Vec::new();
    let mut blocks = Vec::new();
    let pieces = pieces(text);
    for (index, (kind, range)) in pieces.iter().enumerate() {
        match kind {
            Kind::Open => open.push(index),
            Kind::Close => {
                let Some(first) = open.pop() else { continue };
                let follows = pieces.get(index + 1).filter(|(_, next)| &text[next.clone()] == ",");
                let end = follows.map_or(range.end, |(_, next)| next.end);
                let is_named = first >= 2 && &text[pieces[first - 1].1.clone()] == ":";
                let start = if is_named { first - 2 } else { first };
                blocks.push(pieces[start].1.start..end);
            }
            Kind::Quoted | Kind::Word | Kind::Number | Kind::Sign => {}
        }
    }
    blocks
}

const NUMBERS: [&str; 22] = [
    "0",
    "1",
    "-1",
    "5",
    "6",
    "2",
    "3",
    "255",
    "256",
    "65535",
    "65536",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "1e400",
    "-0",
    "0.1",
    "1e-400",
    "0.005",
    "1000",
];

const DAYS: [&str; 14] = [
    "0000-01-01",
    "0001-01-01",
    "-0001-12-31",
    "1582-10-10",
    "1969-12-31",
    "2024-02-29",
    "2026-11-20",
    "2026-11-21",
    "2026-11-22",
    "9999-12-31",
    "+10000-01-01",
    "+262142-12-31",
    "-262143-01-01",
    "2026-02-30",
];

const TEXTS: [&str; 26] = [
    "",
    " ",
    "\\n",
    "\\t\\r",
    "\\u{0}",
    "\\u{202e}",
    "\\u202e",
    "\\u{feff}",
    "\\ud800",
    "\\ud83d\\ude00",
    "\\\\",
    "\\\"",
    "東京",
    "e\u{301}",
    "👩\u{200d}👩\u{200d}👧",
    "\u{200b}",
    "a\nb",
    "<script>",
    "|",
    "=1+1",
    "../..",
    "A.6.2.4",
    "4",
    "n/a",
    "https://example.com/a?b#c",
    "MIT OR Apache-2.0",
];

const WORDS: [&str; 12] =
    ["true", "false", "None", "Some(1)", "null", "Yes", "No", "Unknown", "Level(0)", "Level(5)", "()", "[]"];

fn is_day(quoted: &str) -> bool {
    quoted.len() >= 12 && quoted.as_bytes()[5] == b'-' && quoted.as_bytes()[8] == b'-'
}

/// A value that may stand where `old` of that kind stands.
fn other_value(random: &mut Random, kind: Kind, old: &str) -> String {
    match kind {
        Kind::Quoted if is_day(old) && !random.one_in(6) => format!("\"{}\"", random.pick(&DAYS)),
        Kind::Quoted => {
            let text = random.pick(&TEXTS);
            let times = if random.one_in(12) { 1 << random.below(15) } else { 1 };
            match random.below(3) {
                0 => format!("\"{}\"", text.repeat(times)),
                1 => format!("{}{}\"", &old[..old.len().saturating_sub(1)], text.repeat(times)),
                _ => format!("\"{text}{}", old.get(1..).unwrap_or_default()),
            }
        }
        Kind::Number => random.pick(&NUMBERS).to_owned(),
        Kind::Word => random.pick(&WORDS).to_owned(),
        Kind::Open | Kind::Close | Kind::Sign => {
            random.pick(&["(", ")", "[", "]", "{", "}", ",", ":", "\"", "r#\"", "/*", "//", "\\", ""]).to_owned()
        }
    }
}

/// Changes a text in ways that mostly leave it readable: values and blocks, never a bracket alone.
pub fn gentle(random: &mut Random, text: &str, others: &[&str]) -> String {
    match random.below(10) {
        0..=4 => {
            let pieces = pieces(text);
            let values: Vec<&Piece> =
                pieces.iter().filter(|(kind, _)| matches!(kind, Kind::Quoted | Kind::Word | Kind::Number)).collect();
            if values.is_empty() {
                return text.to_owned();
            }
            let (kind, range) = random.pick(&values);
            let new = match random.below(3) {
                // Some other value of the same kind, from here or from elsewhere.
                0 => like(random, *kind, text),
                1 => {
                    let other = random.pick(others);
                    like(random, *kind, other)
                }
                _ => Some(other_value(random, *kind, &text[range.clone()])),
            };
            replaced(text, range.clone(), &new.unwrap_or_default())
        }
        5 => with_block(random, text, |_, _| String::new()),
        6 => with_block(random, text, |_, block| format!("{block} {block}")),
        7 => with_block(random, text, |random, block| {
            let times = 2 << random.below(7);
            if block.len() * times > 60_000 { block.to_owned() } else { format!("{block} ").repeat(times) }
        }),
        8 => {
            let other = random.pick(others);
            let blocks = blocks(other);
            let Some(range) = (!blocks.is_empty()).then(|| blocks[random.below(blocks.len())].clone()) else {
                return text.to_owned();
            };
            let keeps = random.one_in(2);
            with_block(random, text, |_, block| match keeps {
                true => format!("{block} {}", &other[range]),
                false => other[range].to_owned(),
            })
        }
        _ => {
            let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
            let (a, b) = (random.below(lines.len()), random.below(lines.len()));
            match random.below(3) {
                0 if !lines.is_empty() => drop(lines.remove(a)),
                1 if !lines.is_empty() => lines.insert(b, lines[a]),
                _ if !lines.is_empty() => lines.swap(a, b),
                _ => {}
            }
            lines.concat()
        }
    }
}

/// Changes a text in ways that mostly break it.
fn wild(random: &mut Random, text: &str, others: &[&str]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    let at = random.below(bytes.len() + 1);
    match random.below(8) {
        0 => {
            for _ in 0..=random.below(4) {
                let at = random.below(bytes.len());
                if let Some(byte) = bytes.get_mut(at) {
                    *byte = if random.one_in(2) { *byte ^ (1 << random.below(8)) } else { random.next() as u8 };
                }
            }
        }
        1 => bytes.truncate(at),
        2 => {
            let other = random.pick(others).as_bytes();
            bytes.truncate(at);
            bytes.extend_from_slice(&other[random.below(other.len() + 1)..]);
        }
        3 => {
            let nest = random.pick(&["(", "[", "{", "[(", "Some(", "{\"a\":", "[[", "r#", "/*", "\"\\"]);
            let times = 1 << random.below(14);
            drop(bytes.splice(at..at, nest.repeat(times).into_bytes()));
        }
        4 => {
            let end = (at + 1 + random.below(40)).min(bytes.len());
            drop(bytes.drain(at.min(end)..end));
        }
        5 => {
            let end = (at + 1 + random.below(200)).min(bytes.len());
            let piece = bytes[at.min(end)..end].to_vec();
            let to = random.below(bytes.len() + 1);
            drop(bytes.splice(to..to, piece));
        }
        6 => {
            let pieces = pieces(text);
            if let Some((kind, range)) = (!pieces.is_empty()).then(|| pieces[random.below(pieces.len())].clone()) {
                let new = other_value(random, kind, &text[range.clone()]);
                return replaced(text, range, &new).into_bytes();
            }
        }
        _ => {
            let pieces = pieces(text);
            let (a, b) = (random.below(pieces.len()), random.below(pieces.len()));
            if a < b {
                let (first, second) = (pieces[a].1.clone(), pieces[b].1.clone());
                let swapped = replaced(text, second.clone(), &text[first.clone()]);
                return replaced(&swapped, first, &text[second]).into_bytes();
            }
        }
    }
    bytes
}

/// A value of that kind out of a text.
fn like(random: &mut Random, kind: Kind, text: &str) -> Option<String> {
    let of_kind: Vec<Piece> = pieces(text).into_iter().filter(|(other, _)| *other == kind).collect();
    (!of_kind.is_empty()).then(|| text[of_kind[random.below(of_kind.len())].1.clone()].to_owned())
}

fn with_block(random: &mut Random, text: &str, change: impl FnOnce(&mut Random, &str) -> String) -> String {
    let blocks = blocks(text);
    if blocks.is_empty() {
        return text.to_owned();
    }
    let range = blocks[random.below(blocks.len())].clone();
    let new = change(random, &text[range.clone()]);
    replaced(text, range, &new)
}

fn replaced(text: &str, range: Range<usize>, new: &str) -> String {
    [&text[..range.start], new, &text[range.end..]].concat()
}

/// One to eight changes, a quarter of the texts with one that mostly breaks them.
pub fn mutate(random: &mut Random, text: &str, others: &[&str]) -> Vec<u8> {
    let mut text = text.to_owned();
    for _ in 0..1 + random.below(4) * random.below(3) {
        text = gentle(random, &text, others);
    }
    if random.one_in(4) { wild(random, &text, others) } else { text.into_bytes() }
}
