//! 接口说明: the description as a page, readable without a network.

use crate::page::Sample;
use crate::{Answer, Ctx, Page};
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Clone, Debug, Serialize)]
pub struct ApiPage {
    pub operations: Vec<Operation>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Operation {
    pub method: String,
    pub path: String,
    pub says: String,
    pub parameters: Vec<Parameter>,
    /// Fields of the body, when there is one.
    pub body: Vec<Parameter>,
    pub answers: Vec<String>,
}

#[derive(Clone, Debug, Serialize)]
pub struct Parameter {
    pub name: String,
    /// 地址 查询 头 内容
    pub place: &'static str,
    pub required: bool,
    pub says: String,
}

pub async fn show(c: Ctx) -> Answer {
    c.page(&ApiPage::of_program())
}

impl ApiPage {
    fn of_program() -> ApiPage {
        let api = serde_json::to_value(super::openapi()).unwrap_or_default();
        let mut operations = Vec::new();
        for (path, methods) in api["paths"].as_object().into_iter().flatten() {
            for (method, operation) in methods.as_object().into_iter().flatten() {
                operations.push(read(&api, path, method, operation));
            }
        }
        ApiPage { operations }
    }
}

fn read(api: &Json, path: &str, method: &str, operation: &Json) -> Operation {
    let text = |value: &Json| value.as_str().unwrap_or_default().to_owned();
    let parameter = |p: &Json| Parameter {
        name: text(&p["name"]),
        place: match p["in"].as_str() {
            Some("path") => "地址",
            Some("header") => "头",
            _ => "查询",
        },
        required: p["required"].as_bool().unwrap_or(false),
        says: text(&p["description"]),
    };
    let schema = operation["requestBody"]["content"]["application/json"]["schema"]["$ref"].as_str().and_then(|r| r.rsplit('/').next());
    let schema = schema.map(|name| &api["components"]["schemas"][name]);
    let required = |name: &str| schema.and_then(|s| s["required"].as_array()).is_some_and(|all| all.iter().any(|r| r == name));
    let fields = schema.and_then(|s| s["properties"].as_object()).into_iter().flatten();
    let body = fields.map(|(name, about)| Parameter { name: name.clone(), place: "内容", required: required(name), says: text(&about["description"]) });
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        says: [text(&operation["summary"]), text(&operation["description"])].into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
        parameters: operation["parameters"].as_array().into_iter().flatten().map(parameter).collect(),
        body: body.collect(),
        answers: operation["responses"].as_object().into_iter().flatten().map(|(status, _)| status.clone()).collect(),
    }
}

impl Page for ApiPage {
    const TEMPLATE: &'static str = "api/show.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![Sample::usual(ApiPage::of_program()), Sample::empty(ApiPage { operations: vec![] })]
    }
}
