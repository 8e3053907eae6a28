//! From a book to its bytes: formats, widths, filters, frozen headings, what may be entered, print setup, charts.

mod format;
mod overflow;

use chrono::NaiveDate;
use rust_xlsxwriter::{
    Chart as XlsxChart, ChartAxisCrossing, ChartEmptyCells, ChartLegendPosition, ConditionalFormatText,
    ConditionalFormatTextRule, DataValidation, DataValidationRule, DocProperties, Format, ProtectionOptions, Workbook,
    Worksheet, XlsxError,
};

use crate::spreadsheet::{
    book::{Book, Chart, ChartKind, Entry, Sheet, TopLine, Value},
    write::{
        format::{Look, Style},
        overflow::Overflow,
    },
};

/// The file of a book.
pub(super) fn bytes(book: &Book) -> Vec<u8> {
    // What can go wrong while writing is a name or a size out of bounds, and every book keeps within them.
    write(book).expect("names are short and known, texts fit, and memory takes what is written")
}

fn write(book: &Book) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(book));
    let mut overflow = Overflow::default();
    for sheet in &book.sheets {
        write_sheet(workbook.add_worksheet(), sheet, &mut overflow)?;
    }
    if let Some(sheet) = overflow.sheet() {
        write_sheet(workbook.add_worksheet(), &sheet, &mut Overflow::default())?;
    }
    workbook.save_to_buffer()
}

/// The most characters of a property of a file that Excel shows.
const LONGEST_PROPERTY: usize = 255;

fn properties(book: &Book) -> DocProperties {
    let short =
        |text: &str| overflow::clean(text).replace('\n', " ").chars().take(LONGEST_PROPERTY).collect::<String>();
    DocProperties::new()
        .set_title(short(&book.title))
        .set_subject(short(&book.subject))
        .set_company(short(&book.company))
        .set_author("aimscope")
        .set_comment(short(&book.comment))
        .set_creation_datetime(&book.made_on)
}

fn write_sheet(worksheet: &mut Worksheet, sheet: &Sheet, overflow: &mut Overflow) -> Result<(), XlsxError> {
    worksheet.set_name(sheet.name)?;
    for (column, at) in sheet.columns.iter().zip(0_u16..) {
        worksheet.set_column_width(at, f64::from(column.width))?;
    }
    write_top(worksheet, sheet, overflow)?;
    if !sheet.columns.is_empty() {
        write_table(worksheet, sheet, overflow)?;
        allow_entries(worksheet, sheet)?;
        colour_verdicts(worksheet, sheet)?;
    }
    for chart in &sheet.charts {
        insert_chart(worksheet, sheet, chart)?;
    }
    if sheet.is_locked {
        worksheet.protect_with_options(&ProtectionOptions {
            format_columns: true,
            format_rows: true,
            use_autofilter: true,
            ..ProtectionOptions::new()
        });
    }
    set_up_print(worksheet, sheet)
}

/// A place on a sheet as the writer takes it.
fn row_number(row: usize) -> u32 {
    u32::try_from(row).expect("a sheet has far fewer rows than that")
}

/// The height of a line of text, in points.
const LINE_HEIGHT: f64 = 15.0;
/// The highest row that Excel shows, in points.
const HIGHEST_ROW: f64 = 409.0;

/// The lines above the table. Their cells reach over all columns, so their heights have to be said.
fn write_top(worksheet: &mut Worksheet, sheet: &Sheet, overflow: &mut Overflow) -> Result<(), XlsxError> {
    let widths: Vec<u16> = sheet.columns.iter().map(|column| column.width).collect();
    let last = u16::try_from(widths.len().saturating_sub(1)).expect("a sheet has few columns");
    let all: u16 = widths.iter().sum();
    let behind_first: u16 = widths.iter().skip(1).sum();
    for (row, line) in sheet.top.iter().enumerate() {
        let at = row_number(row);
        let (column, value, style, width) = match line {
            TopLine::Title(text) => (0, &Value::Text(text.clone()), Style::Title, all),
            TopLine::Heading(text) => (0, &Value::Text(text.clone()), Style::Heading, all),
            TopLine::Text(text) => (0, &Value::Text(text.clone()), Style::Text, all),
            TopLine::Field(name, cell) => {
                worksheet.write_string_with_format(at, 0, *name, &format::of(Look::plain(Style::Name)))?;
                (1, &cell.value, Style::Text, behind_first)
            }
        };
        let look = Look::of(style, value);
        if last > column {
            worksheet.merge_range(at, column, at, last, "", &format::of(look))?;
        }
        write_value(worksheet, sheet.name, row, usize::from(column), value, look, overflow)?;
        let scale = if style == Style::Title { 1.6 } else { 1.0 };
        worksheet.set_row_height(at, height(lines_of(value, width)) * scale)?;
    }
    Ok(())
}

/// About how many lines a value takes in that many characters.
fn lines_of(value: &Value, width: u16) -> usize {
    match value {
        Value::Text(text) => lines_of_text(text, width),
        Value::Empty | Value::Count(_) | Value::Tenths(_) | Value::Percent(_) | Value::Date(_) => 1,
    }
}

fn lines_of_text(text: &str, width: u16) -> usize {
    // The letters of a proportional font are not all as wide as the one by which Excel counts.
    let width = usize::from(width.saturating_sub(1).max(5));
    text.lines().map(|line| textwrap::wrap(line, width).len().max(1)).sum::<usize>().max(1)
}

/// The height of so many lines, in points. It is always said, since not every program measures rows by itself.
fn height(lines: usize) -> f64 {
    (lines as f64 * LINE_HEIGHT).min(HIGHEST_ROW)
}

fn write_table(worksheet: &mut Worksheet, sheet: &Sheet, overflow: &mut Overflow) -> Result<(), XlsxError> {
    let heading_row = sheet.heading_row();
    let at = row_number(heading_row);
    for (column, index) in sheet.columns.iter().zip(0_u16..) {
        let is_open = sheet.rows.iter().any(|row| row[usize::from(index)].entry.is_some());
        let style = if is_open { Style::OpenColumn } else { Style::Column };
        worksheet.write_string_with_format(at, index, column.heading.as_ref(), &format::of(Look::plain(style)))?;
    }
    // A heading leaves room for the arrow of its filter.
    let lines = sheet.columns.iter().map(|column| lines_of_text(&column.heading, column.width.saturating_sub(1)));
    worksheet.set_row_height(at, height(lines.max().unwrap_or(1)))?;
    for (row, cells) in sheet.rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let look = Look::of_cell(cell, sheet.is_locked);
            write_value(worksheet, sheet.name, heading_row + 1 + row, column, &cell.value, look, overflow)?;
        }
        let lines = cells.iter().zip(&sheet.columns).map(|(cell, column)| lines_of(&cell.value, column.width));
        worksheet.set_row_height(row_number(heading_row + 1 + row), height(lines.max().unwrap_or(1)))?;
    }
    let last = u16::try_from(sheet.columns.len() - 1).expect("a sheet has few columns");
    if sheet.has_filter {
        worksheet.autofilter(at, 0, row_number(heading_row + sheet.rows.len()), last)?;
    }
    worksheet.set_freeze_panes(at + 1, sheet.frozen_columns)?;
    if !sheet.is_one_page {
        worksheet.set_repeat_rows(at, at)?;
    }
    Ok(())
}

fn write_value(
    worksheet: &mut Worksheet,
    sheet: &'static str,
    row: usize,
    column: usize,
    value: &Value,
    look: Look,
    overflow: &mut Overflow,
) -> Result<(), XlsxError> {
    let (at, format) = (row_number(row), &format::of(look));
    let index = u16::try_from(column).expect("a sheet has few columns");
    match value {
        Value::Empty => worksheet.write_blank(at, index, format)?,
        Value::Text(text) => {
            let text = overflow.fit(text, sheet, row, column);
            write_text(worksheet, (at, index), &text, format)?
        }
        Value::Count(n) => worksheet.write_number_with_format(at, index, *n as f64, format)?,
        Value::Tenths(n) => worksheet.write_number_with_format(at, index, *n as f64 / 10.0, format)?,
        Value::Percent(n) => worksheet.write_number_with_format(at, index, *n as f64 / 100.0, format)?,
        // A date before the calendar of Excel begins stays legible as a text.
        Value::Date(day) if !is_excel_day(*day) => {
            worksheet.write_string_with_format(at, index, day.to_string(), format)?
        }
        Value::Date(day) => worksheet.write_datetime_with_format(at, index, day, format)?,
    };
    Ok(())
}

/// Writes a text as a text, whatever it looks like.
fn write_text<'a>(
    worksheet: &'a mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<&'a mut Worksheet, XlsxError> {
    let plain = Format::new();
    // The writer takes such a text for markup of its own and would not escape it; in two pieces it does.
    match text.strip_prefix('<') {
        Some(rest) if rest.starts_with("r>") && rest.ends_with("</r>") => {
            worksheet.write_rich_string_with_format(row, column, &[(&plain, "<"), (&plain, rest)], format)
        }
        Some(_) | None => worksheet.write_string_with_format(row, column, text, format),
    }
}

/// Whether a day can be kept as a date: Excel counts from 1900, with a leap day in that year that never was, to 9999.
fn is_excel_day(day: NaiveDate) -> bool {
    use chrono::Datelike as _;
    (1901..=9999).contains(&day.year())
}

/// Says for each run of cells under each other with the same entry what may be entered there.
fn allow_entries(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let first = sheet.heading_row() + 1;
    for index in 0..sheet.columns.len() {
        let column = u16::try_from(index).expect("a sheet has few columns");
        let mut row = first;
        for run in sheet.rows.chunk_by(|a, b| a[index].entry == b[index].entry) {
            if let Some(rule) = run[0][index].entry.as_ref().map(rule).transpose()?.flatten() {
                let last = row_number(row + run.len() - 1);
                worksheet.add_data_validation(row_number(row), column, last, column, &rule)?;
            }
            row += run.len();
        }
    }
    Ok(())
}

/// What Excel checks when something is entered; a text is not checked.
fn rule(entry: &Entry) -> Result<Option<DataValidation>, XlsxError> {
    let rule = match entry {
        Entry::Text => return Ok(None),
        Entry::Date => {
            let first = NaiveDate::from_ymd_opt(2000, 1, 1).expect("a day");
            let last = NaiveDate::from_ymd_opt(2200, 12, 31).expect("a day");
            DataValidation::new()
                .allow_date(DataValidationRule::Between(first, last))
                .set_error_title("Not a day")?
                .set_error_message("Enter a day of this century, or leave the cell empty.")?
        }
        Entry::List(words) => DataValidation::new()
            .allow_list_strings(words)?
            .set_error_title("Not in the list")?
            .set_error_message("Pick from the list, or leave the cell empty.")?,
    };
    Ok(Some(rule))
}

/// Colours verdicts by their words, so that the words alone say it too.
fn colour_verdicts(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let first = sheet.heading_row() + 1;
    let last = row_number(sheet.heading_row() + sheet.rows.len().max(1));
    for (index, _) in (0_u16..).zip(&sheet.columns).filter(|(_, column)| column.has_verdicts) {
        for (words, format) in format::verdicts() {
            let rule = ConditionalFormatText::new()
                .set_rule(ConditionalFormatTextRule::BeginsWith(words.to_owned()))
                .set_format(format);
            worksheet.add_conditional_format(row_number(first), index, last, index, &rule)?;
        }
    }
    Ok(())
}

/// A4 landscape, in as few pages beside each other as can still be read, with headings and frozen columns on every page.
fn set_up_print(worksheet: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    /// The number of A4 among the paper sizes of Excel.
    const A4: u8 = 9;
    /// The most characters that Excel takes in a footer; the rest of it is the page number.
    const LONGEST_FOOTER: usize = 180;
    /// Characters across a page of A4 that can still be read.
    const WIDEST_PAGE: u16 = 250;
    let width: u16 = sheet.columns.iter().map(|column| column.width).sum();
    let pages_across = if sheet.is_one_page { 1 } else { width.div_ceil(WIDEST_PAGE).max(1) };
    if sheet.frozen_columns > 0 {
        worksheet.set_repeat_columns(0, sheet.frozen_columns - 1)?;
    }
    // In a footer an ampersand starts a command.
    let footer: String = overflow::clean(&sheet.footer).replace('\n', " ").replace('&', "+");
    let footer: String = footer.chars().take(LONGEST_FOOTER).collect();
    worksheet
        .set_landscape()
        .set_paper_size(A4)
        .set_print_fit_to_pages(pages_across, u16::from(sheet.is_one_page))
        .set_margins(0.4, 0.4, 0.5, 0.7, 0.3, 0.3)
        .set_footer(format!("&L&8{footer} &R&8&A, page &P of &N"));
    Ok(())
}

/// The height of a chart in pixels.
const CHART_HEIGHT: u32 = 520;

/// Charts stand under the table, side by side.
fn insert_chart(worksheet: &mut Worksheet, sheet: &Sheet, chart: &Chart) -> Result<(), XlsxError> {
    let first = row_number(sheet.heading_row() + 1 + chart.rows.start);
    let last = row_number(sheet.heading_row() + chart.rows.end);
    let column = |index: usize| u16::try_from(index).expect("a sheet has few columns");
    let mut drawn = match chart.kind {
        ChartKind::Bars => XlsxChart::new_bar(),
        ChartKind::Radar => XlsxChart::new_radar(),
    };
    for (place, index) in chart.series.iter().enumerate() {
        drawn
            .add_series()
            .set_categories((sheet.name, first, column(chart.names), last, column(chart.names)))
            .set_values((sheet.name, first, column(*index), last, column(*index)))
            .set_name((sheet.name, row_number(sheet.heading_row()), column(*index)))
            .set_format(&mut format::series(chart.kind, place));
    }
    drawn.title().set_name(chart.title.as_str());
    drawn.legend().set_position(ChartLegendPosition::Bottom);
    let scale = match chart.kind {
        ChartKind::Bars => {
            // Of bars the first name would stand lowest, and with it turned around the scale would stand on top.
            drawn.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
            drawn.x_axis()
        }
        ChartKind::Radar => drawn.y_axis(),
    };
    scale.set_min(0.0).set_max(f64::from(chart.highest)).set_major_unit(1.0).set_num_format("0");
    drawn.show_empty_cells_as(ChartEmptyCells::Gaps);
    drawn.set_width(chart.width).set_height(CHART_HEIGHT).set_alt_text(chart.description.as_str());
    worksheet.insert_chart(row_number(sheet.heading_row() + sheet.rows.len() + 2), chart.at_column, &drawn)?;
    Ok(())
}
