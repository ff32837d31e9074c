-- SPDX-License-Identifier: Apache-2.0
-- Documents are canonical JSON. The columns beside them are what is asked for; they say nothing
-- that the documents do not say. What is sorted or paged by sorts by code point, whatever the
-- collation of the database.

create table sb_schema (
  version integer not null -- of the tables: the number of the migration that ran last
);

insert into sb_schema (version) values (1);

create table sb_template_version (
  template text collate "C" not null,
  version_key text collate "C" not null, -- sorts as versions do; the same for all spellings of a version
  version text not null,
  head text not null, -- the document without the content of the version, for lists
  document text not null,
  primary key (template, version_key)
);

create table sb_app (
  app text collate "C" not null primary key,
  generation bigint not null
);

create table sb_revision (
  app text collate "C" not null references sb_app (app),
  generation bigint not null,
  document text not null,
  primary key (app, generation)
);

create table sb_record (
  number bigint generated always as identity primary key, -- the order of creation
  id text collate "C" not null unique,
  app text collate "C" not null,
  kind text not null,
  status text not null,
  finished boolean not null,
  started_at bigint not null, -- nanoseconds since 1970
  document text not null
);

create index sb_record_of_app on sb_record (app, number);

create index sb_record_unfinished on sb_record (number) where finished = false;

create table sb_wanted (
  record text collate "C" not null primary key references sb_record (id),
  document text not null
);

create table sb_journal (
  record text collate "C" not null references sb_record (id),
  sequence bigint not null,
  document text not null,
  primary key (record, sequence)
);

create table sb_build (
  app text collate "C" not null,
  component text collate "C" not null,
  sequence bigint not null,
  version text collate "C" not null,
  document text not null,
  primary key (app, component, sequence),
  unique (app, component, version)
);

create table sb_lease (
  app text collate "C" not null primary key,
  holder text not null,
  fence bigint not null, -- never goes back, so the row outlives the lease
  acquired_at bigint not null, -- milliseconds since 1970 by the clock of the database
  expires_at bigint not null,
  released boolean not null
);

create table sb_signal (
  record text collate "C" not null primary key, -- of a record that may be still to come
  signal text not null
);

create table sb_audit (
  app text collate "C" not null,
  sequence bigint not null,
  document text not null,
  primary key (app, sequence)
);

-- SPDX-License-Identifier: Apache-2.0
-- Records of a span of time, whatever their app.

create index sb_record_started on sb_record (started_at, number);

update sb_schema set version = 2;

-- SPDX-License-Identifier: Apache-2.0
-- Records of one status or kind, whatever their app.

create index sb_record_of_status on sb_record (status, number);

create index sb_record_of_kind on sb_record (kind, number);

-- An entry is inserted by what is read from the row of its record, which is never removed. To look
-- that row up once more, and to lock it, took a good part of the time of a commit.

alter table sb_journal drop constraint sb_journal_record_fkey;

update sb_schema set version = 3;

-- SPDX-License-Identifier: Apache-2.0
-- A revision is inserted in the statement that moves its app on, and the wanted state of an operation
-- right behind its record; neither apps nor records are ever removed. To look each of them up once
-- more, and to lock it, took a good part of the time of a commit.

alter table sb_revision drop constraint sb_revision_app_fkey;

alter table sb_wanted drop constraint sb_wanted_record_fkey;

update sb_schema set version = 4;

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

-- SPDX-License-Identifier: Apache-2.0
-- An app is at its newest revision, which is never removed. To write the number of it a second time, and
-- to keep the two in step, took a good part of the time of a commit.

alter table sb_app drop column generation;

-- A commit of a state looks up the revision before; see version 5.

alter table sb_revision set (vacuum_truncate = false);

insert into sb_revision (app, generation, document)
  select ' ', n, repeat('-', 1900) from generate_series(1, 64) n;

delete from sb_revision where app = ' ';

update sb_schema set version = 6;

delete from sb_schema;
insert into sb_app (app) values ('shop');
insert into sb_audit (app, sequence, document) values ('shop', '1', '{"act":"tick","actor":"anna","app":"shop","at":"2026-11-01T12:00:00Z","format":"switchback.audit-entry/1","sequence":1,"subject":"rec-1/F1"}');
insert into sb_build (app, component, sequence, version, document) values ('shop', 'web', '1', 'build-1', '{"app":"shop","builtAt":"2026-11-01T12:00:00Z","component":"web","format":"switchback.build/1","image":{"reference":"web:1"},"sequence":1,"status":"success","version":"build-1"}');
insert into sb_build (app, component, sequence, version, document) values ('shop', 'web', '2', 'build-2', '{"app":"shop","builtAt":"2026-11-01T12:00:00Z","component":"web","format":"switchback.build/1","image":{"reference":"web:2"},"sequence":2,"status":"success","version":"build-2"}');
insert into sb_lease (app, holder, fence, acquired_at, expires_at, released) values ('shop', 'node-1', '1', '1795368653199', '1795369253199', 'true');
insert into sb_record (number, id, app, kind, status, finished, started_at, document) overriding system value values ('1', 'rec-1', 'shop', 'UPGRADE', 'SUCCEEDED', 'true', '1793534400000000000', '{"actor":"anna","app":"shop","format":"switchback.record/1","from":{"template":"shop-template","version":"1.0"},"id":"rec-1","kind":"upgrade","onFailure":"stop","startedAt":"2026-11-01T12:00:00Z","status":"succeeded","to":{"template":"shop-template","version":"2.0"}}');
insert into sb_schema (version) values ('6');
insert into sb_signal (record, signal) values ('rec-1', 'PAUSE');
insert into sb_template_version (template, version_key, version, head, document) values ('shop-template', '2-11--1-', '1.0', '{"format":"switchback.template-version/1","name":"Shop","notes":"Notes of 1.0","ref":{"template":"shop-template","version":"1.0"},"spec":{},"specDigest":"sha256:5167f2db730a5291785d7143fcf5cb10fe0167cd894f9402e9ef8dc2c610b03e","stage":"released"}', '{"format":"switchback.template-version/1","name":"Shop","notes":"Notes of 1.0","ref":{"template":"shop-template","version":"1.0"},"spec":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:1.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"specDigest":"sha256:5167f2db730a5291785d7143fcf5cb10fe0167cd894f9402e9ef8dc2c610b03e","stage":"released"}');
insert into sb_template_version (template, version_key, version, head, document) values ('shop-template', '2-12--1-', '2.0', '{"format":"switchback.template-version/1","name":"Shop","notes":"Notes of 2.0","ref":{"template":"shop-template","version":"2.0"},"spec":{},"specDigest":"sha256:8305000af36f75eefe261cd76ea1e8668cd9f0ab34bd60af18e73205a329907f","stage":"released"}', '{"format":"switchback.template-version/1","name":"Shop","notes":"Notes of 2.0","ref":{"template":"shop-template","version":"2.0"},"spec":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:2.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"specDigest":"sha256:8305000af36f75eefe261cd76ea1e8668cd9f0ab34bd60af18e73205a329907f","stage":"released"}');
insert into sb_journal (record, sequence, document) values ('rec-1', '1', '{"action":"build","at":"2026-11-01T12:00:01Z","component":"web","format":"switchback.journal-entry/1","phase":"intent","record":"rec-1","sequence":1,"step":"step-1"}');
insert into sb_journal (record, sequence, document) values ('rec-1', '2', '{"action":"build","at":"2026-11-01T12:00:02Z","component":"web","format":"switchback.journal-entry/1","phase":"done","record":"rec-1","sequence":2,"step":"step-1"}');
insert into sb_revision (app, generation, document) values ('shop', '1', '{"app":"shop","base":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:1.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"format":"switchback.app-state/1","generation":1,"record":"rec-1","spec":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:1.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"version":{"template":"shop-template","version":"1.0"}}');
insert into sb_revision (app, generation, document) values ('shop', '2', '{"app":"shop","base":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:2.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"format":"switchback.app-state/1","generation":2,"record":"rec-1","spec":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:2.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"version":{"template":"shop-template","version":"2.0"}}');
insert into sb_wanted (record, document) values ('rec-1', '{"app":"shop","base":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:2.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"format":"switchback.app-state/1","generation":2,"record":"rec-1","spec":{"components":[{"env":[{"changeable":true,"name":"TOKEN","value":{"secret":"t-1"}},{"changeable":true,"name":"TZ","value":"UTC"}],"image":{"reference":"web:2.0"},"key":"web","name":"Web","scaling":{"minReplicas":1},"workload":"stateless_multiple"}]},"version":{"template":"shop-template","version":"2.0"}}');
select setval(pg_get_serial_sequence('sb_record', 'number'), (select max(number) from sb_record));
