//! Answers to a decision path for tests, in a line.

use crate::model::decision_path::{PathAnswer, PathReply};

/// Answers in short: `step+` yes, `step-` no, `step?` nobody knows, `step:a,b` yes with picks, `step~a` no with picks.
pub(crate) fn answers(text: &str) -> Vec<PathAnswer> {
    let answer = |word: &str| {
        let at = word.find(['+', '?', ':', '~']).unwrap_or(word.len() - 1);
        let (step, mark) = word.split_at(at);
        let answer = match &mark[..1] {
            "+" | ":" => PathReply::Yes,
            "-" | "~" => PathReply::No,
            "?" => PathReply::Unknown,
            other => panic!("`{other}` is no answer in `{word}`"),
        };
        let picks = mark[1..].split(',').filter(|pick| !pick.is_empty()).map(str::to_owned).collect();
        PathAnswer { step: step.to_owned(), answer, picks, reason: String::new() }
    };
    text.split_whitespace().map(answer).collect()
}
