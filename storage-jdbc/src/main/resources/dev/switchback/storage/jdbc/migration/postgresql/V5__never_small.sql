-- SPDX-License-Identifier: Apache-2.0
-- What a commit looks up, it finds by a key. A table of a few pages, though, is planned to be read from
-- end to end, and a connection keeps that plan while the table grows, until it is analysed. So these
-- tables are never that small: each begins with pages that hold nothing, which a vacuum leaves there.

alter table sb_lease set (vacuum_truncate = false);

alter table sb_app set (vacuum_truncate = false);

alter table sb_record set (vacuum_truncate = false);

alter table sb_journal set (vacuum_truncate = false);

-- Four rows fill a page of 8 KiB. They are gone before anybody sees them.

insert into sb_lease (app, holder, fence, acquired_at, expires_at, released)
  select ' ' || n, repeat('-', 1900), 1, 0, 0, true from generate_series(1, 64) n;

delete from sb_lease where app like ' %';

insert into sb_app (app, generation)
  select ' ' || n || repeat('-', 1900), 1 from generate_series(1, 64) n;

delete from sb_app where app like ' %';

insert into sb_record (number, id, app, kind, status, finished, started_at, document)
  overriding system value
  select -n, ' ' || n, ' ', '', '', true, 0, repeat('-', 1900) from generate_series(1, 64) n;

delete from sb_record where number < 0;

insert into sb_journal (record, sequence, document)
  select ' ', n, repeat('-', 1900) from generate_series(1, 64) n;

delete from sb_journal where record = ' ';

update sb_schema set version = 5;
