package dev.realms.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code realms-client.jar} holds, and what it needs beside it. */
@Tag("any-server")
class ClientJarIT {

    private static final Path JAR = Path.of(System.getProperty("realms.it.war")).resolveSibling("realms-client.jar");

    @Test
    void needsJakartaAndMicroProfileOnly() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            JavaClasses classes = new ClassFileImporter().importJar(jar);
            Set<String> held = classes.stream().map(JavaClass::getName).collect(Collectors.toSet());

            Set<String> needed = classes.stream()
                    .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .filter(type -> !type.isPrimitive() && !held.contains(type.getName()))
                    .map(JavaClass::getPackageName)
                    .filter(name -> !name.startsWith("java."))
                    .map(name -> name.replaceFirst(
                            "^(jakarta\\.[a-z]+|org\\.eclipse\\.microprofile\\.[a-z]+\\.[a-z]+)\\..*", "$1"))
                    .collect(Collectors.toSet());

            assertThat(held).contains("dev.realms.client.RealmsClient", "dev.realms.document.DocumentView");
            assertThat(needed)
                    .containsExactlyInAnyOrder(
                            "jakarta.annotation",
                            "jakarta.json",
                            "jakarta.validation",
                            "jakarta.ws",
                            "org.eclipse.microprofile.rest.client");
        }
    }
}
