//! Values that others computed.

use vault::{Keys, Leaf, Payload, Profile, from_hex, hex, tree};

#[test]
fn hashes_are_those_of_the_standards() {
    assert_eq!(hex(&Profile::Intl.hash(&[b"a", b"bc"])), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(hex(&Profile::Gm.hash(&[b"a", b"bc"])), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    // RFC 4231, test case 2
    assert_eq!(hex(&Profile::Intl.keyed(b"Jefe", b"what do ya want for nothing?")), "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
}

/// The eight leaves that the reference implementation of Certificate Transparency is tested with.
#[test]
fn the_tree_is_that_of_rfc_6962() {
    let inputs = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"];
    let leaves: Vec<_> = inputs.iter().map(|i| tree::leaf_hash(Profile::Intl, &from_hex(i).unwrap())).collect();
    let roots = [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
        "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
        "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ];
    for (n, root) in roots.iter().enumerate() {
        assert_eq!(hex(&tree::root(Profile::Intl, &leaves[..=n])), *root, "{} leaves", n + 1);
    }
    assert_eq!(hex(&tree::empty_root(Profile::Intl)), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn an_entry_has_one_spelling() {
    let payload = Payload { number: Some(7), says: "记“甲”\n二\t\u{1}\"\\", detail: None };
    assert_eq!(payload.canonical(), r#"{"detail":null,"number":7,"says":"记“甲”\n二\t\u0001\"\\"}"#);
    let leaf = Leaf { position: 3, entry: 4, at: "2026-11-22T09:00:00+08:00", actor: "周敏", act: "person.add", subject: "person", source: None, commitment: [0xab; 32] };
    let commitment = "ab".repeat(32);
    assert_eq!(
        leaf.canonical(),
        format!(r#"{{"act":"person.add","actor":"周敏","at":"2026-11-22T09:00:00+08:00","commitment":"{commitment}","entry":4,"position":3,"source":null,"subject":"person","v":1}}"#)
    );
}

#[test]
fn keys_survive_their_file_and_a_spoiled_file_says_where() {
    for profile in crate::PROFILES {
        let keys = Keys::generate(profile);
        let again = Keys::read(&keys.write()).unwrap();
        assert_eq!(keys.signer().verifier().line(), again.signer().verifier().line());
        assert_eq!(keys.index("id_number", "x"), again.index("id_number", "x"));
        assert_ne!(keys.index("id_number", "x"), keys.index("other", "x"));
        let spoiled = keys.write().replace("index ", "index 0");
        assert_eq!(Keys::read(&spoiled).err().unwrap().to_string(), "密钥文件第 4 行读不懂：应为 64 位十六进制");
    }
}
