//! Three states of an assessment in, one out: what two people did to the same base, with nothing lost.
//!
//! One side changed something: it is taken. Both did, and differently: texts and lists hold what both say; a level, a check or
//! an exclusion becomes disputed and counts as the worse (scoring rule 2); any other value is kept beside the other as a
//! collision. The result is the same whoever merges whose work into whose, and in which order. Only the notes tell sides apart.
//!
//! It serves the git driver, changes of the file from outside, and imports; they read and print, this part only merges.

pub mod dispute;
mod ids;
mod schema;
mod tree;
mod values;
mod walk;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

use std::fmt;

pub(crate) use schema::is_line;

use crate::{
    merge::{tree::Side, walk::Walk},
    model::{assessment::Assessment, collision::Place},
};

/// What came out of a merge.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// The work of both.
    pub assessment: Assessment,
    /// What happened to what the other side did, in the order of the assessment.
    pub report: Vec<Note>,
}

impl Merged {
    /// States an edition of the questions under which the result opens in a program that has the edition `known`. Where the
    /// sides were written under two, it is one that is not the program's own: under that, questions that the program does not
    /// know are kept rather than refused.
    pub fn state_edition(&mut self, known: &str, ours: &Assessment, theirs: &Assessment) {
        let others = [ours, theirs].into_iter().map(|side| &side.catalog).filter(|edition| *edition != known);
        if let Some(other) = others.max() {
            self.assessment.catalog.clone_from(other);
        }
    }

    /// Whether anything waits to be settled, from this merge or from before.
    pub fn is_disputed(&self) -> bool {
        !self.assessment.disputed_places().is_empty()
    }

    /// What of the report collided in this merge.
    pub fn collided(&self) -> impl Iterator<Item = &Note> {
        self.report.iter().filter(|note| note.kind == NoteKind::Disputed)
    }
}

/// What happened in one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// What kind of thing happened.
    pub kind: NoteKind,
    /// Where.
    pub place: Place,
    /// What, as the end of a sentence that begins with the place.
    pub words: String,
}

/// What can happen in a merge. What only this side did is not noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum NoteKind {
    /// Only the other side changed it, and its state was taken.
    Taken,
    /// Both changed it, and both are in it.
    Merged,
    /// One side removed it and the other changed it, so that it stays.
    Kept,
    /// Both made something new under the same id, and one of them got another.
    Renamed,
    /// Both changed it to different values, which are kept until somebody settles it.
    Disputed,
}

impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place, self.words)
    }
}

/// Merges what two sides made of the same base. Where there is no base, a new assessment of the same name will do.
pub fn merge(base: &Assessment, ours: &Assessment, theirs: &Assessment) -> Merged {
    let base_side = Side::of(base);
    let (mut our_side, mut their_side) = (Side::of(ours), Side::of(theirs));
    let mut report = ids::separate(&base_side, &mut our_side, &mut their_side);
    let (merged, notes) = Walk::through(&base_side, &our_side, &their_side);
    report.extend(notes);
    // A side without changes is taken as it is, to the last order of a list.
    let assessment = if ours == theirs || base == theirs {
        ours.clone()
    } else if base == ours {
        theirs.clone()
    } else {
        merged.into_assessment()
    };
    Merged { assessment, report }
}
