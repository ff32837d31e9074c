-- SPDX-License-Identifier: Apache-2.0
-- As on PostgreSQL, save that SQLite goes by its keys however small a table is.

update sb_schema set version = 5;
