// SPDX-License-Identifier: Apache-2.0
package dev.switchback.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.switchback.model.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens where zstd-jni is not on the class path. */
final class WithoutZstdTest {

  private static final String NEXT_STEP =
      "zstd compression is not available (add com.github.luben:zstd-jni to the class path, or use"
          + " .tar.gz or .tar)";

  @TempDir
  Path directory;

  /** Loads everything anew, but for what is not to be there. */
  private static final class Loader extends ClassLoader {

    Loader() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("com.github.luben.")) {
        throw new ClassNotFoundException(name);
      }
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = WithoutZstdTest.class.getClassLoader().getResourceAsStream(file)) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Writes a package and reads it again; returns what was refused, or an empty text. */
  public static final class Attempt implements Function<Path, String> {

    /** Called by reflection. */
    public Attempt() {}

    @Override
    public String apply(Path file) {
      try {
        if (!Files.exists(file)) {
          PackageWriter.write(file, List.of(Versions.plain("demo@1.0")));
        }
        PackageReader.open(file).close();
        return "";
      } catch (RefusedException e) {
        return e.getMessage();
      }
    }
  }

  @SuppressWarnings("unchecked") // the class is the one above
  private static String attempt(Path file) throws ReflectiveOperationException {
    Object attempt =
        new Loader().loadClass(Attempt.class.getName()).getDeclaredConstructor().newInstance();
    return ((Function<Path, String>) attempt).apply(file);
  }

  @Test
  void write_zstdWithoutTheLibrary_isRefusedWithNextStep() throws Exception {
    assertThat(attempt(directory.resolve("p.tar.zst"))).contains(NEXT_STEP);
    assertThat(directory).isEmptyDirectory();
    assertThat(attempt(directory.resolve("p.tar.gz"))).isEmpty();
    assertThat(attempt(directory.resolve("p.tar"))).isEmpty();
  }

  @Test
  void open_zstdWithoutTheLibrary_isRefusedWithNextStep() throws Exception {
    Path file = directory.resolve("p.tar.zst");
    PackageWriter.write(file, List.of(Versions.plain("demo@1.0")));

    assertThat(attempt(file)).startsWith("Cannot read package").contains(NEXT_STEP);
  }
}
