-- SPDX-License-Identifier: Apache-2.0
-- As on PostgreSQL, save that here a foreign key costs next to nothing, and to drop one would be to
-- copy its table.

update sb_schema set version = 4;
