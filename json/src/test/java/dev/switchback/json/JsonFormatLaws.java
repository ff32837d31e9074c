// SPDX-License-Identifier: Apache-2.0
package dev.switchback.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.switchback.json.internal.CanonicalJson;
import dev.switchback.model.Digest;
import dev.switchback.model.RefusedException;
import dev.switchback.model.app.AppState;
import dev.switchback.model.app.AuditEntry;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.JournalEntry;
import dev.switchback.model.app.Lease;
import dev.switchback.model.app.OperationRecord;
import dev.switchback.model.spec.AppSpec;
import dev.switchback.model.spec.Component;
import dev.switchback.model.template.TemplateVersion;
import dev.switchback.testkit.arbitraries.Specs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What is read is what was written, and what is written is canonical. */
final class JsonFormatLaws {

  private static final ObjectMapper TREES = new ObjectMapper();

  @Property(tries = 80)
  void readOfWrite_spec_isTheSpec(@ForAll("specs") AppSpec value) {
    roundTrip(JsonFormats.appSpec(), value);
  }

  @Property(tries = 80)
  void readOfWrite_component_isTheComponent(@ForAll("components") Component value) {
    roundTrip(JsonFormats.component(), value);
  }

  @Property(tries = 50)
  void readOfWrite_templateVersion_isTheVersion(@ForAll("versions") TemplateVersion value) {
    TemplateVersion read = roundTrip(JsonFormats.templateVersion(), value);
    assertThat(read.ref().version().text()).isEqualTo(value.ref().version().text());
  }

  @Property(tries = 100)
  void readOfWrite_appState_isTheState(@ForAll("states") AppState value) {
    roundTrip(JsonFormats.appState(), value);
  }

  @Property(tries = 80)
  void readOfWrite_record_isTheRecord(@ForAll("records") OperationRecord value) {
    roundTrip(JsonFormats.operationRecord(), value);
  }

  @Property(tries = 80)
  void readOfWrite_journalEntry_isTheEntry(@ForAll("entries") JournalEntry value) {
    roundTrip(JsonFormats.journalEntry(), value);
  }

  @Property(tries = 80)
  void readOfWrite_auditEntry_isTheEntry(@ForAll("auditEntries") AuditEntry value) {
    roundTrip(JsonFormats.auditEntry(), value);
  }

  @Property(tries = 80)
  void readOfWrite_build_isTheBuild(@ForAll("builds") Build value) {
    roundTrip(JsonFormats.build(), value);
  }

  @Property(tries = 80)
  void readOfWrite_lease_isTheLease(@ForAll("leases") Lease value) {
    roundTrip(JsonFormats.lease(), value);
  }

  @Property(tries = 80)
  void write_anyText_isCanonical(@ForAll String text) {
    AppSpec spec = AppSpec.builder().governanceMode(text).build();
    roundTrip(JsonFormats.appSpec(), spec);
  }

  @Property(tries = 80)
  void write_anyLong_isReadBack(@ForAll @LongRange(min = 0) long fence) {
    Lease lease = FullValues.lease();
    roundTrip(
        JsonFormats.lease(),
        new Lease(lease.app(), lease.holder(), fence, lease.acquiredAt(), lease.expiresAt()));
  }

  @Property(tries = 100)
  void read_cutDocument_isRefused(
      @ForAll("components") Component value, @ForAll @IntRange(max = 9_999) int share) {
    byte[] json = JsonFormats.component().write(value);
    byte[] cut = Arrays.copyOf(json, (int) ((long) json.length * share / 10_000));
    assertThatThrownBy(() -> JsonFormats.component().read(cut))
        .isInstanceOf(RefusedException.class);
  }

  @Property(tries = 100)
  void read_bytesChanged_isReadOrRefused(
      @ForAll("components") Component value,
      @ForAll @IntRange(max = 9_999) int share,
      @ForAll byte by) {
    byte[] json = JsonFormats.component().write(value);
    json[(int) ((long) json.length * share / 10_000)] = by;
    try {
      assertThat(JsonFormats.component().read(json)).isNotNull();
    } catch (RefusedException e) {
      assertThat(e.obstacles())
          .isNotEmpty()
          .allSatisfy(o -> assertThat(o.nextStep()).isNotEmpty());
    }
  }

  private static <T> T roundTrip(JsonFormat<T> format, T value) {
    byte[] json = format.write(value);
    T read = format.read(json);
    assertThat(read).isEqualTo(value);
    assertThat(format.write(read)).isEqualTo(json);
    assertThat(format.digest(value)).isEqualTo(Digest.of(json));
    try {
      assertThat(json).isEqualTo(CanonicalJson.bytes(TREES.readTree(json)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return read;
  }

  @Provide
  Arbitrary<AppSpec> specs() {
    return Specs.appSpec();
  }

  @Provide
  Arbitrary<Component> components() {
    return Specs.component();
  }

  @Provide
  Arbitrary<TemplateVersion> versions() {
    return Specs.templateVersion(JsonFormats.appSpec()::digest);
  }

  @Provide
  Arbitrary<AppState> states() {
    return Specs.appState();
  }

  @Provide
  Arbitrary<OperationRecord> records() {
    return Specs.operationRecord();
  }

  @Provide
  Arbitrary<JournalEntry> entries() {
    return Specs.journalEntry();
  }

  @Provide
  Arbitrary<AuditEntry> auditEntries() {
    return Specs.auditEntry();
  }

  @Provide
  Arbitrary<Build> builds() {
    return Specs.build();
  }

  @Provide
  Arbitrary<Lease> leases() {
    return Specs.lease();
  }
}
