-- SPDX-License-Identifier: Apache-2.0
-- Records of one status or kind, whatever their app.

create index sb_record_of_status on sb_record (status, number);

create index sb_record_of_kind on sb_record (kind, number);

-- Documents of more than a quarter of a page do not belong into an index, which a table without row
-- numbers is: on the way to a row, the whole of each one met is read and compared.

create table sb_journal_of_rows (
  record text not null references sb_record (id),
  sequence integer not null,
  document text not null,
  primary key (record, sequence)
) strict;

insert into sb_journal_of_rows (record, sequence, document)
  select record, sequence, document from sb_journal order by record, sequence;

drop table sb_journal;

alter table sb_journal_of_rows rename to sb_journal;

create table sb_audit_of_rows (
  app text not null,
  sequence integer not null,
  document text not null,
  primary key (app, sequence)
) strict;

insert into sb_audit_of_rows (app, sequence, document)
  select app, sequence, document from sb_audit order by app, sequence;

drop table sb_audit;

alter table sb_audit_of_rows rename to sb_audit;

update sb_schema set version = 3;
