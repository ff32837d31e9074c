// SPDX-License-Identifier: Apache-2.0
package dev.switchback.cli;

import dev.switchback.diff.Place;
import dev.switchback.model.AppId;
import dev.switchback.model.ComponentKey;
import dev.switchback.model.Digest;
import dev.switchback.model.RecordId;
import dev.switchback.model.TemplateId;
import dev.switchback.model.Version;
import dev.switchback.model.VersionRef;
import dev.switchback.model.app.Build;
import dev.switchback.model.app.OnFailure;
import dev.switchback.model.app.OperationKind;
import dev.switchback.model.app.RecordStatus;
import dev.switchback.model.spec.Image;
import dev.switchback.plan.PlaceText;
import dev.switchback.plan.Policy;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads the values of options and parameters; what is wrong with one is wrong usage. */
final class Converters {

  private Converters() {}

  static void register(CommandLine commands) {
    commands.registerConverter(AppId.class, reading(AppId::new));
    commands.registerConverter(ComponentKey.class, reading(ComponentKey::new));
    commands.registerConverter(RecordId.class, reading(RecordId::new));
    commands.registerConverter(TemplateId.class, reading(TemplateId::new));
    commands.registerConverter(Version.class, reading(Version::parse));
    commands.registerConverter(VersionRef.class, reading(VersionRef::parse));
    commands.registerConverter(Policy.class, reading(Policy::named));
    commands.registerConverter(Place.class, reading(PlaceText::parse));
    commands.registerConverter(Image.class, reading(Converters::image));
    commands.registerConverter(OnFailure.class, reading(Converters::onFailure));
    commands.registerConverter(RecordStatus.class, reading(word -> of(RecordStatus.class, word)));
    commands.registerConverter(Build.Status.class, reading(word -> of(Build.Status.class, word)));
    commands.registerConverter(OperationKind.class, reading(word -> of(OperationKind.class, word)));
  }

  private static <T> ITypeConverter<T> reading(Function<String, T> read) {
    return text -> {
      try {
        return read.apply(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(String.valueOf(e.getMessage()));
      }
    };
  }

  /** Reads a constant as documents have it: lower case with hyphens. */
  private static <E extends Enum<E>> E of(Class<E> type, String word) {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> Text.word(constant).equalsIgnoreCase(word))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("Invalid word '" + word + "': there are "
            + Arrays.stream(type.getEnumConstants()).map(Text::word).collect(Text.joined())));
  }

  /** Reads an image by reference, of which the digest is kept if it has one. */
  private static Image image(String reference) {
    if (reference.isBlank()) {
      throw new IllegalArgumentException("Invalid image: it is empty");
    }
    int at = reference.indexOf("@sha256:");
    return new Image(reference, at < 0 ? null : Digest.parse(reference.substring(at + 1)), "");
  }

  private static OnFailure onFailure(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "stop" -> OnFailure.STOP;
      case "continue" -> OnFailure.CONTINUE;
      case "rollback", "roll-back" -> OnFailure.ROLL_BACK;
      default ->
        throw new IllegalArgumentException(
            "Invalid word '" + word + "': there are stop, continue, rollback");
    };
  }
}
