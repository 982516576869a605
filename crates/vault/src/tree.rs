//! 树: a Merkle tree as RFC 6962, section 2.1, says. Leaves are hashed with a 0 before them, nodes with a 1, so that one
//! can never be taken for the other. The hash is the profile's.

use crate::{Hash, Profile};

pub fn leaf_hash(profile: Profile, record: &[u8]) -> Hash {
    profile.hash(&[&[0], record])
}
pub fn node_hash(profile: Profile, left: &Hash, right: &Hash) -> Hash {
    profile.hash(&[&[1], left, right])
}
/// Root of the tree without leaves.
pub fn empty_root(profile: Profile) -> Hash {
    profile.hash(&[])
}

/// 前沿: the roots of the full subtrees from the left, largest first: all that an append needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Frontier {
    profile: Profile,
    size: u64,
    roots: Vec<Hash>,
}

impl Frontier {
    pub fn new(profile: Profile) -> Frontier {
        Frontier { profile, size: 0, roots: vec![] }
    }
    /// As it was stored; `None` when the bytes do not fit the size.
    pub fn from_bytes(profile: Profile, size: u64, bytes: &[u8]) -> Option<Frontier> {
        let roots: Vec<Hash> = bytes.chunks(32).map(|c| c.try_into().ok()).collect::<Option<_>>()?;
        (roots.len() == size.count_ones() as usize).then_some(Frontier { profile, size, roots })
    }
    pub fn to_bytes(&self) -> Vec<u8> {
        self.roots.concat()
    }
    pub fn size(&self) -> u64 {
        self.size
    }

    /// One more leaf. Answers the roots of the subtrees that became full: (height, root).
    pub fn append(&mut self, leaf: Hash, mut full: impl FnMut(u32, u64, Hash)) {
        let (mut root, mut height) = (leaf, 0);
        // A 1 in the lowest place of the size is a full subtree waiting for its right half.
        while self.size >> height & 1 == 1 {
            let Some(left) = self.roots.pop() else { break };
            root = node_hash(self.profile, &left, &root);
            height += 1;
            full(height, self.size >> height, root);
        }
        self.roots.push(root);
        self.size += 1;
    }

    pub fn root(&self) -> Hash {
        let mut roots = self.roots.iter().rev();
        let Some(last) = roots.next() else { return empty_root(self.profile) };
        roots.fold(*last, |right, left| node_hash(self.profile, left, &right))
    }
}

/// Root over all leaves.
pub fn root(profile: Profile, leaves: &[Hash]) -> Hash {
    let mut frontier = Frontier::new(profile);
    leaves.iter().for_each(|l| frontier.append(*l, |_, _, _| {}));
    frontier.root()
}

/// Largest power of two below `n`, for n > 1.
fn split(n: u64) -> u64 {
    1 << (63 - (n - 1).leading_zeros())
}

/// Roots of ranges of leaves: `range(from, to)` answers the root over leaves from..to. What a proof is made of; stored
/// tiles make it cheap, a slice of leaves will do for a test.
pub trait Ranges {
    type Error;
    fn range(&mut self, from: u64, to: u64) -> Result<Hash, Self::Error>;
}

/// All leaves in memory.
pub struct Leaves<'a>(pub Profile, pub &'a [Hash]);
impl Ranges for Leaves<'_> {
    type Error = std::convert::Infallible;
    fn range(&mut self, from: u64, to: u64) -> Result<Hash, Self::Error> {
        Ok(root(self.0, &self.1[from as usize..to as usize]))
    }
}

/// The siblings that lead from leaf `at` to the root of the first `size` leaves.
pub fn inclusion<R: Ranges>(ranges: &mut R, at: u64, size: u64) -> Result<Vec<Hash>, R::Error> {
    let (mut from, mut to, mut path) = (0, size, Vec::new());
    while to - from > 1 {
        let middle = from + split(to - from);
        if at < middle {
            path.push(ranges.range(middle, to)?);
            to = middle;
        } else {
            path.push(ranges.range(from, middle)?);
            from = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The nodes which show that the tree of `old` leaves is the beginning of the tree of `size` leaves.
pub fn consistency<R: Ranges>(ranges: &mut R, old: u64, size: u64) -> Result<Vec<Hash>, R::Error> {
    let mut path = Vec::new();
    if old == 0 || old >= size {
        return Ok(path);
    }
    let (mut from, mut to, mut whole) = (0, size, true);
    // SUBPROOF of RFC 6962, written as a walk down.
    while old != to {
        let middle = from + split(to - from);
        if old <= middle {
            path.push(ranges.range(middle, to)?);
            to = middle;
        } else {
            path.push(ranges.range(from, middle)?);
            from = middle;
            whole = false;
        }
    }
    if !whole {
        path.push(ranges.range(from, to)?);
    }
    path.reverse();
    Ok(path)
}

/// Does `path` lead from this leaf at place `at` to the root of a tree of `size` leaves? (RFC 9162, 2.1.3.2)
pub fn verify_inclusion(profile: Profile, leaf: &Hash, at: u64, size: u64, path: &[Hash], root: &Hash) -> bool {
    if at >= size {
        return false;
    }
    let (mut place, mut last, mut hash) = (at, size - 1, *leaf);
    for sibling in path {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(profile, sibling, &hash);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            hash = node_hash(profile, &hash, sibling);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && hash == *root
}

/// Does `path` show that the tree of `old` leaves is the beginning of the one of `size`? (RFC 9162, 2.1.4.2)
pub fn verify_consistency(profile: Profile, old: u64, size: u64, path: &[Hash], old_root: &Hash, root: &Hash) -> bool {
    if old > size {
        return false;
    }
    if old == size {
        return path.is_empty() && old_root == root;
    }
    if old == 0 {
        return path.is_empty() && *old_root == empty_root(profile);
    }
    let mut nodes = path.iter();
    let first = if old.is_power_of_two() { Some(old_root) } else { nodes.next() };
    let Some(first) = first else { return false };
    let (mut place, mut last) = (old - 1, size - 1);
    while place & 1 == 1 {
        place >>= 1;
        last >>= 1;
    }
    let (mut before, mut after) = (*first, *first);
    for node in nodes {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            before = node_hash(profile, node, &before);
            after = node_hash(profile, node, &after);
            while place & 1 == 0 && place != 0 {
                place >>= 1;
                last >>= 1;
            }
        } else {
            after = node_hash(profile, &after, node);
        }
        place >>= 1;
        last >>= 1;
    }
    last == 0 && before == *old_root && after == *root
}
