//! What somebody else writes into a save while it is open, brought together with what is answered here: nothing of
//! either side is lost, and what collides becomes disputed.

use std::path::Path;

use crate::{
    merge::{NoteKind, merge},
    model::{assessment::Assessment, catalog::Catalog},
    store::Loaded,
};

/// Work of somebody else that was taken in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenIn {
    /// How many were taken in since the save was opened, this one included.
    pub number: u64,
    /// The state here with which it was brought together.
    pub ours: Assessment,
    /// The work of both.
    pub merged: Assessment,
    /// What happened, in a sentence.
    pub words: String,
}

/// What was taken in so far.
#[derive(Debug, Default)]
pub(super) struct Others {
    last: Option<TakenIn>,
}

impl Others {
    /// Brings two states together that grew from the same text of the save.
    ///
    /// # Errors
    /// Which of the two texts cannot be read, in a sentence.
    pub(super) fn take_in(
        &mut self,
        path: &Path,
        base: &[u8],
        ours: Option<&Assessment>,
        theirs: &[u8],
    ) -> Result<&TakenIn, String> {
        let base = read(path, base).map_err(|error| format!("what it held before cannot be read: {error}"))?;
        let theirs = read(path, theirs)?;
        let ours = ours.unwrap_or(&base);
        let merged = merge(&base, ours, &theirs);
        let words = words(path, merged.report.iter().map(|note| note.kind));
        Ok(self.keep(ours.clone(), merged.assessment, words))
    }

    /// A snapshot as it may be written: one that does not know yet what was taken in is brought together with that first.
    pub(super) fn caught_up(&mut self, snapshot: Assessment, knows: u64) -> (Assessment, Option<TakenIn>) {
        match &self.last {
            Some(last) if knows < last.number => {
                let merged = merge(&last.ours, &snapshot, &last.merged).assessment;
                let words = last.words.clone();
                let taken_in = self.keep(snapshot, merged, words).clone();
                (taken_in.merged.clone(), Some(taken_in))
            }
            Some(_) | None => (snapshot, None),
        }
    }

    fn keep(&mut self, ours: Assessment, merged: Assessment, words: String) -> &TakenIn {
        let number = self.last.as_ref().map_or(0, |last| last.number) + 1;
        self.last.insert(TakenIn { number, ours, merged, words })
    }
}

/// Reads a save whatever questions it answers: none is dropped, and none is judged here.
fn read(path: &Path, bytes: &[u8]) -> Result<Assessment, String> {
    let text = std::str::from_utf8(bytes).map_err(|_| "it is not valid UTF-8".to_owned())?;
    let loaded = Loaded::from_text(path, text.to_owned(), &Catalog::default());
    loaded
        .map(|loaded| loaded.assessment)
        .map_err(|problems| problems.first().map_or_else(|| "it cannot be read".to_owned(), ToString::to_string))
}

fn words(path: &Path, kinds: impl Iterator<Item = NoteKind>) -> String {
    let (mut taken, mut disputed) = (0, 0);
    for kind in kinds {
        match kind {
            NoteKind::Taken | NoteKind::Merged | NoteKind::Kept | NoteKind::Renamed => taken += 1,
            NoteKind::Disputed => disputed += 1,
        }
    }
    let path = path.display();
    match (taken, disputed) {
        (0, 0) => format!("{path} was written by another program; it says the same"),
        (taken, 0) => format!("{path} was changed by another program: {taken} taken over"),
        (taken, disputed) => {
            format!("{path} was changed by another program: {taken} taken over, {disputed} disputed, to be settled")
        }
    }
}
