//! What somebody else writes into a save while it is open, brought together with what is answered here: nothing of
//! either side is lost, and what collides becomes disputed.

use std::{collections::VecDeque, path::Path};

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

/// How many of the states that were written here are remembered, besides the first.
const REMEMBERED: usize = 30;

/// What was taken in so far, and what others may have started from.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// The edition of the questions that this program has.
    edition: String,
    last: Option<TakenIn>,
    /// Whether what others wrote last holds the work of both already.
    is_theirs: bool,
    /// States that the save was in while it is open here, the oldest first.
    earlier: VecDeque<Assessment>,
}

impl Others {
    /// Nothing yet, in a program with that edition of the questions.
    pub(super) fn of(edition: &str) -> Others {
        Others { edition: edition.to_owned(), ..Others::default() }
    }

    /// Remembers what the save held when it was opened.
    pub(super) fn start(&mut self, path: &Path, held: &[u8]) {
        // What cannot be read nobody can bring together with anything.
        self.earlier.extend(read(path, held));
    }

    /// Remembers a state that was written here: somebody may have it open elsewhere.
    pub(super) fn remember(&mut self, written: &Assessment) {
        self.earlier.push_back(written.clone());
        if self.earlier.len() > REMEMBERED {
            // The first one stays: an editor may have had it open all the time.
            self.earlier.remove(1);
        }
    }

    /// Brings the state here together with what somebody else wrote; `held` is what the save held before that. Who wrote it may
    /// have started from an earlier state. What was answered here since then is missing there, which does not mean that it
    /// was taken away. So it counts as a change of the state from which it differs least, of equals of the latest.
    ///
    /// # Errors
    /// Which of the two texts cannot be read, in a sentence.
    pub(super) fn take_in(
        &mut self,
        path: &Path,
        held: &[u8],
        ours: Option<&Assessment>,
        theirs: &[u8],
    ) -> Result<&TakenIn, String> {
        let held = read(path, held).map_err(|error| format!("what it held before cannot be read: {error}"))?;
        let theirs = read(path, theirs)?;
        let ours = ours.unwrap_or(&held);
        let candidates = self.earlier.iter().chain([&held]).rev();
        let base = candidates.min_by_key(|base| merge(base, base, &theirs).report.len()).unwrap_or(&held);
        let mut merged = merge(base, ours, &theirs);
        merged.state_edition(&self.edition, ours, &theirs);
        let is_theirs = merged.assessment == theirs;
        let words = words(path, merged.report.iter().map(|note| note.kind));
        let ours = ours.clone();
        self.is_theirs = is_theirs;
        Ok(self.keep(ours, merged.assessment, words))
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

    /// How many were taken in.
    pub(super) fn number(&self) -> u64 {
        self.last.as_ref().map_or(0, |last| last.number)
    }

    /// Whether what others wrote last holds the work of both already, so that nothing is left to write.
    pub(super) fn is_theirs(&self) -> bool {
        self.is_theirs
    }

    fn keep(&mut self, ours: Assessment, merged: Assessment, words: String) -> &TakenIn {
        let number = self.number() + 1;
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
            format!(
                "{path} was changed by another program: {taken} taken over, {disputed} disputed; d on the map settles them"
            )
        }
    }
}
