package io.kandjietl.lake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LakeTableTests {

    /** Whoever changes the expected text changes what readers of the lake rely on: columns are only ever appended. */
    @ParameterizedTest
    @MethodSource("tables")
    void theSchemaIsTheOneThatReadersRelyOn(LakeTable<?> table) throws IOException {
        assertThat(table.schema()).hasToString(expected("/lake/" + table.entity() + ".schema"));
    }

    static LakeTable<?>[] tables() {
        return new LakeTable<?>[] {LakeTable.devices(SampleRows.SLOT), LakeTable.assignments(SampleRows.SLOT)};
    }

    private static String expected(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(LakeTableTests.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
