-- 撤回: why a matter went no further, and the ending that was undone with the step that made it.
-- Both are empty for what is there already, and the new index lets pass all that the old one did.
alter table matter_endings add column why text;          -- reason of a withdrawal; empty otherwise
alter table matter_endings add column superseded bigint; -- journal number of the undoing
drop index matter_endings_once;
create unique index matter_endings_once on matter_endings (matter) where superseded is null;
