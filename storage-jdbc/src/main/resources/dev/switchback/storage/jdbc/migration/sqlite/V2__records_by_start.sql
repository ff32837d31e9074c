-- SPDX-License-Identifier: Apache-2.0
-- Records of a span of time, whatever their app.

create index sb_record_started on sb_record (started_at, number);

update sb_schema set version = 2;
