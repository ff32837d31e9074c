-- SPDX-License-Identifier: Apache-2.0
-- As on PostgreSQL.

alter table sb_app drop column generation;

update sb_schema set version = 6;
