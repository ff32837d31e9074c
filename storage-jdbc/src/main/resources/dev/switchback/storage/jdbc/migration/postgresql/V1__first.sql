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
