// SPDX-License-Identifier: Apache-2.0
package dev.switchback.examples;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the modules to the arrows between them. There are no exemptions, and none may be added. */
final class ArchitectureTest {

  private static final JavaClasses CLASSES = new ClassFileImporter()
      .withImportOption(new ImportOption.DoNotIncludeTests())
      .importPackages("dev.switchback");

  private static final SortedMap<String, ModuleDescriptor> DESCRIPTORS = descriptors();

  private static final List<Module> MODULES = List.of(
      module("model", 60),
      module("diff", 60).sees("model").others("org.semver4j"),
      module("json", 40).sees("model", "diff").others("com.fasterxml.jackson"),
      module("storage", 15).sees("model"),
      module("deploy", 8).sees("model"),
      module("packaging", 15)
          .sees("model", "json")
          .others("com.fasterxml.jackson", "com.github.luben.zstd", "org.apache.commons.compress"),
      module("core", 25)
          .sees("model", "diff", "json", "storage", "deploy", "packaging")
          .others("io.github.resilience4j"),
      module("storage.files", 5).sees("model", "storage").others("com.fasterxml.jackson"),
      module("storage.jdbc", 5)
          .sees("model", "storage", "json")
          .others("com.zaxxer.hikari", "org.flywaydb", "org.postgresql", "org.sqlite"),
      module("deploy.docker", 15)
          .sees("model", "deploy")
          .others("com.fasterxml.jackson", "com.github.dockerjava", "org.apache.commons.compress"),
      module("testkit", 30)
          .sees("model", "storage", "deploy")
          .others("net.jqwik.api", "org.apiguardian", "org.assertj", "org.junit.jupiter"),
      module("testkit.site", 15)
          .sees("model", "diff", "json", "storage", "deploy", "core", "testkit")
          .others("org.apiguardian", "org.junit.jupiter", "org.junit.platform"));

  /** A module: how many classes it has at least, what it may see of us, and of others. */
  private record Module(String name, int leastClasses, List<String> modules, List<String> others) {

    Module sees(String... names) {
      return new Module(name, leastClasses, List.of(names), others);
    }

    Module others(String... packages) {
      return new Module(name, leastClasses, modules, List.of(packages));
    }

    static Module named(String name) {
      return MODULES.stream()
          .filter(module -> module.name.equals(name))
          .findFirst()
          .orElseThrow();
    }

    String moduleName() {
      return "dev.switchback." + name;
    }

    /** Tells whether a class is in one of the packages below, and in no module further down. */
    boolean contains(JavaClass type) {
      return isIn(type) && MODULES.stream().noneMatch(other -> other.isFurtherDown(this, type));
    }

    private boolean isFurtherDown(Module upper, JavaClass type) {
      return !equals(upper)
          && packages().stream().anyMatch(name -> name.startsWith(upper.moduleName() + "."))
          && isIn(type);
    }

    private boolean isIn(JavaClass type) {
      return packages().stream().anyMatch(name -> isOf(element(type), name));
    }

    private List<String> packages() {
      return name.equals("diff")
          ? List.of(moduleName(), "dev.switchback.plan")
          : List.of(moduleName());
    }

    boolean maySee(JavaClass type) {
      JavaClass element = element(type);
      return element.isPrimitive()
          || contains(element)
          || isOf(element, "java")
          || isOf(element, "javax")
          || isOf(element, "org.jspecify")
          || others.stream().anyMatch(name -> isOf(element, name))
          || modules.stream().anyMatch(name -> named(name).contains(element));
    }

    ModuleDescriptor descriptor() {
      ModuleDescriptor descriptor = DESCRIPTORS.get(moduleName());
      assertThat(descriptor).as("descriptor of " + moduleName()).isNotNull();
      return descriptor;
    }

    @Override
    public String toString() {
      return name;
    }

    DescribedPredicate<JavaClass> own() {
      return DescribedPredicate.describe("are in " + moduleName(), this::contains);
    }
  }

  private static Module module(String name, int leastClasses) {
    return new Module(name, leastClasses, List.of(), List.of());
  }

  static List<Module> modules() {
    return MODULES;
  }

  static List<Module> pureModules() {
    return List.of(Module.named("model"), Module.named("diff"));
  }

  @Test
  void import_findsEveryModule() {
    assertThat(DESCRIPTORS.keySet())
        .containsExactlyInAnyOrderElementsOf(
            MODULES.stream().map(Module::moduleName).toList());
    for (Module module : MODULES) {
      assertThat(CLASSES.stream().filter(module::contains).count())
          .as("classes of " + module.moduleName())
          .isGreaterThanOrEqualTo(module.leastClasses);
    }
    assertThat(CLASSES.stream().filter(type -> isOf(type, "dev.switchback.cli")).count())
        .isGreaterThanOrEqualTo(15);
    assertThat(CLASSES.stream()
            .filter(type -> isOf(type, "dev.switchback.examples"))
            .count())
        .isGreaterThanOrEqualTo(3);
  }

  @Test
  void import_knowsTheModuleOfEveryClass() {
    assertThat(CLASSES.stream().filter(type -> !type.getName().endsWith("module-info")))
        .allSatisfy(type -> assertThat(
                MODULES.stream().filter(module -> module.contains(type)).count()
                    + (isOf(type, "dev.switchback.cli") ? 1 : 0)
                    + (isOf(type, "dev.switchback.examples") ? 1 : 0))
            .as("modules of " + type.getName())
            .isEqualTo(1));
  }

  @ParameterizedTest
  @MethodSource("modules")
  void module_seesOnlyWhatItsArrowsAllow(Module module) {
    classes()
        .that(module.own())
        .should()
        .onlyDependOnClassesThat(DescribedPredicate.describe(
            "are its own, the JDK's, or of " + module.modules + module.others, module::maySee))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void descriptor_requiresOnlyWhatTheArrowsAllow(Module module) {
    Set<String> allowed = module.modules.stream()
        .map(name -> Module.named(name).moduleName())
        .collect(Collectors.toCollection(TreeSet::new));

    assertThat(module.descriptor().requires().stream().map(ModuleDescriptor.Requires::name))
        .filteredOn(name -> name.startsWith("dev.switchback"))
        .isSubsetOf(allowed);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void packages_haveNoCycles(Module module) {
    slices()
        .assignedFrom(new SliceAssignment() {
          @Override
          public SliceIdentifier getIdentifierOf(JavaClass type) {
            return module.contains(type)
                ? SliceIdentifier.of(element(type).getPackageName())
                : SliceIdentifier.ignore();
          }

          @Override
          public String getDescription() {
            return "packages of " + module.moduleName();
          }
        })
        .should()
        .beFreeOfCycles()
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("pureModules")
  void pureModule_doesNoInputOrOutput(Module module) {
    noClasses()
        .that(module.own())
        .should()
        .dependOnClassesThat(DescribedPredicate.describe(
            "do input or output, log, or make random numbers", ArchitectureTest::isImpure))
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("pureModules")
  void pureModule_readsNoClockAndNothingOfItsSurroundings(Module module) {
    noClasses()
        .that(module.own())
        .should()
        .accessTargetWhere(DescribedPredicate.describe(
            "a clock, randomness, or the system is asked", ArchitectureTest::asksTheSystem))
        .check(CLASSES);
  }

  @Test
  void commandLine_isSeenByApplicationsOnly() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.switchback.cli..", "dev.switchback.examples..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.switchback.cli..", "dev.switchback.examples..")
        .check(CLASSES);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void exportedSignatures_nameNoLibrary(Module module) {
    Set<String> exported = module.descriptor().exports().stream()
        .filter(export -> !export.isQualified())
        .map(ModuleDescriptor.Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
    List<String> hidden = List.of(
        "com.fasterxml",
        "com.github.dockerjava",
        "com.github.luben",
        "com.zaxxer",
        "org.apache.commons",
        "org.flywaydb",
        "org.postgresql",
        "org.semver4j",
        "org.sqlite");

    Set<String> found = new LinkedHashSet<>();
    CLASSES.stream()
        .filter(type -> exported.contains(type.getPackageName()))
        .filter(ArchitectureTest::isVisible)
        .forEach(type -> signatureTypes(type)
            .filter(used -> hidden.stream().anyMatch(name -> isOf(element(used), name)))
            .forEach(used -> found.add(type.getName() + " names " + used.getName())));

    assertThat(found).isEmpty();
  }

  /** The element type of an array, every other type itself. */
  private static JavaClass element(JavaClass type) {
    return type.getBaseComponentType();
  }

  private static boolean isOf(JavaClass type, String root) {
    return type.getPackageName().equals(root) || type.getPackageName().startsWith(root + ".");
  }

  private static boolean isImpure(JavaClass type) {
    JavaClass element = element(type);
    String name = element.getName();
    return (isOf(element, "java.io") && !name.equals("java.io.Serializable"))
        || isOf(element, "java.nio.file")
        || isOf(element, "java.nio.channels")
        || isOf(element, "java.net")
        || isOf(element, "java.sql")
        || isOf(element, "javax.sql")
        || isOf(element, "java.util.logging")
        || isOf(element, "java.util.random")
        || name.equals("java.lang.System$Logger")
        || name.equals("java.util.Random")
        || name.equals("java.util.concurrent.ThreadLocalRandom")
        || name.equals("java.security.SecureRandom");
  }

  private static boolean asksTheSystem(JavaAccess<?> access) {
    String owner = access.getTargetOwner().getName();
    String name = access.getName();
    return (owner.equals("java.lang.System")
            && !Set.of("arraycopy", "identityHashCode").contains(name))
        || owner.equals("java.lang.Runtime")
        || owner.equals("java.lang.ProcessHandle")
        || (owner.equals("java.lang.Math") && name.equals("random"))
        || (owner.equals("java.util.UUID") && name.equals("randomUUID"))
        || (owner.startsWith("java.time.")
            && (name.equals("now") || name.startsWith("system") || name.startsWith("tick")));
  }

  private static boolean isVisible(JavaClass type) {
    boolean self = type.getModifiers().contains(JavaModifier.PUBLIC)
        || type.getModifiers().contains(JavaModifier.PROTECTED);
    return self && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(JavaMember member) {
    return member.getModifiers().contains(JavaModifier.PUBLIC)
        || member.getModifiers().contains(JavaModifier.PROTECTED);
  }

  /** Every type that a caller meets: super types, fields, parameters, results, throws clauses. */
  private static Stream<JavaClass> signatureTypes(JavaClass type) {
    Stream<JavaClass> above = Stream.concat(
            type.getSuperclass().stream(), type.getInterfaces().stream())
        .map(JavaType::getAllInvolvedRawTypes)
        .flatMap(Set::stream);
    Stream<JavaClass> fields = type.getFields().stream()
        .filter(ArchitectureTest::isVisible)
        .map(JavaField::getAllInvolvedRawTypes)
        .flatMap(Set::stream);
    Stream<JavaClass> methods = type.getCodeUnits().stream()
        .filter(ArchitectureTest::isVisible)
        .flatMap(ArchitectureTest::signatureTypes);
    return Stream.of(above, fields, methods).flatMap(types -> types);
  }

  private static Stream<JavaClass> signatureTypes(JavaCodeUnit method) {
    return Stream.concat(
        method.getAllInvolvedRawTypes().stream(), method.getExceptionTypes().stream());
  }

  private static SortedMap<String, ModuleDescriptor> descriptors() {
    SortedMap<String, ModuleDescriptor> found = new TreeMap<>();
    try {
      for (URL place : Collections.list(
          ArchitectureTest.class.getClassLoader().getResources("module-info.class"))) {
        try (InputStream in = place.openStream()) {
          ModuleDescriptor descriptor = ModuleDescriptor.read(in);
          if (descriptor.name().startsWith("dev.switchback.")) {
            found.put(descriptor.name(), descriptor);
          }
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    return found;
  }
}
