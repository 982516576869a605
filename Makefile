# 知人：常用命令。新机器只需有 cargo、node 和 apt，其余由这里安装。
.DEFAULT_GOAL := help
.PHONY: help demo test setup unit journeys check bench torture drill screenshots fmt lint

export CARGO_TERM_COLOR ?= auto

help: ## 列出命令
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 16

demo: ## 安装所需、编译、种出青云县、在 127.0.0.1:8080 打开网页
	@scripts/setup demo
	cargo build
	target/debug/zhiren demo

test: ## 全部测试：单元、制度例题、两种数据库、浏览器
	@scripts/setup test
	@scripts/test

setup: ## 只安装测试所需
	@scripts/setup test

unit: ## 只做 Rust 测试（两种数据库）
	@scripts/test unit

journeys: ## 只做浏览器测试
	@scripts/test journeys

check: ## 核对 institutions/ 的写法、依据和例题
	cargo run --quiet -- check institutions

bench: ## 量速度和内存，结果见 docs/performance.md
	@scripts/setup bench
	@scripts/bench

torture: ## 折磨：杀、断电、写满、衰变、乱跳的钟、变异，至多一小时，结果见 docs/safety-results.md
	@scripts/setup torture
	@scripts/torture short 60

drill: ## 恢复演练：装、备份、全丢、恢复、核对
	@scripts/setup test
	cargo build --all-features
	@scripts/drill

screenshots: ## 重拍 README 的截图
	@scripts/setup test
	@scripts/screenshots

fmt:
	cargo fmt --all
lint:
	cargo clippy --workspace --all-targets --all-features -- -D warnings
