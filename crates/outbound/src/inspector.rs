//! What contents are, judged by how they begin: `infer` knows their marks, `mime_guess` the extensions of text.

use helpdesk_domain::attachment::port::{ContentInspector, Judgement};
use infer::MatcherType;

/// Knows contents by their marks.
#[derive(Clone, Copy, Debug, Default)]
pub struct Inspector;

/// How scripts begin that interpreters run by themselves.
const SCRIPTS: [&[u8]; 5] = [b"#!", b"<?php", b"<%@", b"@echo off", b"#requires"];

/// Office files are archives; their extension says which.
const PACKED: [&str; 2] = ["application/vnd.openxmlformats-", "application/vnd.oasis."];

impl ContentInspector for Inspector {
    fn judge(&self, name: &str, head: &[u8]) -> Judgement {
        if is_executable(head) {
            return Judgement::Executable;
        }
        let named = mime_guess::from_path(name).first();
        let named = named.as_ref().map_or("", |kind| kind.essence_str());
        let found = infer::get(head).map(|kind| kind.mime_type());
        if named.starts_with("image/") && found.is_some_and(is_no_picture) {
            return Judgement::Disguised;
        }
        Judgement::Fine(match found {
            Some("application/zip") if PACKED.iter().any(|packed| named.starts_with(packed)) => named.to_owned(),
            Some("text/xml") if named == "image/svg+xml" => named.to_owned(),
            Some(found) => found.to_owned(),
            None if !is_text(head) => "application/octet-stream".to_owned(),
            None if is_kind_of_text(named) => named.to_owned(),
            None => "text/plain".to_owned(),
        })
    }
}

/// Text is left alone: it is never shown as a picture.
fn is_no_picture(kind: &str) -> bool {
    !kind.starts_with("image/") && !kind.starts_with("text/")
}

fn is_executable(head: &[u8]) -> bool {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins = |mark: &&[u8]| text.len() >= mark.len() && text.iter().zip(mark.iter()).all(|(a, b)| a.eq_ignore_ascii_case(b));
    let is_app = infer::get(head).is_some_and(|kind| {
        (kind.matcher_type() == MatcherType::App && kind.mime_type() != "application/x-x509-ca-cert")
            || kind.mime_type() == "text/x-shellscript"
    });
    is_app || head.starts_with(b"\x7fELF") || SCRIPTS.iter().any(begins)
}

/// Whether it is UTF-8 without control characters, but perhaps cut within a character.
fn is_text(head: &[u8]) -> bool {
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(head.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default()
        }
        Err(_) => return false,
    };
    !text.contains(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}'))
}

fn is_kind_of_text(kind: &str) -> bool {
    kind.starts_with("text/") || matches!(kind, "application/json" | "application/xml" | "image/svg+xml" | "message/rfc822")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str, head: &[u8]) -> String {
        match Inspector.judge(name, head) {
            Judgement::Fine(kind) => kind,
            Judgement::Executable => "executable".to_owned(),
            Judgement::Disguised => "disguised".to_owned(),
        }
    }

    #[test]
    fn a_content_is_what_it_is_and_not_what_it_is_called() {
        assert_eq!(kind("a.txt", b"\x89PNG\r\n\x1a\n0000"), "image/png");
        assert_eq!(kind("a", b"PK\x03\x04...."), "application/zip");
        assert_eq!(kind("a.png", b"<html ><body></body>"), "text/html");
        assert_eq!(kind("a.png", b"hello"), "text/plain");
        assert_eq!(kind("a.pdf", b"\x00\x01\x02\x03"), "application/octet-stream");
        assert_eq!(kind("a", b"%PDF-1.7"), "application/pdf");
    }

    #[test]
    fn what_is_called_a_picture_and_is_known_for_something_else_is_disguised() {
        for head in [&b"PK\x03\x04...."[..], b"%PDF-1.7"] {
            assert_eq!(kind("a.png", head), "disguised", "{head:?}");
        }
        assert_eq!(kind("a.png", b"\xff\xd8\xff\xe0"), "image/jpeg");
    }

    #[test]
    fn kinds_of_text_are_told_apart_by_name() {
        assert_eq!(kind("a.csv", b"a,b\n1,2\n"), "text/csv");
        assert_eq!(kind("a.json", "{\"ü\": 1}".as_bytes()), "application/json");
        assert_eq!(kind("a.log", b"started"), "text/plain");
        assert_eq!(kind("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), "image/svg+xml");
        assert_eq!(kind("a.svg", b"<?xml version='1.0'?><svg/>"), "image/svg+xml");
    }

    #[test]
    fn text_that_is_cut_within_a_character_is_text() {
        assert_eq!(kind("a.txt", "grün".as_bytes().get(..3).unwrap()), "text/plain");
    }

    #[test]
    fn what_a_computer_would_run_is_executable_whatever_it_is_called() {
        let (elf, batch) = (b"\x7fELF\x02\x01\x01", b"@ECHO OFF\r\ndel *");
        for head in [&b"MZ\x90\x00"[..], elf, b"#!/bin/sh\nrm", b"\xef\xbb\xbf#!/usr/bin/env python", b" \n<?php echo 1;", batch]
        {
            assert_eq!(kind("holiday.png", head), "executable", "{head:?}");
        }
        assert_eq!(kind("a.wasm", b"\0asm\x01\0\0\0"), "executable");
    }
}
