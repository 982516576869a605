//! Gaps, overlaps and the like.
