//! How cells and charts look. Colours only add to what words say already.

use rust_xlsxwriter::{ChartFormat, ChartLine, ChartSolidFill, Color, Format, FormatAlign, FormatBorder};

use crate::spreadsheet::book::{Cell, ChartKind, Entry, Value};

/// Dark blue: headings, and what could be shown.
const BLUE: Color = Color::RGB(0x1F_4E_79);
/// Green: the headings of what can be filled in.
const GREEN: Color = Color::RGB(0x2E_6B_3A);
/// Light yellow: cells to fill in.
const YELLOW: Color = Color::RGB(0xFF_FB_E6);
/// Light grey: lines between cells.
const GREY: Color = Color::RGB(0xC8_CC_D0);
/// Light blue: a second series beside the dark one.
const LIGHT_BLUE: Color = Color::RGB(0x9D_C3_E6);

/// What a cell is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Title,
    Heading,
    Text,
    /// The name of a field.
    Name,
    /// The heading of a column.
    Column,
    /// The heading of a column that can be filled in.
    OpenColumn,
    /// A cell of a table.
    Cell,
    /// A cell of a table that is to be filled in.
    OpenCell,
}

/// All that decides on the look of a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Look {
    style: Style,
    number: Option<&'static str>,
    is_strong: bool,
    is_unlocked: bool,
}

impl Look {
    /// A text in that style.
    pub(super) fn plain(style: Style) -> Look {
        Look { style, number: None, is_strong: false, is_unlocked: false }
    }

    /// A value in that style.
    pub(super) fn of(style: Style, value: &Value) -> Look {
        let number = match value {
            Value::Empty | Value::Text(_) => None,
            Value::Count(_) => Some("0"),
            Value::Tenths(_) => Some("0.0"),
            Value::Percent(_) => Some("0 %"),
            Value::Date(_) => Some(DAY),
        };
        Look { number, ..Look::plain(style) }
    }

    /// A cell of a table; on a locked sheet those to be filled in are coloured.
    pub(super) fn of_cell(cell: &Cell, is_sheet_locked: bool) -> Look {
        let is_unlocked = cell.entry.is_some();
        let style = if is_unlocked && is_sheet_locked { Style::OpenCell } else { Style::Cell };
        let look = Look { is_strong: cell.is_strong, is_unlocked, ..Look::of(style, &cell.value) };
        match &cell.entry {
            // As text, so that Excel takes nothing that is typed for a formula or a date.
            Some(Entry::Text) => Look { number: Some(TEXT), ..look },
            Some(Entry::Date) => Look { number: Some(DAY), ..look },
            Some(Entry::List(_)) | None => look,
        }
    }
}

/// What is typed is a text, whatever it looks like.
const TEXT: &str = "@";
/// How a day is shown: the same in every country.
const DAY: &str = "yyyy-mm-dd";

/// The format of a look.
pub(super) fn of(look: Look) -> Format {
    let base = Format::new().set_align(FormatAlign::Top).set_text_wrap();
    let lined = |format: Format| format.set_border(FormatBorder::Thin).set_border_color(GREY);
    let heading = |fill: Color| lined(base.clone()).set_bold().set_font_color(Color::White).set_background_color(fill);
    let format = match look.style {
        Style::Title => base.set_bold().set_font_size(16).set_font_color(BLUE),
        Style::Heading => base.set_bold().set_font_color(BLUE),
        Style::Text => base,
        Style::Name => base.set_bold(),
        Style::Column => heading(BLUE),
        Style::OpenColumn => heading(GREEN),
        Style::Cell => lined(base),
        Style::OpenCell => lined(base).set_background_color(YELLOW),
    };
    let format = if look.is_strong { format.set_bold() } else { format };
    let format = if look.is_unlocked { format.set_unlocked() } else { format };
    match look.number {
        Some(TEXT) => format.set_num_format(TEXT),
        // Above a table a value stands right behind its name.
        Some(number) if look.style == Style::Text => format.set_num_format(number).set_align(FormatAlign::Left),
        // A little off the line, so that no word of the next column sticks to the number.
        Some(number) => format.set_num_format(number).set_align(FormatAlign::Right).set_indent(1),
        None => format,
    }
}

/// The colours of verdicts, by the words that they start with.
pub(super) fn verdicts() -> [(&'static str, Format); 5] {
    let format =
        |text: u32, fill: u32| Format::new().set_font_color(Color::RGB(text)).set_background_color(Color::RGB(fill));
    [
        ("major gap", format(0x8A_10_10, 0xFB_DD_DD)),
        ("minor gap", format(0x6B_45_00, 0xFD_EB_CC)),
        ("undetermined", format(0x3A_3A_5C, 0xE6_E6_F2)),
        ("not shown", format(0x3A_3A_5C, 0xE6_E6_F2)),
        ("conforming", format(0x1B_53_27, 0xDD_F1_E0)),
    ]
}

/// The look of the series at that place of a chart.
pub(super) fn series(kind: ChartKind, place: usize) -> ChartFormat {
    let color = [BLUE, LIGHT_BLUE, GREEN][place % 3];
    let mut format = ChartFormat::new();
    match kind {
        ChartKind::Bars => format.set_solid_fill(ChartSolidFill::new().set_color(color)),
        ChartKind::Radar => format.set_line(ChartLine::new().set_color(color).set_width(2.25)),
    };
    format
}
