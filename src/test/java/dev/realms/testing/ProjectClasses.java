package dev.realms.testing;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.annotation.Annotation;
import java.util.stream.Stream;

/** The classes of the project, read once from their files: it takes a while. */
public final class ProjectClasses {

    private ProjectClasses() {}

    /** What the product consists of. */
    public static Stream<Class<?>> product() {
        return Product.CLASSES.stream().map(JavaClass::reflect);
    }

    static Stream<Class<?>> product(Class<? extends Annotation> annotation) {
        return Product.CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(annotation))
                .map(JavaClass::reflect);
    }

    static Stream<Class<?>> tests(Class<? extends Annotation> annotation) {
        return Tests.CLASSES.stream()
                .filter(type -> type.isAnnotatedWith(annotation))
                .map(JavaClass::reflect);
    }

    private static final class Product {

        static final JavaClasses CLASSES = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.realms");
    }

    private static final class Tests {

        static final JavaClasses CLASSES = new ClassFileImporter()
                .importUrl(ProjectClasses.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation());
    }
}
