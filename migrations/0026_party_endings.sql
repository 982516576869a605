-- 撤销党组织、党员离开: why a party organisation or a membership is no more, and on which paper. Empty while it lasts.
alter table branch_details add column ending text;    -- why it was dissolved
alter table branch_details add column document text;  -- 批复文号
alter table branch_details add column went_to bigint; -- branch to which its members went
alter table branch_details add column left_open text; -- what was said of duties that were open
alter table member_details add column ending text;    -- code membership_ending
alter table member_details add column document text;  -- 文号
