//! XML, read one element at a time: what a document type declares is not
//! expanded, and depth and size are bounded.

use std::io::{self, BufRead, BufReader, Read};

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::decode::{self, Replaced, Utf8};
use super::import::Input;
use super::kml::entity;

/// Deepest nesting that is read.
const DEEPEST: usize = 256;
/// Bytes of one element at most. Trade-off: the longest tracks take a
/// hundredth of it.
const LARGEST: u64 = 1 << 27;

/// What is wrong with the XML, and where.
#[derive(Debug)]
pub(super) struct XmlError {
    pub line: u64,
    pub what: String,
}

/// An element with what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without a prefix.
    pub name: String,
    /// Attributes by their names without prefixes.
    pub attributes: Vec<(String, String)>,
    /// The text directly in it.
    pub text: String,
    pub children: Vec<Element>,
    pub line: u64,
}

impl Element {
    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|c| c.name == name)
    }

    pub fn attribute(&self, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The text of a child; empty where there is none.
    pub fn text_of(&self, name: &str) -> &str {
        self.child(name).map_or("", |c| c.text.trim())
    }

    /// All text in it, at any depth, with blanks between.
    pub fn deep_text(&self) -> String {
        let mut words = Vec::new();
        let mut open = vec![self];
        while let Some(element) = open.pop() {
            words.extend(Some(element.text.trim()).filter(|t| !t.is_empty()));
            open.extend(element.children.iter().rev());
        }
        words.join(" ")
    }
}

/// What comes next.
pub(super) enum Piece {
    /// An element begins: its name and attributes.
    Start(Element),
    End,
    Over,
}

/// Counts lines, and stops at values without end.
struct Lines<R> {
    input: R,
    line: u64,
    read: u64,
    until: u64,
}

impl<R: BufRead> Read for Lines<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.fill_buf()?;
        let read = rest.read(buf)?;
        self.consume(read);
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Lines<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let rest = self.input.fill_buf()?;
        if self.read > self.until {
            let what = format!("one element takes more than {} MiB", LARGEST >> 20);
            return Err(io::Error::other(what));
        }
        // Lines are counted where they are consumed; one look at a time.
        Ok(rest)
    }

    fn consume(&mut self, bytes: usize) {
        if let Ok(rest) = self.input.fill_buf() {
            let passed = &rest[..bytes.min(rest.len())];
            self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
        }
        self.read += bytes as u64;
        self.input.consume(bytes);
    }
}

type Text = Utf8<Box<dyn Read + Send>>;

/// Reads a file of XML.
pub(super) struct Xml {
    reader: Reader<Lines<BufReader<Text>>>,
    buffer: Vec<u8>,
    depth: usize,
    /// Entities that are declared in the file were left as they are.
    pub entities: u64,
    pub replaced: Replaced,
}

impl Xml {
    pub fn new(input: Input) -> Self {
        let encoding = decode::of_xml(input.head());
        let (text, replaced) = Utf8::new(input.into_reader(), encoding);
        let mut reader = Reader::from_reader(Lines {
            input: BufReader::with_capacity(1 << 16, text),
            line: 1,
            read: 0,
            until: LARGEST,
        });
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            depth: 0,
            entities: 0,
            replaced,
        }
    }

    /// Bytes read so far.
    pub fn byte(&self) -> u64 {
        self.reader.get_ref().read
    }

    fn error(&self, what: impl Into<String>) -> XmlError {
        XmlError {
            line: self.reader.get_ref().line,
            what: what.into(),
        }
    }

    /// What comes next; text between elements is passed over.
    pub fn next(&mut self) -> Result<Piece, XmlError> {
        self.reader.get_mut().until = self.byte() + LARGEST;
        self.step(None)
    }

    /// The rest of an element that has begun.
    pub fn whole(&mut self, head: Element) -> Result<Element, XmlError> {
        self.reader.get_mut().until = self.byte() + LARGEST;
        let mut open = vec![head];
        loop {
            let text = open.last_mut().map(|e| &mut e.text);
            match self.step(text)? {
                Piece::Start(element) => open.push(element),
                Piece::End => {
                    let Some(done) = open.pop() else {
                        return Err(self.error("an element ends that did not begin"));
                    };
                    match open.last_mut() {
                        Some(parent) => parent.children.push(done),
                        None => return Ok(done),
                    }
                }
                Piece::Over => return Err(self.error("the file ends within an element")),
            }
        }
    }

    /// Passes over the rest of an element that has begun.
    pub fn skip(&mut self) -> Result<(), XmlError> {
        let depth = self.depth;
        loop {
            match self.next()? {
                Piece::End if self.depth < depth => return Ok(()),
                Piece::Over => return Err(self.error("the file ends within an element")),
                _ => {}
            }
        }
    }

    fn step(&mut self, mut text: Option<&mut String>) -> Result<Piece, XmlError> {
        loop {
            self.buffer.clear();
            let line = self.reader.get_ref().line;
            let event = match self.reader.read_event_into(&mut self.buffer) {
                Ok(event) => event,
                Err(e) => {
                    let what = e.to_string();
                    return Err(self.error(what));
                }
            };
            let mut add = |words: &str| {
                if let Some(text) = text.as_deref_mut() {
                    text.push_str(words);
                }
            };
            match event {
                Event::Start(start) | Event::Empty(start) => {
                    let element = head(&start, line);
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(
                            self.error(format!("elements are nested more than {DEEPEST} deep"))
                        );
                    }
                    return Ok(Piece::Start(element));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Piece::End);
                }
                Event::Text(words) => add(&words),
                Event::CData(words) => add(&words),
                Event::GeneralRef(name) => match entity(&name) {
                    Some(letter) => add(letter.encode_utf8(&mut [0; 4])),
                    None => {
                        self.entities += 1;
                        add(&format!("&{};", &*name));
                    }
                },
                Event::Eof if self.depth > 0 => {
                    return Err(self.error("the file ends within an element: it is truncated"));
                }
                Event::Eof => return Ok(Piece::Over),
                _ => {}
            }
        }
    }
}

fn head(start: &BytesStart<'_>, line: u64) -> Element {
    let mut attributes = start.attributes();
    let attributes = attributes.with_checks(false);
    let unescaped = |raw: &str| match quick_xml::escape::unescape(raw) {
        Ok(text) => text.into_owned(),
        Err(_) => raw.to_owned(),
    };
    Element {
        name: start.local_name().into_inner().to_owned(),
        attributes: attributes
            .filter_map(Result::ok)
            .map(|a| {
                (
                    a.key.local_name().into_inner().to_owned(),
                    unescaped(&a.value),
                )
            })
            .collect(),
        text: String::new(),
        children: Vec::new(),
        line,
    }
}
