//! A checkpoint opens only as it was signed.

use vault::key::Verifier;
use vault::{Checkpoint, Keys, Profile};

#[test]
fn a_checkpoint_opens_with_the_key_that_signed_it_and_no_other() {
    for profile in crate::PROFILES {
        let keys = Keys::generate(profile);
        let verifier = Verifier::from_line(&keys.signer().verifier().line()).unwrap();
        let head = Checkpoint { origin: verifier.origin().into(), size: 1234, root: [7; 32], at: "2026-11-22T18:00:00+08:00".into() };
        let note = head.signed(keys.signer());
        assert_eq!(Checkpoint::open(&note, &verifier).unwrap(), head);
        let other = Keys::generate(profile);
        assert!(Checkpoint::open(&note, other.signer().verifier()).is_err());
        let forged = Checkpoint { size: 1200, ..head }.signed(other.signer());
        assert!(Checkpoint::open(&forged, &verifier).is_err());
    }
}

#[test]
fn no_changed_letter_of_a_checkpoint_passes() {
    for profile in [Profile::Intl, Profile::Gm] {
        let keys = Keys::for_tests(profile);
        let verifier = keys.signer().verifier();
        let note = Checkpoint { origin: verifier.origin().into(), size: 10, root: [9; 32], at: "2026-11-22T18:00:00+08:00".into() }.signed(keys.signer());
        let letters: Vec<char> = note.chars().collect();
        for at in 0..letters.len() {
            for other in ['0', 'A', '\n', ' '] {
                if letters[at] == other {
                    continue;
                }
                let mut changed = letters.clone();
                changed[at] = other;
                let changed: String = changed.into_iter().collect();
                assert!(Checkpoint::open(&changed, verifier).is_err(), "{at}: {changed:?}");
            }
            let mut cut = letters.clone();
            cut.remove(at);
            let cut: String = cut.into_iter().collect();
            assert!(Checkpoint::open(&cut, verifier).is_err(), "{at} taken out: {cut:?}");
        }
        assert!(Checkpoint::open(&note.replace("10\n", "010\n"), verifier).is_err());
    }
}
