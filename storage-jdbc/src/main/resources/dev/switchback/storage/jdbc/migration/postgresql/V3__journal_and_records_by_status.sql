-- SPDX-License-Identifier: Apache-2.0
-- Records of one status or kind, whatever their app.

create index sb_record_of_status on sb_record (status, number);

create index sb_record_of_kind on sb_record (kind, number);

-- An entry is inserted by what is read from the row of its record, which is never removed. To look
-- that row up once more, and to lock it, took a good part of the time of a commit.

alter table sb_journal drop constraint sb_journal_record_fkey;

update sb_schema set version = 3;
