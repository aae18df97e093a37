package io.kandjietl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.jspecify.annotations.NullMarked;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.context.Lifecycle;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

@AnalyzeClasses(packagesOf = KandjiEtl.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTests {

    @ArchTest
    static final ArchRule arrows = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("command")
            .definedBy("io.kandjietl.command")
            .layer("job")
            .definedBy("io.kandjietl.job")
            .layer("normalize")
            .definedBy("io.kandjietl.normalize")
            .layer("kandji")
            .definedBy("io.kandjietl.kandji")
            .layer("warehouse")
            .definedBy("io.kandjietl.warehouse")
            .layer("lake")
            .definedBy("io.kandjietl.lake")
            .layer("telemetry")
            .definedBy("io.kandjietl.telemetry")
            .layer("device")
            .definedBy("io.kandjietl.device")
            .layer("failure")
            .definedBy("io.kandjietl.failure")
            .whereLayer("command")
            .mayOnlyAccessLayers("job", "kandji", "normalize", "warehouse", "lake", "device", "failure")
            .whereLayer("job")
            .mayOnlyAccessLayers("kandji", "normalize", "warehouse", "lake", "telemetry", "device", "failure")
            .whereLayer("normalize")
            .mayOnlyAccessLayers("kandji", "device", "failure")
            .whereLayer("kandji")
            .mayOnlyAccessLayers("device", "failure")
            .whereLayer("warehouse")
            .mayOnlyAccessLayers("device", "failure")
            .whereLayer("lake")
            .mayOnlyAccessLayers("device", "failure")
            .whereLayer("telemetry")
            .mayNotAccessAnyLayer()
            .whereLayer("device")
            .mayNotAccessAnyLayer()
            .whereLayer("failure")
            .mayNotAccessAnyLayer();

    @ArchTest
    static final ArchRule onlyTheJobAndItsCommandsSeeSpringBatchCore = noClasses()
            .that()
            .resideOutsideOfPackages("io.kandjietl.job", "io.kandjietl.command")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.springframework.batch.core..");

    @ArchTest
    static final ArchRule domainRecordsKnowNoFramework = noClasses()
            .that()
            .resideInAnyPackage("io.kandjietl.device", "io.kandjietl.failure")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.springframework..", "org.apache..", "tools.jackson..");

    @ArchTest
    static final ArchRule onlyTheLakeSeesHadoopAndParquet = noClasses()
            .that()
            .resideOutsideOfPackage("io.kandjietl.lake")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.hadoop..", "org.apache.parquet..");

    /** Others are observed through micrometer's observations alone, and don't know who looks. */
    @ArchTest
    static final ArchRule onlyTelemetryKnowsWhatMetricsAndTracesAreMadeWith = noClasses()
            .that()
            .resideOutsideOfPackage("io.kandjietl.telemetry")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.micrometer.core..",
                    "io.micrometer.prometheusmetrics..",
                    "io.micrometer.registry..",
                    "io.micrometer.tracing..",
                    "io.opentelemetry..");

    /** The parts of Spring Boot that would read these annotations are not used: they would be ignored without a word. */
    @ArchTest
    static final ArchRule nothingIsAskedOfSpringThatIsNotThere = noClasses()
            .should()
            .dependOnClassesThat()
            .belongToAnyOf(
                    Transactional.class,
                    Async.class,
                    Scheduled.class,
                    Repository.class,
                    Lifecycle.class,
                    ConfigurationProperties.class);

    @ArchTest
    static final ArchRule everyPackageIsNullMarked = classes()
            .should()
            .beAssignableTo(anyInANullMarkedPackage())
            .as("every class should be in a package that is @NullMarked");

    private static DescribedPredicate<JavaClass> anyInANullMarkedPackage() {
        return DescribedPredicate.describe(
                "in a @NullMarked package", type -> type.getPackage().isAnnotatedWith(NullMarked.class));
    }
}
