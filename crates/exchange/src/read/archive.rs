//! A zip of many forms. Nothing is unpacked to disk; names are only shown.

use super::{Hands, one};
use crate::guard::Packed;
use crate::sniff::{Sniffed, extension, sniff, stem};
use crate::{Error, Result, guard};
use encoding_rs::GB18030;
use std::collections::HashMap;
use std::io::{Cursor, Read, Seek};
use zip::ZipArchive;

/// A workbook or picture inside an archive is held in memory. Bytes.
const ENTRY_BYTES: u64 = 128 << 20;

impl Hands<'_> {
    pub(super) fn archive<R: Read + Seek>(
        &mut self,
        name: &str,
        mut archive: ZipArchive<R>,
        packed: u64,
    ) -> Result<()> {
        let mut unpacked = 0;
        let names = entry_names(&mut archive);
        let pictures: HashMap<String, usize> = names
            .iter()
            .filter(|(_, n)| matches!(extension(n).as_str(), "pic" | "jpg" | "jpeg" | "png" | "bmp"))
            .map(|(index, n)| (stem(n).to_owned(), *index))
            .collect();
        let wanted: Vec<&(usize, String)> = names.iter().filter(|(_, n)| !super::folder::is_litter(n)).collect();
        let total = wanted.len() as u64;
        for (done, (index, entry_name)) in wanted.into_iter().enumerate() {
            let shown = format!("{name} › {entry_name}");
            self.tell(&shown, done as u64, Some(total));
            if pictures.get(stem(entry_name)) == Some(index) {
                continue;
            }
            if leaves_archive(entry_name) {
                self.reading.unread.push(Error::UnsafeName { name: shown });
                continue;
            }
            let read = unpack(&shown, &mut archive, *index, &mut unpacked, packed, self.options);
            let bytes = match read {
                Ok(bytes) => bytes,
                // What unpacks beyond measure stops the whole archive, a broken entry only itself.
                Err(error @ (Error::Bomb { .. } | Error::TooLarge { .. })) => return Err(error),
                Err(error) => {
                    self.reading.unread.push(error);
                    continue;
                }
            };
            let photo = match pictures.get(stem(entry_name)) {
                Some(picture) if extension(entry_name) == "lrm" => {
                    unpack(&shown, &mut archive, *picture, &mut unpacked, packed, self.options).ok()
                }
                _ => None,
            };
            let photo_name = pictures
                .get(stem(entry_name))
                .and_then(|p| names.iter().find(|(i, _)| i == p));
            let photo = photo.zip(photo_name).map(|(bytes, (_, n))| (n.as_str(), bytes));
            let result = self.entry(&shown, &bytes, photo);
            self.among_others(result)?;
        }
        Ok(())
    }

    fn entry(&mut self, shown: &str, bytes: &[u8], photo: super::NamedPhoto<'_>) -> Result<()> {
        let mut reader = Cursor::new(bytes);
        let kind = sniff(shown, &one::head(shown, &mut reader)?)?;
        if kind == Sniffed::Zip {
            match guard::packed(&guard::open(shown, Cursor::new(bytes), self.options)?) {
                Packed::Workbook => {}
                Packed::Document => return Err(Error::UnknownKind { name: shown.to_owned() }),
                Packed::Archive => return Err(Error::Nested { name: shown.to_owned() }),
            }
        }
        self.one(shown, kind, &mut reader, bytes.len() as u64, photo)
    }
}

/// Files of the archive by number, their names as the packer wrote them: UTF-8, else GBK.
fn entry_names<R: Read + Seek>(archive: &mut ZipArchive<R>) -> Vec<(usize, String)> {
    let mut names = Vec::new();
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(index) else {
            continue;
        };
        if entry.is_dir() {
            continue;
        }
        let raw = entry.name_raw();
        let name = match std::str::from_utf8(raw) {
            Ok(name) => name.to_owned(),
            Err(_) => GB18030.decode_without_bom_handling(raw).0.into_owned(),
        };
        names.push((index, crate::decode::clean(&name).0));
    }
    names
}

/// Would this name, unpacked, land outside its folder?
fn leaves_archive(name: &str) -> bool {
    let name = name.replace('\\', "/");
    name.starts_with('/') || name.split('/').any(|part| part == "..") || name.get(1..2) == Some(":")
}

fn unpack<R: Read + Seek>(
    shown: &str,
    archive: &mut ZipArchive<R>,
    index: usize,
    unpacked: &mut u64,
    packed: u64,
    options: &crate::Options,
) -> Result<Vec<u8>> {
    let entry = guard::entry(shown, archive, index)?;
    let mut bytes = Vec::new();
    let mut limited = entry.take(ENTRY_BYTES + 1);
    let mut buffer = vec![0_u8; 1 << 16];
    loop {
        let count = limited.read(&mut buffer).map_err(|_| guard::damaged(shown))?;
        if count == 0 {
            break;
        }
        *unpacked += count as u64;
        guard::over(shown, *unpacked, packed, options)?;
        bytes.extend_from_slice(buffer.get(..count).unwrap_or(&[]));
    }
    if bytes.len() as u64 > ENTRY_BYTES {
        let limit = format!("{} MB", ENTRY_BYTES >> 20);
        return Err(Error::TooLarge {
            name: shown.to_owned(),
            what: "压缩包里的一个文件",
            limit,
        });
    }
    Ok(bytes)
}
