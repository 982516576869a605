//! T-44: the verifier is what an attacker works on. Right proofs pass, mutated ones never do.

use rand::{Rng, RngExt, SeedableRng};
use vault::tree::{self, Frontier, Leaves};
use vault::{Hash, Profile};

fn leaves(profile: Profile, n: u64) -> Vec<Hash> {
    (0..n).map(|i| tree::leaf_hash(profile, &i.to_be_bytes())).collect()
}

#[test]
fn every_right_proof_passes_and_the_frontier_grows_to_the_same_root() {
    for profile in crate::PROFILES {
        let all = leaves(profile, 70);
        let mut frontier = Frontier::new(profile);
        for size in 1..=70u64 {
            frontier.append(all[size as usize - 1], |height, number, root| {
                let (from, to) = (number << height, (number + 1) << height);
                assert_eq!(root, tree::root(profile, &all[from as usize..to as usize]), "full subtree");
            });
            let root = frontier.root();
            assert_eq!(Frontier::from_bytes(profile, size, &frontier.to_bytes()).as_ref(), Some(&frontier));
            let mut ranges = Leaves(profile, &all);
            for at in 0..size {
                let path = tree::inclusion(&mut ranges, at, size).unwrap();
                assert!(tree::verify_inclusion(profile, &all[at as usize], at, size, &path, &root), "{at} of {size}");
            }
            for old in 0..=size {
                let path = tree::consistency(&mut ranges, old, size).unwrap();
                let old_root = tree::root(profile, &all[..old as usize]);
                assert!(tree::verify_consistency(profile, old, size, &path, &old_root, &root), "{old} in {size}");
            }
        }
    }
}

/// One change that makes a right proof wrong; `None` when the draw happened to change nothing.
fn mutate(rng: &mut impl Rng, path: &mut Vec<Hash>, first: &mut u64, size: &mut u64, leaf: &mut Hash, root: &mut Hash) -> Option<()> {
    match rng.random_range(0..11) {
        0 => path.pop().map(|_| ()),
        1 => {
            path.push(rng.random());
            Some(())
        }
        2 if path.len() > 1 => {
            let (a, b) = (rng.random_range(0..path.len()), rng.random_range(0..path.len()));
            if path[a] == path[b] {
                return None;
            }
            path.swap(a, b);
            Some(())
        }
        3 if !path.is_empty() => {
            let at = rng.random_range(0..path.len());
            path[at][rng.random_range(0..32)] ^= 1 << rng.random_range(0..8);
            Some(())
        }
        4 => {
            leaf[rng.random_range(0..32)] ^= 1 << rng.random_range(0..8);
            Some(())
        }
        5 => {
            root[rng.random_range(0..32)] ^= 1 << rng.random_range(0..8);
            Some(())
        }
        6 => {
            *size = [0, 1, 1 << 63, u64::MAX][rng.random_range(0..4)];
            Some(())
        }
        7 => {
            *first = [u64::MAX, 1 << 63, *size, *size + 1][rng.random_range(0..4)];
            Some(())
        }
        8 if !path.is_empty() => {
            path.clear();
            Some(())
        }
        // A node in the place of a leaf.
        9 if !path.is_empty() => {
            *leaf = path[0];
            Some(())
        }
        10 if !path.is_empty() => {
            let at = rng.random_range(0..path.len());
            let twice = path[at];
            path.insert(at, twice);
            Some(())
        }
        _ => None,
    }
}

#[test]
fn no_mutated_proof_passes() {
    // 20,000 in the long tier
    let wanted: u32 = std::env::var("ZHIREN_TORTURE").map_or(2_000, |_| 20_000);
    let mut rng = rand_chacha::ChaCha8Rng::seed_from_u64(44);
    let profile = Profile::Intl;
    let all = leaves(profile, 300);
    let mut tried = 0;
    while tried < wanted {
        let mut size = rng.random_range(1..=300u64);
        let mut ranges = Leaves(profile, &all);
        let mut root = tree::root(profile, &all[..size as usize]);
        let (was_size, was_root) = (size, root);
        if rng.random() {
            let mut at = rng.random_range(0..size);
            let mut leaf = all[at as usize];
            let mut path = tree::inclusion(&mut ranges, at, size).unwrap();
            let was = (path.clone(), at, leaf);
            if mutate(&mut rng, &mut path, &mut at, &mut size, &mut leaf, &mut root).is_none() || (was == (path.clone(), at, leaf) && (was_size, was_root) == (size, root)) {
                continue;
            }
            assert!(!tree::verify_inclusion(profile, &leaf, at, size, &path, &root), "leaf {} of {was_size}: {path:?}", was.1);
        } else {
            let mut old = rng.random_range(1..=size);
            let mut old_root = tree::root(profile, &all[..old as usize]);
            let mut path = tree::consistency(&mut ranges, old, size).unwrap();
            let was = (path.clone(), old, old_root);
            if mutate(&mut rng, &mut path, &mut old, &mut size, &mut old_root, &mut root).is_none() || (was == (path.clone(), old, old_root) && (was_size, was_root) == (size, root)) {
                continue;
            }
            assert!(!tree::verify_consistency(profile, old, size, &path, &old_root, &root), "{} in {was_size}: {path:?}", was.1);
        }
        tried += 1;
    }
}
