package io.kandjietl.simulator;

import io.kandjietl.simulator.Draw.Trait;
import java.text.Normalizer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The company's people, all invented. Each post is held by one person after another: a person stays for five stages of 60
 * days each, gets the UUID in place of the integer id where there was one, changes the name, then the e-mail, and is
 * archived at last. Pure and thread-safe.
 */
final class People {

    private static final long STAGE_LENGTH = Duration.ofDays(60).toMillis();
    private static final int STAGES = 5;
    private static final int UUID_STAGE = 1;
    private static final int NAME_STAGE = 2;
    private static final int EMAIL_STAGE = 3;
    private static final int ARCHIVED_STAGE = 4;

    private static final List<String> FIRST_NAMES = List.of(
            "Ada",
            "Aisha",
            "Alan",
            "Amélie",
            "Anders",
            "Anneke",
            "Barbara",
            "Bjarne",
            "Carla",
            "Chen",
            "Clara",
            "Dmitri",
            "Edith",
            "Elif",
            "Emeka",
            "Farid",
            "Fatima",
            "Grace",
            "Haruto",
            "Hedy",
            "Hiroko",
            "Ines",
            "Ingrid",
            "Ivan",
            "Jean",
            "Joan",
            "José",
            "Jürgen",
            "Katherine",
            "Kofi",
            "Lars",
            "Leila",
            "Linus",
            "Lucía",
            "Mae",
            "Marek",
            "Margaret",
            "Mei",
            "Nadia",
            "Niklaus",
            "Noor",
            "Olga",
            "Oluwaseun",
            "Pablo",
            "Priya",
            "Radia",
            "Ravi",
            "Renée",
            "Rosa",
            "Sabine",
            "Sofia",
            "Tamar",
            "Theo",
            "Tove",
            "Uma",
            "Vera",
            "Wen",
            "Yara",
            "Yusuf",
            "Zoë");

    private static final List<String> LAST_NAMES = List.of(
            "Abara",
            "Acosta",
            "Adler",
            "Bianchi",
            "Blom",
            "Brandt",
            "Castillo",
            "Chandra",
            "Conti",
            "Dahl",
            "Delgado",
            "Dubois",
            "Eriksen",
            "Fischer",
            "Fontaine",
            "García",
            "Goldberg",
            "Grant",
            "Haddad",
            "Hansen",
            "Hartmann",
            "Holm",
            "Hopkins",
            "Ibrahim",
            "Ito",
            "Jansen",
            "Jensen",
            "Kamara",
            "Keller",
            "Kim",
            "Kowalski",
            "Lambert",
            "Larsen",
            "Lindqvist",
            "Lombardi",
            "Marchetti",
            "Mbeki",
            "Mendes",
            "Moreau",
            "Müller",
            "Nakamura",
            "Novák",
            "Núñez",
            "O’Brien",
            "O’Neill",
            "Okafor",
            "Ortiz",
            "Osei",
            "Pereira",
            "Petrov",
            "Quist",
            "Rahman",
            "Reyes",
            "Rossi",
            "Santos",
            "Schneider",
            "Sharma",
            "Silva",
            "Sørby",
            "Tanaka",
            "Thorne",
            "Ueda",
            "Vargas",
            "Vogel",
            "Wagner",
            "Walsh",
            "Weber",
            "Winther",
            "Yamada",
            "Zhang",
            "Ziegler");

    private static final Pattern NOT_PLAIN = Pattern.compile("[^a-z .-]");

    private static final Map<String, String> PLAIN = Stream.concat(FIRST_NAMES.stream(), LAST_NAMES.stream())
            .collect(Collectors.toUnmodifiableMap(Function.identity(), People::ascii));

    private final int posts;
    private final Lifeline lifeline;
    private final Spread phases;
    private final Draw draw;

    People(int posts, Lifeline lifeline, long seed) {
        this.posts = Math.max(1, posts);
        this.lifeline = lifeline;
        this.phases = Spread.of(this.posts, 0.6180339887, seed);
        this.draw = new Draw(seed).part(Trait.OWNER);
    }

    /** The one who holds the post that a draw falls on. */
    Person owner(Draw owner, long moment) {
        return holder(owner.below(Trait.OWNER, posts), moment);
    }

    /** The one who holds a post. */
    Person holder(int post, long moment) {
        long stages = Math.floorDiv(moment + phases.of(post) * (STAGES * STAGE_LENGTH / posts), STAGE_LENGTH);
        int stage = Math.floorMod(stages, STAGES);
        long generation = Math.floorDiv(stages, (long) STAGES);
        Draw person = draw.part(post).part(generation);
        long number = post + posts * Math.floorMod(generation, 4L);
        String name = first(number) + " " + last(number, stage >= NAME_STAGE);
        return new Person(id(person, number, stage), email(person, number, stage), name, stage == ARCHIVED_STAGE);
    }

    /** A text in lower case without accents, with nothing but letters, hyphens, dots and spaces. */
    static String ascii(String text) {
        String plain = Normalizer.normalize(text.replace('ø', 'o'), Normalizer.Form.NFD);
        return NOT_PLAIN.matcher(plain.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    private static String id(Draw person, long number, int stage) {
        boolean integer = stage < UUID_STAGE && person.perMille(Trait.INTEGER_ID, 300);
        return integer ? Long.toString(100_000 + number) : person.uuid(Trait.ID);
    }

    private static @Nullable String email(Draw person, long number, int stage) {
        int rank = person.below(Trait.EMAIL, 1000);
        if (rank < 15) {
            return null;
        }
        String first = PLAIN.get(first(number));
        String last = plain(last(number, stage >= EMAIL_STAGE));
        // Beyond the number of names that there are, the address tells namesakes apart.
        long namesake = number / ((long) FIRST_NAMES.size() * LAST_NAMES.size());
        String suffix = namesake == 0 ? "" : Long.toString(namesake + 1);
        return rank < 60
                ? capitalized(first) + "." + capitalized(last) + suffix + "@Example.com"
                : first + "." + last + suffix + "@example.com";
    }

    /** A last name, single or double, as it stands in an address. */
    private static String plain(String last) {
        int hyphen = last.indexOf('-');
        return hyphen < 0
                ? PLAIN.get(last)
                : PLAIN.get(last.substring(0, hyphen)) + "-" + PLAIN.get(last.substring(hyphen + 1));
    }

    private static String capitalized(String name) {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    }

    private static String first(long number) {
        return FIRST_NAMES.get((int) (number % FIRST_NAMES.size()));
    }

    private static String last(long number, boolean renamed) {
        long first = number % FIRST_NAMES.size();
        long row = number / FIRST_NAMES.size() + first * 13;
        String last = LAST_NAMES.get((int) (row % LAST_NAMES.size()));
        return renamed ? last + "-" + LAST_NAMES.get((int) ((row + 29) % LAST_NAMES.size())) : last;
    }
}
