//! Tables as word processors write them: data tables, and tables that only place text side by side (the head, recipients and signature).

use domain::doc::{Block, Cell, Paragraph, Table};
use domain::text::fold;

/// Longest text, in bytes, that a cell merged over rows repeats in each of them.
const REPEATED: usize = 600;

/// A table as it was read, before it is decided what it is.
#[derive(Debug, Default)]
pub struct RawTable {
    pub widths: Vec<u32>,
    pub rows: Vec<RawRow>,
    /// A border is drawn somewhere, or a table style (which may draw one) is named.
    pub bordered: bool,
}

#[derive(Debug, Default)]
pub struct RawRow {
    pub header: bool,
    pub cells: Vec<RawCell>,
}

#[derive(Debug, Default)]
pub struct RawCell {
    /// Columns that it takes, at least 1.
    pub span: usize,
    /// Merged with the cell above it.
    pub continues: bool,
    pub blocks: Vec<Block>,
}

impl RawTable {
    /// The blocks that stand for the table in reading order.
    /// `keeps_bordered`: whatever has borders is a table of data.
    pub fn into_blocks(self, keeps_bordered: bool) -> Vec<Block> {
        if !(keeps_bordered && self.bordered) && self.is_layout() {
            self.into_columns()
        } else {
            self.into_table().into_iter().collect()
        }
    }

    fn columns(&self) -> usize {
        self.rows
            .iter()
            .map(|row| row.cells.iter().map(|cell| cell.span).sum())
            .max()
            .unwrap_or(0)
    }

    /// Few cells without borders, or the texts that only a head or an end has.
    fn is_layout(&self) -> bool {
        let columns = self
            .rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0);
        if columns == 1 && self.rows.len() == 1 {
            return true;
        }
        if columns > 3 || self.rows.len() > 8 {
            return false;
        }
        let marked = self
            .rows
            .iter()
            .flat_map(|row| &row.cells)
            .flat_map(|cell| &cell.blocks)
            .any(is_layout_text);
        marked || (!self.bordered && columns <= 2 && self.rows.len() <= 3)
    }

    /// Column after column, so that the recipients come before the signer.
    fn into_columns(self) -> Vec<Block> {
        let columns = self
            .rows
            .iter()
            .map(|row| row.cells.len())
            .max()
            .unwrap_or(0);
        let mut by_column: Vec<Vec<Block>> = (0..columns).map(|_| Vec::new()).collect();
        for row in self.rows {
            for (index, cell) in row.cells.into_iter().enumerate() {
                by_column[index].extend(cell.blocks);
            }
        }
        by_column.into_iter().flatten().collect()
    }

    fn into_table(self) -> Option<Block> {
        let columns = self.columns();
        let header_rows = self.rows.iter().take_while(|row| row.header).count();
        let mut widths = self.widths;
        if widths.len() != columns || widths.contains(&0) {
            widths.clear();
        }
        let mut rows: Vec<Vec<Cell>> = Vec::with_capacity(self.rows.len());
        for row in self.rows {
            let mut cells = Vec::with_capacity(columns);
            for cell in row.cells {
                let above = rows
                    .last()
                    .filter(|_| cell.continues && rows.len() > 1)
                    .and_then(|above| above.get(cells.len()));
                cells.push(match above {
                    Some(above) => repeated(above),
                    None => Cell {
                        paragraphs: paragraphs(cell.blocks),
                    },
                });
                cells.extend((1..cell.span).map(|_| Cell::default()));
            }
            cells.resize_with(columns, Cell::default);
            rows.push(cells);
        }
        let blank = rows.iter().flatten().all(|cell| cell.paragraphs.is_empty());
        (!blank).then_some(Block::Table(Table {
            header_rows,
            widths,
            rows,
        }))
    }
}

/// What a cell that is merged over several rows says in each row below its first: a name or a day holds for every one
/// of them; a long text is not written twice. Head cells stay alone, or their second row would read as data.
fn repeated(above: &Cell) -> Cell {
    let length: usize = above
        .paragraphs
        .iter()
        .flat_map(|paragraph| &paragraph.runs)
        .map(|run| run.text.len())
        .sum();
    if length <= REPEATED {
        above.clone()
    } else {
        Cell::default()
    }
}

/// A cell holds paragraphs only: headings lose their rank, the rows of a table within become lines.
fn paragraphs(blocks: Vec<Block>) -> Vec<Paragraph> {
    blocks
        .into_iter()
        .flat_map(|block| match block {
            Block::Paragraph(paragraph) => vec![paragraph],
            Block::Heading { runs, .. } => vec![Paragraph {
                runs,
                ..Paragraph::default()
            }],
            Block::Table(_) => block.text().lines().map(Paragraph::plain).collect(),
            Block::PageBreak => Vec::new(),
        })
        .collect()
}

pub fn is_layout_text(block: &Block) -> bool {
    let text = fold(&block.text());
    [
        "noi nhan",
        "dang cong san viet nam",
        "cong hoa xa hoi chu nghia",
    ]
    .iter()
    .any(|begin| text.starts_with(begin))
        || ["T/M ", "TM. ", "K/T ", "KT. ", "T/L ", "TL. "]
            .iter()
            .any(|begin| block.text().starts_with(begin))
}
