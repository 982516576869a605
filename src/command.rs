//! The words of the command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use vocabulary::Day;

/// 知人：组织部门的干部与组织工作平台
#[derive(Parser, Debug)]
#[command(name = "zhiren", version, arg_required_else_help = true, max_term_width = 100)]
pub struct Zhiren {
    /// 数据目录
    #[arg(long, global = true, value_name = "DIR")]
    pub data: Option<PathBuf>,
    /// 改用 PostgreSQL 数据库：postgres://用户@主机/库名
    #[arg(long, global = true, value_name = "URL")]
    pub database: Option<String>,
    /// 制度目录；不写则用数据目录下的 institutions，再没有则用程序自带的
    #[arg(long, global = true, value_name = "DIR")]
    pub institutions: Option<PathBuf>,
    /// 以哪一天为“今天”（演示和试验用）
    #[arg(long, global = true, value_name = "DAY")]
    pub today: Option<Day>,
    /// 以哪个账户的身份办
    #[arg(long, global = true, value_name = "NAME")]
    pub account: Option<String>,
    /// 查看受保护内容的用途：appointment（任免等）、daily（日常管理）……
    #[arg(long, global = true, value_name = "PURPOSE")]
    pub purpose: Option<String>,
    /// 密钥文件；不写则用数据目录旁边的同名 .key
    #[arg(long, global = true, value_name = "FILE")]
    pub key_file: Option<PathBuf>,
    /// 以 JSON 输出
    #[arg(long, global = true)]
    pub json: bool,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// 种出虚拟的青云县并打开网页
    Demo(DemoWords),
    /// 打开网页
    Serve(ServeWords),
    /// 导入文件：任免表、采集表、名册、压缩包或目录
    Import(ImportWords),
    /// 台账
    #[command(subcommand)]
    Ledger(LedgerWords),
    /// 干部
    #[command(subcommand)]
    Person(PersonWords),
    /// 资格审查：一人对一岗，或对一组事实
    Examine(ExamineWords),
    /// 填表：干部任免审批表
    Form(FormWords),
    /// 权限表：谁可以做什么
    Rights,
    /// 账户
    #[command(subcommand)]
    Account(AccountWords),
    /// 导出登记：列出，或查出一份流出的文件是谁导出的
    #[command(subcommand)]
    Exports(ExportsWords),
    /// 打印 HTTP 接口说明（OpenAPI）
    Openapi,
    /// 事实字典
    Facts(FactsWords),
    /// 核对制度文件：写法、依据、例题
    Check(CheckWords),
    /// 备份到一个文件
    Backup(BackupWords),
    /// 从备份恢复，可以恢复到日志的某一号或某一时刻
    Restore(RestoreWords),
    /// 核对数据库：通读、外键、每张表的校验和
    Verify(VerifyWords),
    /// 清除：期限已到或依法应当删除的内容，两人办理
    #[command(subcommand)]
    Purge(PurgeWords),
    /// 重算现状表（平时不需要）
    Rebuild,
    /// 日志：核对、签检查点、出证明、导出
    #[command(subcommand)]
    Journal(JournalWords),
    /// 密钥：查看编号、轮换
    #[command(subcommand)]
    Key(KeyWords),
    /// 配置
    #[command(subcommand)]
    Config(ConfigWords),
}

#[derive(Subcommand, Debug)]
pub enum KeyWords {
    /// 密钥文件在哪里、什么算法、第几把
    Show,
    /// 换一把新钥匙，全部内容重新封存；先停止网页服务
    Rotate {
        /// 忘掉旧钥匙：用旧钥匙封的备份从此打不开
        #[arg(long)]
        forget_older: bool,
    },
}

#[derive(Subcommand, Debug)]
pub enum JournalWords {
    /// 从头核对全部条目；与库内库外的检查点相比
    Verify {
        /// 另外保管的检查点文件，可写多个
        #[arg(long, value_name = "FILE")]
        checkpoint: Vec<PathBuf>,
    },
    /// 签一个检查点
    Checkpoint,
    /// 证明一条在某个检查点之内
    Prove {
        /// 条目编号
        entry: i64,
    },
    /// 导出给别的核对程序
    Export {
        /// 目录
        folder: PathBuf,
    },
}

#[derive(Subcommand, Debug)]
pub enum PurgeWords {
    /// 哪些内容期限已到
    Due,
    /// 列出提请过的清除
    List,
    /// 提请清除
    #[command(group = clap::ArgGroup::new("what").required(true))]
    Ask {
        /// 保存期限的编号，见 purge due
        #[arg(long, value_name = "ID", group = "what")]
        rule: Option<String>,
        /// 一名干部的全部记录：干部编号
        #[arg(long, value_name = "N", group = "what")]
        person: Option<i64>,
        /// 依据：purpose_over period_over unlawful withdrawn
        #[arg(long, value_name = "BASIS")]
        basis: String,
        /// 理由，不写姓名
        #[arg(long, value_name = "WORDS")]
        reason: String,
    },
    /// 确认清除；要由另一个人
    Confirm {
        /// 清除的编号
        id: i64,
        /// 不同意，并写明理由
        #[arg(long, value_name = "WORDS")]
        refuse: Option<String>,
    },
}

#[derive(Args, Debug)]
pub struct DemoWords {
    /// 多少名干部，至多一百万
    #[arg(long, default_value_t = 5000, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    pub people: u64,
    /// 种子：同一种子、同一天，种出的每个字都相同
    #[arg(long, default_value_t = 1)]
    pub seed: u64,
    /// 只种数据，不打开网页
    #[arg(long)]
    pub plant_only: bool,
    /// 网页地址
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
}

#[derive(Args, Debug)]
pub struct ServeWords {
    /// 网页地址
    #[arg(long, value_name = "ADDR")]
    pub listen: Option<String>,
}

#[derive(Args, Debug)]
pub struct ImportWords {
    /// 文件、目录或压缩包
    #[arg(required = true)]
    pub files: Vec<PathBuf>,
    /// 只预览，不写入
    #[arg(long)]
    pub preview: bool,
}

#[derive(Subcommand, Debug)]
pub enum LedgerWords {
    /// 列出台账
    List,
    /// 查一个台账
    Run(LedgerRun),
}

#[derive(Args, Debug)]
pub struct LedgerRun {
    /// 台账编号或名称
    pub id: String,
    /// 截至哪一天
    #[arg(long, value_name = "DAY")]
    pub as_of: Option<Day>,
    /// 按哪一天所知
    #[arg(long, value_name = "DAY")]
    pub known_on: Option<Day>,
    #[arg(long, value_enum, default_value_t = LedgerFormat::Table)]
    pub format: LedgerFormat,
    /// 写到文件；表格和 PDF 必须写
    #[arg(short, long, value_name = "PATH")]
    pub output: Option<PathBuf>,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum LedgerFormat {
    Table,
    Csv,
    Json,
    Xlsx,
    Pdf,
}

#[derive(Subcommand, Debug)]
pub enum PersonWords {
    /// 显示一名干部
    Show {
        /// 编号、身份证号或姓名
        who: String,
    },
}

#[derive(Args, Debug)]
pub struct ExamineWords {
    /// 编号、身份证号或姓名
    #[arg(required_unless_present = "facts")]
    pub who: Option<String>,
    /// 拟任岗位：编号或名称
    #[arg(long = "for", value_name = "POST", required_unless_present = "facts")]
    pub post: Option<String>,
    /// 以哪一天为准
    #[arg(long, value_name = "DAY")]
    pub on: Option<Day>,
    /// 事实文件（JSON）
    #[arg(long, value_name = "FILE", conflicts_with = "who")]
    pub facts: Option<PathBuf>,
    /// 制度编号
    #[arg(long, value_name = "ID", default_value = "selection")]
    pub institution: String,
}

#[derive(Args, Debug)]
pub struct FormWords {
    /// 哪种表
    #[arg(value_parser = ["任免审批表", "干部任免审批表"])]
    pub kind: String,
    /// 编号、身份证号或姓名，按上会顺序
    #[arg(required = true)]
    pub who: Vec<String>,
    #[arg(long, value_enum, default_value_t = FormFormat::Pdf)]
    pub format: FormFormat,
    /// 2025 年以前的旧表
    #[arg(long)]
    pub old: bool,
    /// 写到哪里；多人时 .zip 每人一个文件，.pdf 合为一个文件
    #[arg(short, long, value_name = "PATH")]
    pub output: PathBuf,
}

#[derive(ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormFormat {
    Pdf,
    Docx,
    Lrmx,
}

#[derive(Subcommand, Debug)]
pub enum AccountWords {
    /// 开第一批账户；有了安全管理员和批准人之后，在网页上由两个人办
    Add {
        /// 登录名
        name: String,
        /// 角色：officer head unit_hr security_admin ……
        #[arg(long)]
        role: String,
        /// 显示的姓名
        #[arg(long)]
        shown: Option<String>,
        /// 管哪个单位
        #[arg(long, value_name = "ORGANISATION")]
        scope: Option<String>,
    },
    /// 把账户对应到统一身份认证或单位目录里的人
    #[command(group = clap::ArgGroup::new("where").required(true))]
    Link {
        /// 登录名
        name: String,
        /// 统一身份认证里的编号（sub）
        #[arg(long, value_name = "SUBJECT", group = "where")]
        oidc: Option<String>,
        /// 单位目录里的登录名
        #[arg(long, value_name = "NAME", group = "where")]
        ldap: Option<String>,
    },
}

#[derive(Subcommand, Debug)]
pub enum ExportsWords {
    /// 列出导出登记，新的在前
    List {
        /// 列多少条
        #[arg(long, default_value_t = 50)]
        most: usize,
    },
    /// 这份文件是哪一次导出的：重新排序、另存、只剩一部分也能查
    Who {
        file: PathBuf,
    },
}

#[derive(Args, Debug)]
pub struct FactsWords {
    /// 只列名称或编号含有这些字的
    pub words: Option<String>,
}

#[derive(Args, Debug)]
pub struct CheckWords {
    /// 制度目录
    pub dir: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub struct BackupWords {
    /// 备份文件；写目录则按时间取名
    pub path: PathBuf,
    /// 目录里只留最新的几代
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=1000))]
    pub keep: Option<u64>,
}

#[derive(Args, Debug)]
pub struct RestoreWords {
    pub path: PathBuf,
    /// 现有数据库改名保留后再恢复
    #[arg(long)]
    pub replace: bool,
    /// 恢复到日志的第几号
    #[arg(long, value_name = "N", conflicts_with = "as_of")]
    pub to_sequence: Option<i64>,
    /// 恢复到某一时刻：2026-11-22、"2026-11-22 14:05"
    #[arg(long, value_name = "MOMENT")]
    pub as_of: Option<String>,
    /// 只通读备份，不恢复
    #[arg(long)]
    pub check: bool,
}

#[derive(Args, Debug)]
pub struct VerifyWords {
    /// 再与一份较早的备份逐行核对：备份里的每一行应当仍在，而且没有变
    #[arg(long, value_name = "BACKUP")]
    pub against: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
pub enum ConfigWords {
    /// 显示生效的配置和来源
    Show,
}

#[cfg(test)]
mod tests {
    use super::Zhiren;
    use clap::CommandFactory;
    use std::collections::BTreeSet;

    fn leaves(command: &clap::Command, before: &str, into: &mut BTreeSet<String>) {
        for sub in command.get_subcommands().filter(|s| s.get_name() != "help") {
            let word = format!("{before} {}", sub.get_name()).trim().to_owned();
            if sub.has_subcommands() { leaves(sub, &word, into) } else { into.insert(word); }
        }
    }

    #[test]
    fn every_word_stands_in_the_table_of_rights_and_every_line_has_its_word() {
        let mut words = BTreeSet::new();
        leaves(&Zhiren::command(), "", &mut words);
        let table: BTreeSet<String> = policy::actions().iter().flat_map(|a| a.words.clone()).collect();
        let unlisted: Vec<_> = words.difference(&table).collect();
        assert!(unlisted.is_empty(), "写进 crates/policy/data/*.toml：{unlisted:?}");
        let gone: Vec<_> = table.difference(&words).collect();
        assert!(gone.is_empty(), "权限表里有、命令行没有：{gone:?}");
    }
}
