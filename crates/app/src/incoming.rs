//! Files that people bring: every kind that is read directly, old word-processing files through the office program.

use crate::error::{Error, Result};
use crate::gate::READERS;
use crate::ports::{Convert, ConvertError};
use domain::plan::Finding;
use domain::text::clean_line;
use formats::ReadError;

pub use formats::{Incoming, Note, Repair, Repaired};

/// Reads a document of any kind.
///
/// # Errors
/// [`Error::Invalid`] at the file's name: why it cannot be read and what to do.
pub fn read(office: &dyn Convert, file_name: &str, bytes: &[u8]) -> Result<Incoming> {
    read_by(office, file_name, bytes, formats::read_incoming)
}

/// As [`read`], by another reader of documents.
pub(crate) fn read_by<T>(
    office: &dyn Convert,
    file_name: &str,
    bytes: &[u8],
    reader: impl Fn(&str, &[u8]) -> std::result::Result<T, ReadError>,
) -> Result<T> {
    let refused = |message: String| Error::invalid(clean_line(file_name), message);
    let _inside = READERS.enter();
    match reader(file_name, bytes) {
        Err(error @ (ReadError::OldWord | ReadError::Rtf)) => {
            let docx = office.to_docx(bytes).map_err(|fault| match fault {
                ConvertError::Missing => refused(error.message()),
                fault => refused(fault.message()),
            })?;
            reader("converted.docx", &docx).map_err(|error| refused(error.message()))
        }
        read => read.map_err(|error| refused(error.message())),
    }
}

/// What the reader did, as findings of the plan that was read; about the whole document.
pub(crate) fn findings(notes: &[Note]) -> impl Iterator<Item = Finding> + '_ {
    notes.iter().map(|note| Finding {
        kind: note.finding(),
        message: note.message(),
        start: 0,
        end: 1,
    })
}

/// What was repaired in an old encoding, for a person to compare before the file is taken.
pub fn repair(notes: &[Note]) -> Option<&Repair> {
    notes.iter().find_map(|note| match note {
        Note::Legacy(repair) => Some(repair),
        _ => None,
    })
}
