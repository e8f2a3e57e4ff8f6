package dev.realms.realm.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RealmTablesTest {

    @Test
    void namesTheTableOfEachEntityThatHasARealm() {
        assertThat(new ClassFileImporter()
                                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                                .importPackages("dev.realms")
                                .stream()
                                .filter(type -> type.isAssignableTo(RealmScoped.class))
                                .filter(type -> type.isAnnotatedWith(Entity.class))
                                .map(RealmTablesTest::table))
                .containsExactlyInAnyOrderElementsOf(
                        Stream.concat(RealmTables.OWNED.stream(), Stream.of(RealmTables.EVENTS))
                                .toList());
    }

    @Test
    void putsWhatIsReferredToFirst() {
        assertThat(RealmTables.REFERENCES)
                .allSatisfy(reference ->
                        assertThat(RealmTables.OWNED).containsSubsequence(reference.target(), reference.table()));
    }

    private static String table(JavaClass entity) {
        return entity.tryGetAnnotationOfType(Table.class).map(Table::name).orElse(entity.getSimpleName());
    }
}
