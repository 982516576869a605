-- 封存: what is S2 or above is kept as a token that only the site's key opens (docs/decisions/0017-sealing.md). Texts
-- stay in their columns; yes and no become texts, because a token is one. The rows themselves are sealed by the program
-- at its next start, in one transaction with this text's.

alter table person_details rename column spouse_emigrated to spouse_emigrated_before;     -- emptied by the program
alter table person_details rename column children_emigrated to children_emigrated_before; -- emptied by the program
alter table person_details rename column has_children to has_children_before;             -- emptied by the program
alter table person_details add column spouse_emigrated text;   -- token of 1 or 0; empty: not on record
alter table person_details add column children_emigrated text; -- token of 1 or 0: all children
alter table person_details add column has_children text;       -- token of 1 or 0
alter table person_details add column id_number_index text;    -- keyed hash of id_number: asks for equality, tells nothing
drop index person_details_by_id_number;
create index person_details_by_id_number_index on person_details (id_number_index) where superseded is null;
