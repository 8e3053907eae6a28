//! The notice that every report carries: what this is, and what it is not (scoring rule 3).

/// The notice in full, for the end of a report.
pub const NOTICE: &str = "This is a self-assessment in the tool's own words. Levels and grades are the tool's own; the \
    standard has neither. It is not the text of the standard, not a certification, not an internal audit in the sense of \
    9.2, and not legal advice. Whether evidence suffices is an auditor's judgement.";

/// The notice in one line, for the end of a drafted document.
pub const LINE: &str = "Drafted from a self-assessment in the tool's own words and levels: not the text of the standard, \
    not a certification, not an internal audit (9.2), not legal advice; whether evidence suffices is an auditor's \
    judgement.";
