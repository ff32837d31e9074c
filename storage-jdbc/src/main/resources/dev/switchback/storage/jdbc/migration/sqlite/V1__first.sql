-- SPDX-License-Identifier: Apache-2.0
-- Documents are canonical JSON. The columns beside them are what is asked for; they say nothing
-- that the documents do not say.

create table sb_schema (
  version integer not null -- of the tables: the number of the migration that ran last
) strict;

insert into sb_schema (version) values (1);

create table sb_template_version (
  template text not null,
  version_key text not null, -- sorts as versions do; the same for all spellings of a version
  version text not null,
  head text not null, -- the document without the content of the version, for lists
  document text not null,
  primary key (template, version_key)
) strict;

create table sb_app (
  app text not null primary key,
  generation integer not null
) strict, without rowid;

create table sb_revision (
  app text not null references sb_app (app),
  generation integer not null,
  document text not null,
  primary key (app, generation)
) strict;

create table sb_record (
  number integer primary key autoincrement, -- the order of creation
  id text not null unique,
  app text not null,
  kind text not null,
  status text not null,
  finished integer not null,
  started_at integer not null, -- nanoseconds since 1970
  document text not null
) strict;

create index sb_record_of_app on sb_record (app, number);

create index sb_record_unfinished on sb_record (number) where finished = false;

create table sb_wanted (
  record text not null primary key references sb_record (id),
  document text not null
) strict;

create table sb_journal (
  record text not null references sb_record (id),
  sequence integer not null,
  document text not null,
  primary key (record, sequence)
) strict, without rowid;

create table sb_build (
  app text not null,
  component text not null,
  sequence integer not null,
  version text not null,
  document text not null,
  primary key (app, component, sequence),
  unique (app, component, version)
) strict;

create table sb_lease (
  app text not null primary key,
  holder text not null,
  fence integer not null, -- never goes back, so the row outlives the lease
  acquired_at integer not null, -- milliseconds since 1970 by the clock of the database
  expires_at integer not null,
  released integer not null
) strict, without rowid;

create table sb_signal (
  record text not null primary key, -- of a record that may be still to come
  signal text not null
) strict, without rowid;

create table sb_audit (
  app text not null,
  sequence integer not null,
  document text not null,
  primary key (app, sequence)
) strict, without rowid;
