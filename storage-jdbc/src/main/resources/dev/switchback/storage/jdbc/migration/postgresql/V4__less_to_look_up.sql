-- SPDX-License-Identifier: Apache-2.0
-- A revision is inserted in the statement that moves its app on, and the wanted state of an operation
-- right behind its record; neither apps nor records are ever removed. To look each of them up once
-- more, and to lock it, took a good part of the time of a commit.

alter table sb_revision drop constraint sb_revision_app_fkey;

alter table sb_wanted drop constraint sb_wanted_record_fkey;

update sb_schema set version = 4;
