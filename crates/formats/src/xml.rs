//! Pull parsing of Office XML: local names, entities resolved, depth capped.

use crate::error::{Countable, ReadError};
use crate::limits;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};

/// What comes next. An empty element comes as `Start` and `End`.
pub enum Node {
    Start(Tag),
    End,
    Text(String),
    Eof,
}

/// An element's name without prefix, and its attributes by name without prefix.
pub struct Tag {
    pub name: String,
    /// By full name, prefix included.
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The attribute called `name` whatever its prefix.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key.rsplit(':').next() == Some(name))
            .map(|(_, value)| value.as_str())
    }

    /// The attribute `prefix:name`, where another prefix means something else.
    pub fn attribute(&self, prefix: &str, name: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|(key, _)| key.split_once(':') == Some((prefix, name)))
            .map(|(_, value)| value.as_str())
    }

    /// `val`, the attribute in which WordprocessingML keeps most values.
    pub fn val(&self) -> Option<&str> {
        self.get("val")
    }

    /// An on/off property: on unless `val` says otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.val(), Some("0" | "false" | "off" | "none"))
    }
}

/// A reader over one part of a document.
pub struct Xml<'a> {
    reader: quick_xml::Reader<&'a [u8]>,
    part: &'a str,
    depth: usize,
}

impl<'a> Xml<'a> {
    /// `part` names the text in errors.
    pub fn new(part: &'a str, text: &'a str) -> Self {
        let mut reader = quick_xml::Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml {
            reader,
            part,
            depth: 0,
        }
    }

    /// # Errors
    /// [`ReadError::Damaged`] for XML that is not well-formed or ends early, [`ReadError::TooMany`] when nested too deep,
    /// [`ReadError::Doctype`].
    pub fn next(&mut self) -> Result<Node, ReadError> {
        loop {
            let event = self.reader.read_event();
            let event = event.map_err(|error| self.damaged(&error))?;
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > limits::XML_DEPTH {
                        return Err(ReadError::TooMany {
                            what: Countable::XmlDepth,
                            limit: limits::XML_DEPTH,
                        });
                    }
                    Node::Start(self.tag(&start)?)
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(text) => {
                    Node::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned())
                }
                Event::CData(text) => {
                    Node::Text(text.xml_content(XmlVersion::Implicit1_0).into_owned())
                }
                Event::GeneralRef(name) => Node::Text(self.entity(&name)?),
                Event::Eof if self.depth > 0 => return Err(self.damaged(&"ends inside an element")),
                Event::Eof => Node::Eof,
                // Entities are declared there, among them those that grow without end; no word processor writes one.
                Event::DocType(_) => {
                    return Err(ReadError::Doctype {
                        part: self.part.to_owned(),
                    });
                }
                Event::Empty(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => continue,
            });
        }
    }

    /// Passes over the rest of the element whose `Start` was read last.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outside = self.depth.saturating_sub(1);
        while self.depth > outside {
            self.next()?;
        }
        Ok(())
    }

    fn tag(&self, start: &BytesStart<'_>) -> Result<Tag, ReadError> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| self.damaged(&error))?;
            let value = attribute
                .normalized_value(XmlVersion::Implicit1_0)
                .map_err(|error| self.damaged(&error))?
                .into_owned();
            attributes.push((attribute.key.as_ref().to_owned(), value));
        }
        Ok(Tag {
            name: start.local_name().as_ref().to_owned(),
            attributes,
        })
    }

    fn entity(&self, name: &str) -> Result<String, ReadError> {
        let escaped = format!("&{name};");
        quick_xml::escape::unescape(&escaped)
            .map(|text| text.into_owned())
            .map_err(|error| self.damaged(&error))
    }

    fn damaged(&self, error: &dyn std::fmt::Display) -> ReadError {
        ReadError::Damaged {
            part: self.part.to_owned(),
            detail: format!("at byte {}: {error}", self.reader.buffer_position()),
        }
    }
}
