//! A provider of logins (OpenID Connect) on loopback: real signatures, real PKCE, and a way to lie on purpose.

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use openidconnect::core::{CoreJwsSigningAlgorithm, CoreRsaPrivateSigningKey};
use openidconnect::{JsonWebKeyId, PrivateSigningKey};
use p256::ecdsa::signature::Signer;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use vocabulary::Clock;

pub const CLIENT: &str = "zhiren";
pub const SECRET: &str = "between-us";

/// How the next token is made.
#[derive(Clone, Debug)]
pub struct Next {
    pub algorithm: &'static str,
    /// Claims in place of the right ones.
    pub lies: Value,
    /// Signed by a key that nobody published.
    pub stolen: bool,
    /// What its head says it is; a login's own when empty.
    pub typ: Option<&'static str>,
    /// Its head names the key to check it with.
    pub brings_key: bool,
}

impl Default for Next {
    fn default() -> Next {
        Next { algorithm: "RS256", lies: json!({}), stolen: false, typ: None, brings_key: false }
    }
}

struct Inner {
    address: String,
    /// What each code was given for: challenge, nonce, subject.
    codes: Mutex<HashMap<String, (String, String, String)>>,
    next: Mutex<Next>,
    /// The name that its description gives.
    claimed: Mutex<Option<String>>,
    right: CoreRsaPrivateSigningKey,
    other: CoreRsaPrivateSigningKey,
    curve: p256::ecdsa::SigningKey,
}

#[derive(Clone)]
pub struct Provider(Arc<Inner>);

impl Provider {
    pub async fn start() -> Provider {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let key = |pem, id: &str| CoreRsaPrivateSigningKey::from_pem(pem, Some(JsonWebKeyId::new(id.into()))).unwrap();
        let provider = Provider(Arc::new(Inner {
            address: format!("http://{}", listener.local_addr().unwrap()),
            codes: Mutex::default(),
            next: Mutex::default(),
            claimed: Mutex::default(),
            right: key(include_str!("key.pem"), "rsa"),
            other: key(include_str!("other.pem"), "rsa"),
            curve: p256::ecdsa::SigningKey::from_slice(&[7; 32]).unwrap(),
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(about))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .with_state(provider.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        provider
    }
    pub fn address(&self) -> String {
        self.0.address.clone()
    }
    pub fn next(&self, next: Next) {
        *self.0.next.lock().unwrap() = next;
    }
    /// Its description names this issuer.
    pub fn claim(&self, issuer: &str) {
        *self.0.claimed.lock().unwrap() = Some(issuer.into());
    }
    /// Somebody logs in there: the code that their browser brings back.
    pub fn code(&self, challenge: &str, nonce: &str, subject: &str) -> String {
        let mut codes = self.0.codes.lock().unwrap();
        let code = format!("code-{}", codes.len() + 1);
        codes.insert(code.clone(), (challenge.into(), nonce.into(), subject.into()));
        code
    }
}

async fn about(State(p): State<Provider>) -> Json<Value> {
    let at = |path: &str| format!("{}{path}", p.0.address);
    let issuer = p.0.claimed.lock().unwrap().clone().unwrap_or_else(|| p.0.address.clone());
    Json(json!({
        "issuer": issuer, "authorization_endpoint": at("/authorize"), "token_endpoint": at("/token"), "jwks_uri": at("/keys"),
        "response_types_supported": ["code"], "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["RS256", "ES256"],
    }))
}

async fn keys(State(p): State<Provider>) -> Json<Value> {
    let mut rsa = serde_json::to_value(p.0.right.as_verification_key()).unwrap();
    rsa["alg"] = "RS256".into();
    let point = p.0.curve.verifying_key().to_sec1_point(false);
    let curve = json!({ "kty": "EC", "crv": "P-256", "kid": "curve", "use": "sig", "alg": "ES256", "x": base64(point.x().unwrap()), "y": base64(point.y().unwrap()) });
    Json(json!({ "keys": [rsa, curve] }))
}

async fn token(State(p): State<Provider>, headers: HeaderMap, Form(form): Form<HashMap<String, String>>) -> Response {
    let refuse = |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    let told = headers.get("authorization").and_then(|v| v.to_str().ok()).unwrap_or_default();
    if told != format!("Basic {}", base64_padded(format!("{CLIENT}:{SECRET}").as_bytes())) {
        return refuse("invalid_client");
    }
    // A code is good once, and for whoever began with its challenge.
    let Some((challenge, nonce, subject)) = p.0.codes.lock().unwrap().remove(&form["code"]) else { return refuse("invalid_grant") };
    if base64(&Sha256::digest(form["code_verifier"].as_bytes())) != challenge {
        return refuse("invalid_grant");
    }
    let (next, now) = (p.0.next.lock().unwrap().clone(), Clock::Machine.now().0);
    let mut claims = json!({ "iss": p.0.address, "sub": subject, "aud": CLIENT, "exp": now + 300, "iat": now, "nonce": nonce });
    for (name, value) in next.lies.as_object().unwrap() {
        claims[name] = value.clone();
    }
    let token = signed(&p, &next, &claims);
    Json(json!({ "access_token": "x", "token_type": "Bearer", "expires_in": 60, "id_token": token })).into_response()
}

fn signed(p: &Provider, next: &Next, claims: &Value) -> String {
    let kid = if next.algorithm == "ES256" { "curve" } else { "rsa" };
    let mut head = json!({ "alg": next.algorithm, "kid": kid, "typ": next.typ.unwrap_or("JWT") });
    if next.brings_key {
        head["jwk"] = serde_json::to_value(p.0.other.as_verification_key()).unwrap();
        head["jku"] = format!("{}/keys", p.0.address).into();
    }
    let text = format!("{}.{}", base64(head.to_string().as_bytes()), base64(claims.to_string().as_bytes()));
    let key = if next.stolen { &p.0.other } else { &p.0.right };
    let signature = match next.algorithm {
        "RS256" => key.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, text.as_bytes()).unwrap(),
        "ES256" => {
            let signature: p256::ecdsa::Signature = p.0.curve.sign(text.as_bytes());
            signature.to_bytes().to_vec()
        }
        // What a forger hopes for: no signature, or one with what everybody may know.
        "none" => vec![],
        _ => key.sign(&CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256, text.as_bytes()).unwrap(),
    };
    format!("{text}.{}", base64(&signature))
}

fn base64(bytes: &[u8]) -> String {
    base64_padded(bytes).replace('+', "-").replace('/', "_").trim_end_matches('=').to_owned()
}

fn base64_padded(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for part in bytes.chunks(3) {
        let held = part.iter().fold(0u32, |held, byte| held << 8 | u32::from(*byte)) << (8 * (3 - part.len()));
        for at in 0..4 {
            out.push(if at <= part.len() { char::from(SIGNS[(held >> (18 - 6 * at) & 63) as usize]) } else { '=' });
        }
    }
    out
}
