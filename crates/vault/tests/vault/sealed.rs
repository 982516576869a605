//! What is sealed opens with its key, as it was, and with no other.

use vault::seal::{Sealer, Value};
use vault::{Error, Keys};

#[test]
fn values_and_files_come_back_as_they_were_also_after_a_rotation() {
    for profile in crate::PROFILES {
        let keys = Keys::generate(profile);
        let values = [Value::Text("健康".into()), Value::Text(String::new()), Value::Text("有 \u{80} 和 \u{1e}1.x\u{1f}".into()), Value::Int(1), Value::Int(i64::MIN)];
        let rotated = keys.rotated().unwrap();
        for value in &values {
            let token = keys.sealer().seal(value);
            assert_eq!(Sealer::key_of(&token), Some(1));
            assert_eq!(rotated.sealer().open(&token).unwrap().as_ref(), Some(value));
            assert_ne!(keys.sealer().seal(value), token, "the same text twice does not look the same");
            let newer = rotated.sealer().seal(value);
            assert_eq!(Sealer::key_of(&newer), Some(2));
            assert!(matches!(keys.sealer().open(&newer), Err(Error::NoKey(2))));
        }
        let file: Vec<u8> = (0..100_000u32).map(|n| n as u8).collect();
        let sealed = keys.sealer().seal_file(&file);
        assert_eq!(rotated.sealer().open_file(&sealed).unwrap().unwrap(), file);
        assert_eq!(keys.sealer().open_file(b"\xff\xd8 a picture").unwrap(), None, "in the clear");
        assert!(rotated.without_older().unwrap().sealer().open_file(&sealed).is_err());
    }
}

#[test]
fn tokens_are_opened_inside_of_what_sql_joined() {
    let keys = Keys::generate(vault::Profile::Intl);
    let seal = |text: &str| keys.sealer().seal(&Value::Text(text.into()));
    let joined = format!("{}、{}（{}）", seal("警告"), seal("记过"), keys.sealer().seal(&Value::Int(3)));
    assert_eq!(keys.sealer().open(&joined).unwrap(), Some(Value::Text("警告、记过（3）".into())));
    assert_eq!(keys.sealer().open("明文").unwrap(), None);
}

#[test]
fn a_changed_token_or_file_is_refused() {
    for profile in crate::PROFILES {
        let keys = Keys::generate(profile);
        let token = keys.sealer().seal(&Value::Text("张三的父亲".into()));
        let letters: Vec<char> = token.chars().collect();
        for at in 1..letters.len() - 1 {
            let mut changed = letters.clone();
            changed[at] = if changed[at] == 'A' { 'B' } else { 'A' };
            let changed: String = changed.into_iter().collect();
            assert!(keys.sealer().open(&changed).is_err(), "{at}");
        }
        let file = keys.sealer().seal_file(b"a photo");
        for at in 4..file.len() {
            let mut changed = file.clone();
            changed[at] ^= 1;
            assert!(keys.sealer().open_file(&changed).is_err(), "{at}");
        }
        assert!(Keys::generate(profile).sealer().open(&token).is_err(), "another site's key");
    }
}
