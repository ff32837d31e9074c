// SPDX-License-Identifier: Apache-2.0

import org.jspecify.annotations.NullMarked;

/** Keeps everything but blobs in SQL: SQLite in a directory, or PostgreSQL. */
@NullMarked
module dev.switchback.storage.jdbc {
  requires static transitive org.jspecify;
  requires com.zaxxer.hikari;
  requires dev.switchback.json;
  requires transitive dev.switchback.storage;
  requires flyway.core;
  requires flyway.database.postgresql;
  requires transitive java.sql;
  requires org.xerial.sqlitejdbc;

  exports dev.switchback.storage.jdbc;

  provides dev.switchback.storage.StorageProvider with
      dev.switchback.storage.jdbc.SqliteStorageProvider;
}
