//! Caps for what one file may cost: hostile files are refused, ordinary ones never come near.

/// Bytes of an uploaded file.
pub const FILE_BYTES: usize = 20 * 1024 * 1024;
/// Entries of a zip container.
pub const ZIP_ENTRIES: usize = 1_000;
/// Expanded bytes of one zip entry.
pub const ENTRY_BYTES: u64 = 64 * 1024 * 1024;
/// Expanded bytes of all entries that are read from one container.
pub const EXPANDED_BYTES: u64 = 128 * 1024 * 1024;
/// Expanded to compressed bytes; Office XML rarely passes 30.
pub const EXPANSION_RATIO: u64 = 200;
/// Entries smaller than this may have any ratio.
pub const RATIO_FREE_BYTES: u64 = 1024 * 1024;
/// Nested XML elements.
pub const XML_DEPTH: usize = 100;
/// Nested HTML elements; pages leave many unclosed.
pub const HTML_DEPTH: usize = 2_000;
/// Blocks of a document, cells of its tables included.
pub const BLOCKS: usize = 50_000;
/// Characters of a document: a thousand pages and a half.
pub const CHARACTERS: usize = 3_000_000;
/// Pieces of text with a look of their own in one document.
pub const PIECES: usize = 1_000_000;
/// Pages of a PDF.
pub const PDF_PAGES: usize = 500;
/// Expanded bytes of one stream of a PDF that is read; pictures are not.
pub const PDF_STREAM_BYTES: u64 = 32 * 1024 * 1024;
/// Glyphs of a PDF.
pub const PDF_GLYPHS: usize = 5_000_000;
/// Nested form objects of a PDF page.
pub const PDF_FORM_DEPTH: usize = 8;
/// Rows of a table.
pub const TABLE_ROWS: usize = 200_000;
/// Cells of a table, the empty ones within its width included.
pub const TABLE_CELLS: usize = 5_000_000;
/// Text of a table, where each cell that shows a shared text counts.
pub const TABLE_BYTES: usize = 64 * 1024 * 1024;
/// Columns of a table.
pub const TABLE_COLUMNS: usize = 500;
/// Files attached to one e-mail.
pub const ATTACHMENTS: usize = 200;
/// E-mails of one mailbox.
pub const MAILS: usize = 2_000;
