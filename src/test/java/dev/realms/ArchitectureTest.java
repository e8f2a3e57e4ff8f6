package dev.realms;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackages;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.realms.realm.isolation.RealmScoped;
import dev.realms.web.Idempotent;
import dev.realms.web.admission.Resilient;
import jakarta.ejb.Stateless;
import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.OneToMany;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Which part may know which. */
@AnalyzeClasses(packages = "dev.realms", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    private static final String[] FEATURES = {
        "dev.realms.server..",
        "dev.realms.database..",
        "dev.realms.document..",
        "dev.realms.job..",
        "dev.realms.apikey.."
    };

    /** Reads MicroProfile Config for the WAR. */
    private static final String CONFIGURATION = "ConfiguredSettings";

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("dev.realms.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule problemsKnowOnlyWhereTheyWereMet = classes()
            .that()
            .resideInAPackage("dev.realms.web.problem..")
            .should()
            .onlyDependOnClassesThat(others("web.problem", "web.forwarded", "sql"));

    @ArchTest
    static final ArchRule sqlKnowsNobody =
            classes().that().resideInAPackage("dev.realms.sql..").should().onlyDependOnClassesThat(others("sql"));

    @ArchTest
    static final ArchRule whatIsPostedMayBeSentAgain = methods()
            .that()
            .areAnnotatedWith(POST.class)
            .and()
            .areDeclaredInClassesThat()
            .resideOutsideOfPackage("dev.realms.client")
            .should()
            .beAnnotatedWith(Idempotent.class);

    @ArchTest
    static final ArchRule settingsKnowNobody = classes()
            .that()
            .resideInAPackage("dev.realms.settings..")
            .should()
            .onlyDependOnClassesThat(others("settings"));

    @ArchTest
    static final ArchRule settingsAreFreeOfJakarta = noClasses()
            .that()
            .resideInAPackage("dev.realms.settings..")
            .and()
            .doNotHaveSimpleName(CONFIGURATION)
            .should()
            .dependOnClassesThat(resideInAnyPackage("jakarta.."));

    @ArchTest
    static final ArchRule configurationIsReadInOnePlace = noClasses()
            .that()
            .doNotHaveSimpleName(CONFIGURATION)
            .should()
            .dependOnClassesThat(resideInAnyPackage("org.eclipse.microprofile.config.."));

    @ArchTest
    static final ArchRule webKnowsItselfOnly = classes()
            .that()
            .resideInAnyPackage("dev.realms.web", "dev.realms.web.json", "dev.realms.web.body")
            .should()
            .onlyDependOnClassesThat(others("web", "sql", "settings"));

    @ArchTest
    static final ArchRule isolationKnowsNoFeature = classes()
            .that()
            .resideInAPackage("dev.realms.realm.isolation")
            .should()
            .onlyDependOnClassesThat(others("realm.isolation", "web", "sql"));

    @ArchTest
    static final ArchRule whatTheOwnerDoesIsBelowItsUsers = classes()
            .that()
            .resideInAPackage("dev.realms.ops")
            .should()
            .onlyDependOnClassesThat(others("ops", "web", "sql"));

    @ArchTest
    static final ArchRule requestsOfUsersHaveNoOwnersRights = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .or()
            .resideInAnyPackage(
                    "dev.realms.realm.isolation", "dev.realms.realm", "dev.realms.user..", "dev.realms.security.auth..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.realms.ops..");

    @ArchTest
    static final ArchRule featuresDoNotKnowEachOther = slices().matching(
                    "dev.realms.(server|database|document|job|apikey)..")
            .should()
            .notDependOnEachOther();

    @ArchTest
    static final ArchRule featuresUseWhatIsThereForThem = classes()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .onlyDependOnClassesThat(others(
                    "server", "database", "document", "job", "apikey", "realm.isolation", "security.secret", "web"));

    @ArchTest
    static final ArchRule nobodyInTheWarKnowsTheCommands = noClasses()
            .that()
            .resideOutsideOfPackage("dev.realms.launch..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.realms.launch..");

    @ArchTest
    static final ArchRule nobodyInTheWarKnowsWhatDescribesIt = noClasses()
            .that()
            .resideOutsideOfPackage("dev.realms.openapi..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.realms.openapi..");

    @ArchTest
    static final ArchRule whatARealmOwnsIsKnownToItsFeatureOnly = classes()
            .that()
            .areAssignableTo(RealmScoped.class)
            .and()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule whatARealmOwnsRefersByIdOnly = noClasses()
            .that()
            .areAssignableTo(RealmScoped.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(ManyToOne.class, OneToMany.class, jakarta.persistence.OneToOne.class);

    @ArchTest
    static final ArchRule whatARealmOwnsIsReachedThroughTheOrm = noClasses()
            .that()
            .resideInAnyPackage(FEATURES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..");

    @ArchTest
    static final ArchRule resourcesLeaveTheDatabaseToServices = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(EntityManager.class, javax.sql.DataSource.class);

    /** What the migration's resource starts is no transaction of ours, and not to be started twice. */
    @ArchTest
    static final ArchRule requestsThatUseServicesWaitForTheirTurnAndAreTriedAgain = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .and(describe("call services", ArchitectureTest::usesServices))
            .should()
            .beAnnotatedWith(Resilient.class);

    /** Nested types are named after what they are nested in. */
    @ArchTest
    static void noSimpleNameStandsTwice(JavaClasses all) {
        assertThat(topLevel(all).map(JavaClass::getSimpleName)).doesNotHaveDuplicates();
    }

    @ArchTest
    static void packagesHaveTwentyFilesAtMost(JavaClasses all) {
        Map<String, Long> files = topLevel(all).collect(groupingBy(JavaClass::getPackageName, counting()));

        assertThat(files).allSatisfy((name, number) -> assertThat(number).isBetween(1L, 20L));
    }

    private static Stream<JavaClass> topLevel(JavaClasses all) {
        return StreamSupport.stream(all.spliterator(), false)
                .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"));
    }

    private static boolean usesServices(JavaClass resource) {
        return resource.getDirectDependenciesFromSelf().stream()
                .anyMatch(used -> used.getTargetClass().isAnnotatedWith(Stateless.class));
    }

    private static com.tngtech.archunit.base.DescribedPredicate<com.tngtech.archunit.core.domain.JavaClass> others(
            String... allowed) {
        String[] packages = java.util.Arrays.stream(allowed)
                .map(name -> "dev.realms." + name + "..")
                .toArray(String[]::new);
        return resideOutsideOfPackages("dev.realms..").or(resideInAnyPackage(packages));
    }
}
