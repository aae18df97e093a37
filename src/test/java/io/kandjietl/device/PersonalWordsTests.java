package io.kandjietl.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalWordsTests {

    private static final ForgottenPerson ZOE = ForgottenPerson.of("Zoe.Long@example.com ", "X")
            .with("d1", "0a4e1f0e-0000-4000-8000-00000000a77a", "zoe.long@example.com", "Zoë Long")
            .with("d2", "4711", null, "Madonna")
            .withAccount("zlong");

    private final PersonalWords words = new PersonalWords(ZOE);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "zoe.long@example.com|X",
                "Write to ZOE.LONG@example.com.|Write to X.",
                "<zoe.long@example.com>|<X>",
                "Zoë Long|X",
                "ZOË LONG’s MacBook|X’s MacBook",
                "MacBook of Zoë   Long (old)|MacBook of X (old)",
                "Long, Zoë|X",
                "Zoe\u0308 Long|X",
                "user 0A4E1F0E-0000-4000-8000-00000000A77A left|user X left",
                "madonna|X",
            })
    void thePersonsWordsAreReplacedAnywhere(String text, String without) {
        assertThat(words.inText(text, null)).isEqualTo(without);
        assertThat(words.inText(text, "d9")).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "azoe.long@example.com",
                "zoe.long@example.com.au",
                "zoe.long@example.community",
                "x-zoe.long@example.com",
                "Zoë Longman",
                "McZoë Long",
                "Zoë's MacBook",
                "a long cable",
                "zlong",
                "4711",
                "Madonna's iPad",
                "",
            })
    void othersWordsStay(String text) {
        assertThat(words.inText(text, null)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Zoë's MacBook|X's MacBook",
                "MBP-ZLONG-14|MBP-X-14",
                "zoe.long|X",
                "Madonna's iPad|X's iPad",
                "Longboard|Longboard",
                "prolong|prolong",
            })
    void onThePersonsOwnDevicesPartsOfNamesAndUserNamesAreReplacedToo(String text, String without) {
        assertThat(words.inText(text, "d1")).isEqualTo(without);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"user\":{\"email\":\"zoe.long@example.com\"}}|{\"user\":{\"email\":\"X\"}}",
                "{\"user\": {\"name\": \"Zo\\u00eb Long\", \"n\": 1.50e3}}|{\"user\": {\"name\": \"X\", \"n\": 1.50e3}}",
                "{\"user\": {\"id\": 4711, \"n\": 4711}}|{\"user\": {\"id\": \"X\", \"n\": 4711}}",
                "{\"user\": {\"n\": \"a}\\\"\", \"id\":\"4711\"}}|{\"user\": {\"n\": \"a}\\\"\", \"id\":\"X\"}}",
                "{\"assigned_user\":{\"id\":47110}}|{\"assigned_user\":{\"id\":47110}}",
                "{\"assigned_user_id\":4711}|{\"assigned_user_id\":\"X\"}",
                "{\"blueprint\":{\"id\":4711},\"id\":4711}|{\"blueprint\":{\"id\":4711},\"id\":4711}",
                "{\"user\":{\"of\":{}},\"id\":4711}|{\"user\":{\"of\":{}},\"id\":4711}",
                "{\"Zo\\u00cb Long\":[\"say \\\"zoe.long@example.com\\\"\"]}|{\"X\":[\"say \\\"X\\\"\"]}",
                "{\"name\":\"Zo\\u00eb\\u2019s Mac\"}|{\"name\":\"Zo\\u00eb\\u2019s Mac\"}",
                "{\"cut\":\"Zo\\u00eb Long\",\"off|{\"cut\":\"X\",\"off",
                "{\"cut\":\"by Zo\\u00eb Long|{\"cut\":\"by X",
                "{\"cut\":\"by Zo\\u00eb Long\\|{\"cut\":\"by X\\",
                "[\"tab\\tZo\\u00eb Long\",\"\\ud83d\\ude00\"]|[\"tab\\u0009X\",\"\\ud83d\\ude00\"]",
            })
    void inJsonTheyAreFoundHoweverTheyAreEscapedAndAllElseStaysToTheCharacter(String json, String without) {
        assertThat(words.inJson(json, null)).isEqualTo(without);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\\n", "\\u00eb", "{", "}"})
    void aLongTextIsReadToItsEnd(String part) {
        String before = "{\"user\":{\"note\":\"" + part.repeat(100_000) + " ";

        assertThat(words.inJson(before + "zoe.long@example.com\",\"id\":4711}}", null))
                .contains(" X\",\"id\":\"X\"}}")
                .doesNotContain("zoe.long", "4711");
    }

    @Test
    void nothingIsNothing() {
        assertThat(words.inText(null, "d1")).isNull();
        assertThat(words.inJson(null, "d1")).isNull();
    }

    @Test
    void anAccountIsThePersonsWhereItIsCalledSo() {
        assertThat(ZOE.isOwnAccount("zoe.long", null)).isTrue();
        assertThat(ZOE.isOwnAccount("zl", "ZOË LONG")).isTrue();
        assertThat(ZOE.isOwnAccount("admin", "Administrator")).isFalse();
        assertThat(ZOE.isAccount("d1", "zlong")).isTrue();
        assertThat(ZOE.isAccount("d9", "zlong")).as("of somebody else's device").isFalse();
    }

    @Test
    void aSecondAccountHasANumberBehindThePseudonym() {
        ForgottenPerson two = ZOE.withAccount("aaa");

        assertThat(two.pseudonymOf("zlong")).as("the first one keeps its own").isEqualTo("X");
        assertThat(two.pseudonymOf("aaa")).isEqualTo("X-2");
    }

    @Test
    void aUserIsThePersonByIdOrByEmail() {
        assertThat(ZOE.isUser("4711", "other@example.com")).isTrue();
        assertThat(ZOE.isUser(null, "ZOE.long@example.com")).isTrue();
        assertThat(ZOE.isUser("4712", null)).isFalse();
    }
}
