package io.kandjietl.device;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds a person's words in texts that people or programs wrote, and puts the pseudonym in their place. Everywhere: e-mails, ids,
 * and names of two words or more, in either order. On the person's own devices also each word of a name, user names, and the
 * e-mail before its at sign. Words are whole words, in whatever case. Immutable.
 */
public final class PersonalWords {

    private static final int LEAST_PART = 3;
    private static final int LEAST_ID = 8;

    /** What may not stand beside a word. */
    private static final String LETTER = "[\\p{L}\\p{M}\\p{N}]";

    /** What stands between quotes, in loops that need no stack, however long it is. */
    private static final String QUOTED = "[^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+";

    /** The last one of a text that was cut is not closed. */
    private static final Pattern LITERAL = Pattern.compile("\"(" + QUOTED + ")(\"|\\\\?\\z)", Pattern.DOTALL);

    /** What stands before the id of a user: a field of its own, or what begins an object that is called a user. */
    private static final String BEFORE_ID = "\"[^\"\\\\]*?user_?(?:id\"|[^\"\\\\]*+\"\\s*+:\\s*+\\{"
            + "(?:(?!\"id\"\\s*+:)(?:[^{}\"]|\"" + QUOTED + "\"))*+\"id\")\\s*+:\\s*+";

    private static final Pattern ESCAPE = Pattern.compile("\\\\(u([0-9a-fA-F]{4})|.)", Pattern.DOTALL);

    private final String pseudonym;
    private final Set<String> wholes;
    private final Pattern anywhere;
    private final Pattern onOwnDevices;
    private final @Nullable Pattern numbers;
    private final Set<String> deviceIds;

    /** The words of a person. */
    public PersonalWords(ForgottenPerson person) {
        this.pseudonym = person.pseudonym();
        this.deviceIds = person.deviceIds();
        this.wholes = person.names().stream()
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        List<String> words = new ArrayList<>();
        person.emails().forEach(email -> words.add(email(email)));
        person.userIds().stream()
                .filter(id -> id.length() >= LEAST_ID && !isNumber(id))
                .forEach(id -> words.add(word(id)));
        person.names().forEach(name -> addName(name, words));
        this.anywhere = pattern(words);
        List<String> more = new ArrayList<>(words);
        person.usernames().forEach(username -> addPart(username, more));
        person.emails().forEach(email -> addPart(email.substring(0, Math.max(0, email.indexOf('@'))), more));
        person.names().forEach(name -> List.of(name.strip().split("\\s+")).forEach(part -> addPart(part, more)));
        this.onOwnDevices = pattern(more);
        String ids = person.userIds().stream().filter(PersonalWords::isNumber).collect(Collectors.joining("|"));
        this.numbers = ids.isEmpty()
                ? null
                : Pattern.compile(
                        "(" + BEFORE_ID + ")(?:\"(?:" + ids + ")\"|(?:" + ids + ")\\b)",
                        Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /**
     * A text without the person.
     *
     * @param deviceId the device that it is about; null when it is about none
     * @return the same text where the person is not in it; null for null
     */
    public @Nullable String inText(@Nullable String text, @Nullable String deviceId) {
        if (text == null) {
            return null;
        }
        if (wholes.contains(text.strip().toLowerCase(Locale.ROOT))) {
            return pseudonym;
        }
        boolean isOwn = deviceId != null && deviceIds.contains(deviceId);
        return (isOwn ? onOwnDevices : anywhere).matcher(text).replaceAll(Matcher.quoteReplacement(pseudonym));
    }

    /**
     * JSON without the person, in names as in values, however its characters are escaped; also where it is no whole JSON.
     * What the person is not in stays as it is, to the character.
     *
     * @param deviceId the device that it is about; null when it is about none
     */
    public @Nullable String inJson(@Nullable String json, @Nullable String deviceId) {
        if (json == null) {
            return null;
        }
        String named = numbers == null
                ? json
                : numbers.matcher(json)
                        .replaceAll(id -> Matcher.quoteReplacement(id.group(1) + "\"" + pseudonym + "\""));
        return LITERAL.matcher(named).replaceAll(literal -> Matcher.quoteReplacement(literal(literal, deviceId)));
    }

    private String literal(MatchResult literal, @Nullable String deviceId) {
        String text = ESCAPE.matcher(literal.group(1)).replaceAll(PersonalWords::unescape);
        String without = inText(text, deviceId);
        return without == null || without.equals(text) ? literal.group() : "\"" + escape(without) + literal.group(2);
    }

    private static String unescape(MatchResult escape) {
        String hex = escape.group(2);
        String text = hex != null
                ? String.valueOf((char) Integer.parseInt(hex, 16))
                : switch (escape.group(1)) {
                    case "n" -> "\n";
                    case "t" -> "\t";
                    case "r" -> "\r";
                    case "b" -> "\b";
                    case "f" -> "\f";
                    default -> escape.group(1);
                };
        return Matcher.quoteReplacement(text);
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"' || character == '\\') {
                escaped.append('\\').append(character);
            } else if (character < ' ' || Character.isSurrogate(character)) {
                escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) character));
            } else {
                escaped.append(character);
            }
        }
        return escaped.toString();
    }

    private static boolean isNumber(String id) {
        return id.chars().allMatch(character -> character >= '0' && character <= '9');
    }

    private static void addName(String name, List<String> words) {
        String[] parts = name.strip().split("\\s+");
        if (parts.length > 1) {
            words.add(word(parts));
            String[] turned = new String[parts.length];
            turned[0] = parts[parts.length - 1] + ",";
            System.arraycopy(parts, 0, turned, 1, parts.length - 1);
            words.add(word(turned));
        }
    }

    private static void addPart(String part, List<String> words) {
        if (part.codePointCount(0, part.length()) >= LEAST_PART) {
            words.add(word(part));
        }
    }

    /** An address goes on over dots and dashes, so that one may not be the end of another; a sentence may end behind it. */
    private static String email(String email) {
        return "(?<![\\p{L}\\p{N}._%+-])" + quoted(email) + "(?![\\p{L}\\p{N}]|[.-][\\p{L}\\p{N}])";
    }

    private static String word(String... parts) {
        return "(?<!" + LETTER + ")"
                + java.util.Arrays.stream(parts).map(PersonalWords::quoted).collect(Collectors.joining("\\s+"))
                + "(?!" + LETTER + ")";
    }

    /** An accent may be a letter's own or a character of its own. */
    private static String quoted(String text) {
        return "(?:"
                + List.of(Normalizer.Form.NFC, Normalizer.Form.NFD).stream()
                        .map(form -> Pattern.quote(Normalizer.normalize(text, form)))
                        .distinct()
                        .collect(Collectors.joining("|"))
                + ")";
    }

    private static Pattern pattern(List<String> words) {
        return Pattern.compile(
                words.isEmpty() ? "(?!)" : String.join("|", words), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
