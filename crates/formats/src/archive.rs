//! A zip container whose entries are read within the caps.

use crate::error::{Countable, ReadError};
use crate::limits;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A container with a budget for everything that is expanded from it.
pub struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    budget: u64,
}

impl<'a> Archive<'a> {
    /// # Errors
    /// [`ReadError::Damaged`] when the directory cannot be read, [`ReadError::TooMany`] for too many entries,
    /// [`ReadError::Bomb`] when the sizes that it declares pass the caps.
    pub fn open(bytes: &'a [u8]) -> Result<Self, ReadError> {
        let mut zip =
            ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged("zip", &error))?;
        if zip.len() > limits::ZIP_ENTRIES {
            return Err(ReadError::TooMany {
                what: Countable::ZipEntries,
                limit: limits::ZIP_ENTRIES,
            });
        }
        let mut declared = 0_u64;
        for index in 0..zip.len() {
            let entry = zip
                .by_index_raw(index)
                .map_err(|error| damaged("zip", &error))?;
            declared = declared.saturating_add(entry.size());
            let name = String::from_utf8_lossy(entry.name_raw()).into_owned();
            let packed = entry.compressed_size().max(1);
            let inflated = entry.size() > limits::RATIO_FREE_BYTES
                && entry.size() / packed > limits::EXPANSION_RATIO;
            if inflated || declared > limits::EXPANDED_BYTES {
                return Err(ReadError::Bomb { part: name });
            }
        }
        Ok(Archive {
            zip,
            budget: limits::EXPANDED_BYTES,
        })
    }

    pub fn has(&self, name: &str) -> bool {
        self.zip.index_for_name(name).is_some()
    }

    /// Whether any entry's name begins with `folder`.
    pub fn has_below(&self, folder: &str) -> bool {
        self.zip
            .file_names()
            .flatten()
            .any(|name| name.starts_with(folder))
    }

    /// Whether an OpenDocument is under a password: its manifest says how entries are encrypted.
    ///
    /// # Errors
    /// As [`Archive::read`].
    pub fn is_encrypted_odf(&mut self) -> Result<bool, ReadError> {
        let manifest = self.read("META-INF/manifest.xml")?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&manifest).contains("encryption-data"))
    }

    /// The entry's expanded bytes; `None` when there is no such entry. The declared size is not believed.
    ///
    /// # Errors
    /// [`ReadError::Damaged`] for broken data, [`ReadError::Bomb`] for more bytes than allowed.
    pub fn read(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.zip.index_for_name(name) else {
            return Ok(None);
        };
        let entry = self
            .zip
            .by_index(index)
            .map_err(|error| damaged(name, &error))?;
        let ratio_cap = entry
            .compressed_size()
            .saturating_mul(limits::EXPANSION_RATIO)
            .max(limits::RATIO_FREE_BYTES);
        let cap = limits::ENTRY_BYTES.min(self.budget).min(ratio_cap);
        let mut bytes = Vec::new();
        entry
            .take(cap + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| damaged(name, &error))?;
        let read = bytes.len() as u64;
        if read > cap {
            return Err(ReadError::Bomb {
                part: name.to_owned(),
            });
        }
        self.budget -= read;
        Ok(Some(bytes))
    }

    /// Expands every entry within the caps and throws it away, before the bytes go to a library that has none.
    ///
    /// # Errors
    /// As [`Archive::read`].
    pub fn verify(&mut self) -> Result<(), ReadError> {
        let names: Vec<String> = self
            .zip
            .file_names()
            .flatten()
            .filter(|name| !name.ends_with('/'))
            .map(|name| name.into_owned())
            .collect();
        names.iter().try_for_each(|name| self.read(name).map(drop))
    }

    /// As [`Archive::read`], decoded as UTF-8 (the encoding of every Office writer in use).
    ///
    /// # Errors
    /// As [`Archive::read`], and [`ReadError::Damaged`] for text that is not UTF-8.
    pub fn read_text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        match self.read(name)? {
            None => Ok(None),
            Some(bytes) => String::from_utf8(bytes)
                .map(Some)
                .map_err(|error| damaged(name, &error)),
        }
    }
}

fn damaged(part: &str, error: &dyn std::fmt::Display) -> ReadError {
    ReadError::Damaged {
        part: part.to_owned(),
        detail: error.to_string(),
    }
}
