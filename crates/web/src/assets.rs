//! Stylesheets and scripts: read from disk while developing, carried by a release. The address holds the content's hash,
//! so a browser keeps them for good.

use crate::locked;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../assets"]
struct Files;

const HTMX: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/htmx.min.js"));
/// All of `assets/css` in the order of its names, as one file.
const STYLE: &str = "style.css";

#[derive(Clone)]
pub struct Asset {
    pub bytes: Arc<[u8]>,
    /// First eight digits of its SHA-256.
    pub hash: String,
    read: Instant,
}

#[derive(Default)]
pub struct Assets {
    kept: Mutex<HashMap<String, Asset>>,
}

impl Assets {
    /// `style.css`, `htmx.js`, `js/zhiren.js`; while developing, looks at the disk again after a second.
    pub fn get(&self, name: &str) -> Option<Asset> {
        let fresh = |a: &&Asset| !cfg!(debug_assertions) || a.read.elapsed() < Duration::from_secs(1);
        let mut kept = locked(&self.kept);
        if let Some(asset) = kept.get(name).filter(fresh) {
            return Some(asset.clone());
        }
        let bytes = read(name)?;
        let hash = Sha256::digest(&bytes).iter().take(4).map(|b| format!("{b:02x}")).collect();
        let asset = Asset { bytes: bytes.into(), hash, read: Instant::now() };
        kept.insert(name.to_owned(), asset.clone());
        Some(asset)
    }

    /// The address of an asset, `/assets/style.css?v=1a2b3c4d`.
    pub fn address(&self, name: &str) -> String {
        match self.get(name) {
            Some(asset) => format!("/assets/{name}?v={}", asset.hash),
            None => format!("/assets/{name}"),
        }
    }
}

fn read(name: &str) -> Option<Vec<u8>> {
    match name {
        "htmx.js" => Some(HTMX.to_vec()),
        STYLE => {
            let mut names: Vec<_> = Files::iter().filter(|n| n.starts_with("css/")).collect();
            names.sort();
            Some(names.iter().filter_map(|n| Files::get(n)).flat_map(|f| f.data.into_owned()).collect())
        }
        other => Files::get(other).map(|f| f.data.into_owned()),
    }
}

#[derive(serde::Deserialize)]
pub struct Version {
    v: Option<String>,
}

pub async fn show(State(app): State<crate::Shared>, Path(name): Path<String>, Query(version): Query<Version>, headers: HeaderMap) -> Response {
    let Some(asset) = app.assets.get(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", asset.hash);
    if headers.get(header::IF_NONE_MATCH).is_some_and(|t| t.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kept = if version.v.as_deref() == Some(&asset.hash) { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => "application/octet-stream",
    };
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept), (header::ETAG, tag.as_str())];
    (headers, asset.bytes.to_vec()).into_response()
}
